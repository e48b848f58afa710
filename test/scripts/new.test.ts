import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { add, KINDS } from '../../scripts/new.ts';

const root = path.resolve('.');

/** The house without what is built, as somebody has it who begins to add something. */
function house(): string {
  const copy = mkdtempSync(path.join(tmpdir(), 'handrail-new-'));
  const parts = ['src', 'test', 'scripts', 'templates', 'CONTRIBUTING.md', 'package.json'];
  const settings = ['package-lock.json', 'tsconfig.json', 'vitest.config.ts', 'biome.json'];
  for (const name of [...parts, ...settings])
    cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  return copy;
}

function tool(copy: string, name: string, ...args: readonly string[]): string {
  const bin = path.join(root, 'node_modules/.bin', name);
  const { stdout, stderr, status } = spawnSync(bin, args, { cwd: copy, encoding: 'utf8' });
  return status === 0 ? '' : `${stdout}${stderr}`;
}

/** The example of a step type that starts a program. */
function secondStepType(copy: string): string {
  const text = readFileSync(path.join(copy, 'CONTRIBUTING.md'), 'utf8');
  const code = text.split('```ts\n').find((one) => one.includes("name: 'unit-active'"));
  return code?.split('\n```\n')[0] ?? '';
}

test('CONTRIBUTING names every kind that can be added, as it is to be typed', () => {
  const text = readFileSync(path.join(root, 'CONTRIBUTING.md'), 'utf8');
  const [, named = ''] = /\(a kind is ([^)]*)\)/.exec(text) ?? [];
  expect([...named.matchAll(/`([^`]+)`/g)].map(([, kind]) => kind)).toEqual(Object.keys(KINDS));
});

describe('the examples of CONTRIBUTING', () => {
  test('are what `npm run new` adds, and work at once', () => {
    const copy = house();
    const files = Object.entries(KINDS).flatMap(([kind, { example }]) => add(copy, kind, example));
    expect(files.filter((file) => /\.test\.ts$/.test(file))).toEqual([
      'test/renderers/run-text.test.ts',
      'test/cli/commands/tally.test.ts',
    ]);
    writeFileSync(path.join(copy, 'src/steps/unit-active.ts'), secondStepType(copy));
    expect(tool(copy, 'tsc', '--noEmit')).toBe('');

    const added = Object.values(KINDS).map(({ example }) => example);
    const names = [...added, 'Esperanto', 'snapctl'].join('|');
    const where = [
      'test/steps/examples.test.ts',
      'test/engine/checks/examples.test.ts',
      'test/engine/reading/classes',
      'test/engine/reading/languages.test.ts',
      'test/engine/programs/records.test.ts',
      ...files.filter((file) => file.endsWith('.test.ts')),
    ];
    const own = ['-t', `(${names}|one number|a line a step)`];
    expect(tool(copy, 'vitest', 'run', '--maxWorkers=1', ...where, ...own)).toBe('');

    const bin = path.join(copy, 'dist/handrail.js');
    const help = execFileSync(process.execPath, [bin, '--help'], { encoding: 'utf8' });
    expect(help).toContain('tally');
    const log = execFileSync(process.execPath, [bin, 'help', 'log'], { encoding: 'utf8' });
    expect(log).toContain('run-text');
  }, 600_000);

  test('a name that is none, or is taken, is refused in a sentence', () => {
    const copy = house();
    expect(() => add(copy, 'rule', 'crlf')).toThrow('src/engine/checks/crlf.ts is there already.');
    expect(() => add(copy, 'rule', 'No Name')).toThrow('`No Name` is no name');
    expect(() => add(copy, 'thing', 'x')).toThrow('There is no kind `thing`');
  });
});
