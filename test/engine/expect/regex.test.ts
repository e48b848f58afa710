import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileRegex } from '../../../src/engine/expect/regex.ts';

const atom = fc.constantFrom(
  'a',
  'b',
  '.',
  '[ab]',
  '[^a]',
  '\\d',
  '\\w',
  '\\b',
  '^',
  '$',
  '1',
  'ä',
);
const quantifier = fc.constantFrom('', '', '*', '+', '?', '{2}', '{1,2}', '{0,}', '*?');
const pattern = fc.letrec<{ readonly node: string }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3 },
    fc
      .tuple(atom, quantifier)
      .map(([one, many]) => (/^(?:\\b|\^|\$)$/.test(one) ? one : one + many)),
    fc.tuple(tie('node'), tie('node')).map(([left, right]) => `${left}${right}`),
    fc.tuple(tie('node'), tie('node')).map(([left, right]) => `(?:${left}|${right})`),
    fc.tuple(tie('node'), quantifier).map(([inner, many]) => `(${inner})${many}`),
  ),
})).node;
const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', 'ä', ' ', '\n'), maxLength: 8 });

describe('a linear regular expression', () => {
  test('agrees with the backtracking one of the language', () => {
    fc.assert(
      fc.property(pattern, text, (source, subject) => {
        const linear = compileRegex(source);
        expect(linear.matches(subject)).toBe(new RegExp(`^(?:${source})$`, 'u').test(subject));
        expect(linear.finds(subject)).toBe(new RegExp(source, 'u').test(subject));
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ['(?i)ready', 'READY', true],
    ['(?i:r)eady', 'Ready', true],
    ['(?i:r)eady', 'REady', false],
    ['(?s)a.b', 'a\nb', true],
    ['a.b', 'a\nb', false],
    ['(?m)a$\\n^b', 'a\nb', true],
    ['(?P<name>x+)-(?<other>y)', 'xx-y', true],
    ['[[:upper:]_]+', 'A_B', true],
    ['[^[:space:]]+', 'a b', false],
    ['[\\w.-]+@[\\w.-]+', 'a.b@c-d.e', true],
    ['\\x41\\u0042', 'AB', true],
    ['\\p{Greek}+', 'αβγ', true],
    ['\\P{L}+', '123', true],
    ['a{,2}', 'a{,2}', true],
    ['{', '{', true],
    ['x*+', 'xx', true],
    ['', '', true],
    ['()*', '', true],
    ['(a*)*', 'aaa', true],
    ['.', '🚒', true],
    ['\\Aab\\z', 'ab', true],
  ])('%s on %j', (source, subject, matched) => {
    expect(compileRegex(source).matches(subject)).toBe(matched);
  });

  test.each([
    '(?=a)',
    '(?<!a)',
    '(a)\\1',
    '\\k<n>',
    '(',
    ')',
    '[a',
    '*',
    'a{3,2}',
    '\\',
    '[b-a]',
    '\\p{Nope}',
  ])('%s is refused', (source) => {
    expect(() => compileRegex(source)).toThrow(SyntaxError);
  });

  test('the whole is found at the end, or not at all', () => {
    const regex = compileRegex('(x+x+)+y');
    expect(regex.finds('x'.repeat(5000))).toBe(false);
    expect(regex.finds(`${'x'.repeat(5000)}y`)).toBe(true);
  });
});
