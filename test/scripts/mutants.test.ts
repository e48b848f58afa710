import { describe, expect, test } from 'vitest';
import { mutantsOf, mutated, random } from '../../scripts/mutants.ts';

const all = (text: string): readonly string[] =>
  mutantsOf('src/x.ts', text).map((one) => `${one.kind}: ${mutated(text, one)}`);

describe('mutants', () => {
  test('turn a comparison, whatever stands around it', () => {
    expect(all('const a = b /* < */ < c;')).toEqual(['comparison: const a = b /* < */ <= c;']);
  });

  test('change numbers and truths, and leave types alone', () => {
    expect(all('const a: 1 = 1;\nf(true);')).toEqual([
      'constant: const a: 1 = 2;\nf(true);',
      'dropped call: const a: 1 = 1;\n;',
      'constant: const a: 1 = 1;\nf(false);',
    ]);
  });

  test('drop a call that stands by itself, awaited or not', () => {
    expect(all('await f();')).toEqual(['dropped call: ;']);
    expect(all('a = f();')).toEqual([]);
  });

  test('take a condition for its contrary', () => {
    expect(all('if (a) b = c;')).toEqual(['negation: if (!(a)) b = c;']);
    expect(all('b = !c;')).toEqual(['negation: b = c;']);
  });
});

test('a seed says which mutants, again and again', () => {
  const numbers = (seed: number): readonly number[] => {
    const next = random(seed);
    return [next(), next(), next()];
  };
  expect(numbers(7)).toEqual(numbers(7));
  expect(numbers(7)).not.toEqual(numbers(8));
  expect(numbers(7).every((each) => each >= 0 && each < 1)).toBe(true);
});
