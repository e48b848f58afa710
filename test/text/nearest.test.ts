import { describe, expect, test } from 'vitest';
import { nearest } from '../../src/text/nearest.ts';

describe('the name that was meant', () => {
  test.each([
    ['a letter is missing', 'resum', ['run', 'resume'], 'resume'],
    ['a letter is too many', 'runn', ['run', 'resume'], 'run'],
    ['a letter is another', 'shaw', ['show', 'run'], 'show'],
    ['two letters changed places', 'hsow', ['show', 'run'], 'show'],
    ['the first two changed places, in a short name', 'ab', ['ba'], 'ba'],
    ['it is written in capitals', 'RESUME', ['resume'], 'resume'],
    ['of two that are near, it is the nearer', 'verifi', ['verity', 'verify', 'verif'], 'verify'],
    ['of two just as near, it is the first', 'lo', ['log', 'lox'], 'log'],
    ['a third of the letters may differ', 'abcdefxyz', ['abcdefghi'], 'abcdefghi'],
  ])('is found where %s', (_, name, names, meant) => {
    expect(nearest(name, names)).toBe(meant);
  });

  test.each([
    ['more than a third of the letters differ', 'abcdewxyz', ['abcdefghi']],
    ['it is much longer', 'run', ['running-late']],
    ['nothing is offered', 'run', []],
    ['two letters of three differ', 'cat', ['cog']],
  ])('is not guessed where %s', (_, name, names) => {
    expect(nearest(name, names)).toBeUndefined();
  });
});
