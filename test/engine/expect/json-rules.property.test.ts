import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareJson } from '../../../src/engine/expect/json-compare.ts';
import type { Json } from '../../../src/engine/expect/sample-json.ts';

/** Whether `got` is what `sample` says, under a key that means nothing and some objects deep. */
const is = (sample: Json, got: Json, match: 'state' | 'shape' | 'subset' | 'exact' = 'state') =>
  compareJson({ of: { it: sample } }, { of: { it: got } }, match).length === 0;

const hex = (length: number) =>
  fc.stringMatching(new RegExp(`^[0-9a-f]{${length - 2}}[a-f][0-9]$`));
const part = fc.integer({ min: 0, max: 250 });
const words = fc.constantFrom('alpha', 'beta', 'gamma', 'blue team', 'EU', 'größer', '日本');
const units = fc.constantFrom('%', ' GiB', 'ms', ' s', 'h', 'MB', ' €');

/** What changes from run to run, by kind. */
const CHANGING: Readonly<Record<string, fc.Arbitrary<string>>> = {
  time: fc
    .date({ min: new Date('1990-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  id: fc.uuid(),
  hash: hex(40),
  version: fc.tuple(part, part, part).map((parts) => parts.join('.')),
  address: fc.tuple(part, part, part, part).map((parts) => parts.join('.')),
  path: fc
    .array(fc.constantFrom('srv', 'var', 'data', 'x1'), { minLength: 1, maxLength: 4 })
    .map((parts) => `/${parts.join('/')}`),
};
const kinds = Object.entries(CHANGING);

describe('the rules for expected JSON', () => {
  test.each(kinds)('one %s is as good as another', (_, texts) => {
    fc.assert(fc.property(texts, texts, (one, other) => is(one, other)));
  });

  test.each(kinds)('one %s is no word, and no word is one', (_, texts) => {
    fc.assert(fc.property(texts, words, (one, word) => !is(one, word) && !is(word, one)));
  });

  test('another kind of changing text is another text', () => {
    const two = fc.shuffledSubarray(kinds, { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(
        two.chain(([a, b]) => fc.tuple(a?.[1] ?? words, b?.[1] ?? words)),
        ([one, other]) => !is(one, other),
      ),
    );
  });

  test('words are compared, and amounts with a unit are words', () => {
    const amount = fc.tuple(fc.integer({ min: 0, max: 999 }), units).map((one) => one.join(''));
    const text = fc.oneof(words, amount);
    fc.assert(fc.property(text, text, (one, other) => is(one, other) === (one === other)));
  });

  test('numbers by being zero, by sign and by kind', () => {
    const number = fc.oneof(
      fc.integer({ min: -9, max: 9 }),
      fc.double({ min: -5, max: 5, noNaN: true }),
    );
    fc.assert(
      fc.property(number, number, (one, other) => {
        const same =
          Math.sign(one) === Math.sign(other) &&
          (!Number.isInteger(one) || Number.isInteger(other));
        return is(one, other) === (same || one === other);
      }),
    );
  });

  test('booleans and null exactly, and kinds always', () => {
    const any = fc.constantFrom<Json>(true, false, null, 0, 1, '', 'a', [], [1], {}, { a: 1 });
    const kind = (value: Json): string =>
      value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
    fc.assert(
      fc.property(any, any, (one, other) => {
        const passed = is(one, other);
        if (kind(one) !== kind(other)) return !passed;
        return kind(one) !== 'boolean' || passed === (one === other);
      }),
    );
  });

  test('an array is empty where the sample is, and never elsewhere', () => {
    const items = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 });
    fc.assert(
      fc.property(items, items, (a, b) => is(a, b) === ((a.length === 0) === (b.length === 0))),
    );
  });

  test('a key may be more, and none may be missing', () => {
    const object = fc.dictionary(fc.constantFrom('a', 'b', 'c', '__proto__'), words, {
      minKeys: 1,
    });
    fc.assert(
      fc.property(object, words, (said, more) => {
        const [first = ''] = Object.keys(said);
        const { [first]: _, ...less } = said;
        return (
          is(said, { ...said, further: more }) &&
          !is(said, less) &&
          is(said, { ...said, further: more }, 'subset') &&
          !is(said, { ...said, further: more }, 'exact')
        );
      }),
    );
  });

  test('a hole takes what it says, whatever the manner', () => {
    const value = fc.oneof(
      fc.constant<Json>(null),
      fc.integer(),
      words,
      CHANGING['time'] ?? words,
      fc.boolean(),
    );
    const manner = fc.constantFrom('state', 'shape', 'subset', 'exact');
    fc.assert(
      fc.property(value, manner, (got, match) => {
        expect(is('<any>', got, match)).toBe(true);
        expect(is('<text>', got, match)).toBe(typeof got === 'string');
        if (typeof got === 'boolean' || got === null) {
          expect(is('<number>', got, match)).toBe(false);
          expect(is('<time>', got, match)).toBe(false);
        }
      }),
    );
  });
});
