import { expect, test } from 'vitest';
import { yamlValue } from '../../src/engine/yaml.ts';

test('a text is read whole, with the schema that is asked for', async () => {
  expect(await yamlValue('a: 1.10')).toEqual({ value: { a: 1.1 } });
  expect(await yamlValue('a: 1.10', { schema: 'failsafe' })).toEqual({ value: { a: '1.10' } });
  expect(await yamlValue('')).toEqual({ value: null });
});

test('what is no YAML, too deep or multiplied is a phrase with its line', async () => {
  const bomb = `a: &a [${'x,'.repeat(9)}x]\n${[...'bcdefghi']
    .map((name, at) => `${name}: &${name} [${`*${'abcdefgh'[at]},`.repeat(9)}*${'abcdefgh'[at]}]\n`)
    .join('')}`;
  expect(await yamlValue('a: 1\nb: [')).toEqual({
    why: expect.stringMatching(/^line 2: [^\n]+[^:.]$/),
  });
  expect(await yamlValue(`a: ${'['.repeat(20_000)}`)).toEqual({
    why: expect.stringMatching(/^line 1: it is nested too deep$/),
  });
  expect(await yamlValue(bomb)).toEqual({ why: expect.stringMatching(/aliases multiply/) });
});
