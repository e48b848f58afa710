import { describe, expect, test } from 'vitest';
import { stepTypes } from '../../src/steps/index.ts';
import { read } from '../support/read.ts';

describe.each(stepTypes.map((type) => [type.name, type] as const))('%s', (name, type) => {
  test('has an example of what it is and of what it is not', () => {
    expect(type.examples.some(({ body }) => body !== null)).toBe(true);
    expect(type.examples.some(({ body }) => body === null)).toBe(true);
  });

  test.each(type.examples.map((example) => [example.markdown, example] as const))(
    'reads %j as it says',
    async (_, example) => {
      const { steps, readings, references } = await read(`# Examples\n\n${example.markdown}\n`);
      const bodies =
        name === 'reference'
          ? references.map(({ language }) => ({ language: language ?? '' }))
          : [...steps, ...readings].filter((step) => step.type === name).map((step) => step.body);
      if (example.body === null) expect(bodies).toEqual([]);
      else expect(bodies[0]).toEqual(example.body);
    },
  );
});
