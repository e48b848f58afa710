import { mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { handrail } from '../../support/handrail.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'handrail-inputs-'));
const file = (name: string, text: string): string => {
  writeFileSync(path.join(folder, name), text);
  return path.join(folder, name);
};
const page = '---\ninputs:\n  a: {}\n---\n# T\n\n```bash\nprintf "<%s>" {{a}}\n```\n';
const said = async (...args: readonly string[]) => {
  const { stdout, stderr, exitCode } = await handrail({
    runbook: page,
    args: ['run', 'runbook.md', '--unattended', ...args],
  });
  return { exitCode, said: `${stdout}${stderr}` };
};

test.each([
  ['version: as text', 'a: 1.10\n', '<1.10>'],
  ['a word of YAML: as text', 'a: no\n', '<no>'],
  ['JSON', '{ "a": 010 }', '<010>'],
])('a value in a file is what was written: %s', async (name, text, shown) => {
  const inputs = file(`${name.length}.yaml`, text);
  expect((await said('--inputs', inputs)).said).toContain(shown);
});

test('of two values the later one counts, and one by hand counts more than any file', async () => {
  const [one, two] = [file('one.yaml', 'a: one\n'), file('two.yaml', 'a: two\n')];
  expect((await said('--inputs', one, '--inputs', two)).said).toContain('<two>');
  expect((await said('--input', 'a=x=y', '--inputs', two)).said).toContain('<x=y>');
});

test.each([
  ['no value by hand', ['--input', 'a'], 64, 'has no value: write `--input NAME=VALUE`'],
  ['no name by hand', ['--input', '=a'], 64, 'has no value'],
  ['a file that is not there', ['--inputs', path.join(folder, 'none')], 64, 'cannot be read'],
  ['a file that is no YAML', ['--inputs', file('bad.yaml', 'a: [')], 78, 'is not valid YAML'],
  ['a file of no names', ['--inputs', file('list.yaml', '- a\n')], 78, 'does not hold'],
  ['a name with several values', ['--inputs', file('deep.yaml', 'a: [b]\n')], 78, 'not one value'],
])('%s is refused before anything runs', async (_what, args, exitCode, words) => {
  const ended = await said(...args);
  expect(ended.exitCode).toBe(exitCode);
  expect(ended.said).toContain(words);
});

describe.concurrent('a value with the password of a URL in it is a secret, whatever it is called', () => {
  const url = 'postgres://app:correct-horse@db.example:5432/shop';
  const says = '```bash\necho "using $SHOP_DB"\necho "it is correct-""horse"\n```\n';
  test.each([
    ['from a file', `# Shop\n\n${says}`, ['--inputs', file('url.yaml', `SHOP_DB: ${url}\n`)]],
    [
      'declared',
      `---\ninputs: { shop: {} }\n---\n# Shop\n\n\`\`\`bash\nSHOP_DB={{shop}}\n\`\`\`\n\n${says}`,
      ['--input', `shop=${url}`],
    ],
  ])('%s', async (_how, runbook, given) => {
    const { exitCode, stdout, runs } = await handrail({
      runbook,
      args: ['run', '{file}', '--unattended', ...given],
    });
    expect(exitCode).toBe(0);
    expect(stdout).not.toContain('correct-horse');
    const kept = runs.flatMap((run) =>
      readdirSync(run, { recursive: true, encoding: 'utf8' })
        .map((name) => path.join(run, name))
        .filter((name) => statSync(name).isFile() && readFileSync(name).includes('correct-horse')),
    );
    expect(kept).toEqual([]);
  });
});
