import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  bothEnds,
  clip,
  clustersOf,
  displayWidth,
  fold,
  pad,
  rule,
  screenColumns,
} from '../../../src/cli/screen/layout.ts';

describe('the layout of the screen', () => {
  test('an unknown width is 80, and a tiny one is 20', () => {
    expect([undefined, 0, 5, 132].map(screenColumns)).toEqual([80, 80, 20, 132]);
  });

  test('text folds at spaces, long words are cut, newlines stay', () => {
    expect(fold('one two three', 8)).toEqual(['one two', 'three']);
    expect(fold('a abcdefghij', 4)).toEqual(['a', 'abcd', 'efgh', 'ij']);
    expect(fold('a\n\nb', 8)).toEqual(['a', '', 'b']);
    expect(fold('', 8)).toEqual(['']);
  });

  test('no line is wider than asked, and no word is lost', () => {
    const words = fc.array(
      fc.constantFrom('a', 'word', '漢字', '😀', 'é', 'supercalifragilistic', '👩‍💻', '  '),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(words, fc.integer({ min: 2, max: 30 }), (parts, columns) => {
        const text = parts.join(' ');
        const lines = fold(text, columns);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(columns);
      }),
    );
  });

  test('what is clipped says so and keeps its characters whole', () => {
    expect([clip('abcdef', 4), clip('漢字漢字', 5), clip('👩‍💻👩‍💻', 3), clip('ab', 2)]).toEqual([
      'abc…',
      '漢字…',
      '👩‍💻…',
      'ab',
    ]);
  });

  test('characters stay with their marks', () => {
    expect(clustersOf('e\u0301👩‍💻🇩🇪👍🏽⚠️x')).toEqual(['e\u0301', '👩‍💻', '🇩🇪', '👍🏽', '⚠️', 'x']);
  });

  test('two ends of a line share its width', () => {
    expect(bothEnds('## Promote the replica', 'shell', 20)).toBe('## Promote t…  shell');
    expect(displayWidth(bothEnds('漢字漢字漢字漢字漢字', 'shell', 20))).toBe(20);
    expect([pad('漢', 4), rule(5)]).toEqual(['漢  ', '----']);
  });
});

test.each([
  ['what fits to the last column stays on its line', 'ab cd', 5, ['ab cd']],
  ['what is a column too wide goes on below', 'ab cde', 5, ['ab', 'cde']],
  ['wide characters count twice', '漢 字', 5, ['漢 字']],
])('%s', (_, text, columns, lines) => {
  expect(fold(text, columns)).toEqual(lines);
});
