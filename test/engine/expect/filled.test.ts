import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asFilled, asRead } from '../../../src/engine/expect/filled.ts';
import { compareExpectation } from '../../../src/engine/expect.ts';
import type { Expectation } from '../../../src/engine/model/runbook.ts';

const passes = (text: string, observed: string, match: Expectation['match'] = 'text'): boolean =>
  compareExpectation({ line: 1, match, text, advisory: false }, observed, {}).passed;

/** Values that would be something else if they were read as what an author writes. */
const WILD = [
  '...',
  '[..]',
  '<...>',
  'a (re)',
  '.* (re)',
  '* (glob)',
  '\\x41 (esc)',
  'x (?)',
  '<any>',
  'a | b',
  '…',
];

describe('a value within expected text', () => {
  test.each(WILD)('is compared as it is: %s', (value) => {
    for (const match of ['text', 'exact', 'subset'] as const) {
      expect(passes(`v ${asFilled(value)}\n`, `v ${value}\n`, match)).toBe(true);
      expect(passes(`v ${asFilled(value)}\n`, 'v A\n', match)).toBe(false);
      expect(passes(`${asFilled(value)}\n`, 'anything\nelse\n', match)).toBe(false);
    }
  });

  test.each(WILD)('is compared as it is in JSON, too: %s', (value) => {
    const sample = `{"v": "${asFilled(value)}"}`;
    for (const match of ['state', 'subset', 'exact'] as const) {
      expect(passes(sample, JSON.stringify({ v: value }), match)).toBe(true);
      expect(passes(sample, '{"v": "else"}', match)).toBe(false);
    }
  });

  test('is no version among others, nor the end of a text', () => {
    expect(passes(`{"version": "${asFilled('1.2.3')}"}`, '{"version": "1.2.4"}', 'state')).toBe(
      false,
    );
    expect(passes(`{"v": "${asFilled('a"b\\c')}"}`, '{"v": "a\\"b\\\\c"}', 'state')).toBe(true);
    expect(passes(`{"${asFilled('a.b')}": 1}`, '{"a.b": 1}', 'exact')).toBe(true);
    expect(passes(`{"n": ${asFilled('5')}}`, '{"n": 5}', 'state')).toBe(true);
    expect(
      passes(
        `HTTP/1.1 ${asFilled('204')}\nLocation: /${asFilled('x')}\n`,
        'HTTP/1.1 204\nLocation: /x\n',
      ),
    ).toBe(true);
  });

  test('leaves what the author wrote around it its meaning', () => {
    expect(passes(`[..] ${asFilled('[..]')}`, 'some [..]\n')).toBe(true);
    expect(passes(`v${asFilled('1.2')}\\.\\d+ (re)`, 'v1.2.33\n')).toBe(true);
    expect(passes(`v${asFilled('1.2')}\\.\\d+ (re)`, 'v1x2.33\n')).toBe(false);
    expect(passes(`${asFilled('a\nb')}\n...\n`, 'a\nb\nc\n')).toBe(true);
  });

  test('whatever it is, it fits itself and reads as itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (value) => {
        const line = value.replace(/[\r\n\p{Zl}\p{Zp}\p{Cc}]/gu, '') || 'x';
        expect(asRead(asFilled(line))).toBe(
          line.replace(/[\u{F2000}\u{F2001}\u{F2100}-\u{F217F}]/gu, '\uFFFD'),
        );
        expect(passes(`a${asFilled(line)}b`, `a${asRead(asFilled(line))}b\n`)).toBe(true);
      }),
    );
  });
});
