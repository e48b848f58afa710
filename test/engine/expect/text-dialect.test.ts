import { describe, expect, test } from 'vitest';
import { compareExpectation } from '../../../src/engine/expect.ts';
import { vectorsOf } from './vectors.ts';

describe.each(['scrut.txt', 'trycmd.txt', 'clitest.txt'])('the rules of %s', (file) => {
  test.each(vectorsOf(file))('$name', ({ expected, output, match, passes }) => {
    const result = compareExpectation({ line: 1, match, text: expected, advisory: false }, output);
    expect(result.passed, result.detail).toBe(passes);
  });
});
