import { expect, test } from 'vitest';
import { needing } from '../../src/text/needing.ts';

test('an expression is made where a word stands that it needs, and once', () => {
  let made = 0;
  const make = (): RegExp => {
    made += 1;
    return /^stop (\w+)/;
  };
  const asked = needing(['stop'], make);
  expect(asked.test('go on')).toBe(false);
  expect(asked.exec('go on')).toBeNull();
  expect(made).toBe(0);
  expect(asked.exec('stop here')?.[1]).toBe('here');
  expect(asked.test('go on')).toBe(false);
  expect(asked.test('stop there')).toBe(true);
  expect(made).toBe(1);
});

test.each(['iu', 'i'])(
  'what is one letter to an expression with the flags %s is one where its words are looked for',
  (flags) => {
    const cased: string[] = [];
    for (let code = 0; code < 0x1_e944; code += 1) {
      if (code >= 0xd800 && code < 0xe000) continue;
      const letter = String.fromCodePoint(code);
      if (letter.toLowerCase() !== letter || letter.toUpperCase() !== letter) cased.push(letter);
    }
    const all = cased.join('');
    const missed = cased.flatMap((letter) => {
      const same = all.match(new RegExp(letter, `g${flags}`)) ?? [];
      return same.filter(
        (other) => !needing([letter], () => new RegExp(letter, flags), true).test(other),
      );
    });
    expect(cased.length).toBeGreaterThan(2000);
    expect(missed).toEqual([]);
  },
);
