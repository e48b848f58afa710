import { expect, test } from 'vitest';
import { readFrontmatter } from '../../src/engine/reading/frontmatter-reader.ts';
import { yamlValue } from '../../src/engine/yaml.ts';

test('a text is read whole, with the schema that is asked for', async () => {
  expect(await yamlValue('a: 1.5')).toMatchObject({ value: { a: 1.5 } });
  expect(await yamlValue('a: 1.10', { schema: 'failsafe' })).toMatchObject({
    value: { a: '1.10' },
  });
  expect(await yamlValue('')).toMatchObject({ value: null });
});

test.each(['1.10', '010', '+38591', '1e3', '0x1F', '12345678901234567890', '.5'])(
  'the number %s stays as it is written, in a runbook and in a file of tests',
  async (written) => {
    expect(await yamlValue(`a: [${written}]`)).toMatchObject({ value: { a: [written] } });
    const head = `inputs: { a: { default: ${written}, choices: [${written}] } }`;
    const { frontmatter, diagnostics } = await readFrontmatter(head);
    expect(frontmatter.inputs?.['a']).toEqual({ default: written, choices: [written] });
    expect(diagnostics).toEqual([]);
  },
);

test('what is no YAML, too deep or multiplied is a phrase with its line', async () => {
  const bomb = `a: &a [${'x,'.repeat(9)}x]\n${[...'bcdefghi']
    .map((name, at) => `${name}: &${name} [${`*${'abcdefgh'[at]},`.repeat(9)}*${'abcdefgh'[at]}]\n`)
    .join('')}`;
  expect(await yamlValue('a: 1\nb: [')).toMatchObject({
    why: expect.stringMatching(/^line 2: [^\n]+[^:.]$/),
  });
  expect(await yamlValue(`a: ${'['.repeat(20_000)}`)).toMatchObject({
    why: expect.stringMatching(/^line 1: it is nested too deep$/),
  });
  expect(await yamlValue(bomb)).toMatchObject({ why: expect.stringMatching(/aliases multiply/) });
});
