import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text as textOf } from 'node:stream/consumers';
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

/** Adds the example of a step type that starts a program, by its file and two lines. */
function addSecondStepType(copy: string): void {
  const text = readFileSync(path.join(copy, 'CONTRIBUTING.md'), 'utf8');
  const code = text.split('```ts\n').find((one) => one.includes("name: 'unit-active'"));
  writeFileSync(path.join(copy, 'src/steps/unit-active.ts'), code?.split('\n```\n')[0] ?? '');
  const list = path.join(copy, 'src/steps/index.ts');
  const listed = readFileSync(list, 'utf8').replace(/^export const .*$/m, '$&\n  unitActive,');
  writeFileSync(list, `import { unitActive } from './unit-active.ts';\n${listed}`);
}

/** What becomes of steps of both types where a port answers or is closed, and a unit is active or is not. */
async function outcomes(copy: string): Promise<readonly string[]> {
  const scratch = mkdtempSync(path.join(tmpdir(), 'handrail-new-run-'));
  const systemctl = path.join(scratch, 'systemctl');
  const says = 'echo "$1 $3"; [ "$1 $2 $3" = "is-active -- here.service" ]';
  writeFileSync(systemctl, `#!/bin/sh\n${says}\n`, { mode: 0o755 });
  const server = createServer((socket) => socket.end());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const fences = [
    ['wait-for', `127.0.0.1:${port}`],
    ['wait-for', '127.0.0.1:1'],
    ['unit-active', 'here.service'],
    ['unit-active', 'gone.service'],
  ].map(([type, body]) => `\`\`\`${type}\n${body}\n\`\`\`\n`);
  const found = [];
  for (const [at, fence] of fences.entries()) {
    const page = path.join(scratch, `${at}.md`);
    writeFileSync(page, `# T\n\n${fence}`);
    const args = [path.join(copy, 'dist/handrail.js'), 'run', page, '--unattended'];
    const env = { ...process.env, PATH: `${scratch}:${process.env['PATH']}` };
    const child = spawn(process.execPath, [...args, '--state', path.join(scratch, 'state')], {
      env,
    });
    const said = textOf(child.stdout);
    const [code] = await once(child, 'exit');
    found.push(`${code} ${/here\.service|\S+ answers/.exec(await said)?.[0] ?? ''}`);
  }
  server.close();
  return found.map((each) => each.replace(String(port), 'PORT'));
}

test('CONTRIBUTING names every kind that can be added, as it is to be typed', () => {
  const text = readFileSync(path.join(root, 'CONTRIBUTING.md'), 'utf8');
  const [, named = ''] = /\(a kind is ([^)]*)\)/.exec(text) ?? [];
  expect([...named.matchAll(/`([^`]+)`/g)].map(([, kind]) => kind)).toEqual(Object.keys(KINDS));
});

describe('the examples of CONTRIBUTING', () => {
  test('are what `npm run new` adds, and work at once', async () => {
    const copy = house();
    const files = Object.entries(KINDS).flatMap(([kind, { example, file }]) =>
      add(copy, kind, file === undefined ? example : 'kept'),
    );
    expect(files.filter((file) => /\.test\.ts$/.test(file))).toEqual([
      'test/renderers/run-text.test.ts',
      'test/cli/commands/tally.test.ts',
    ]);
    addSecondStepType(copy);
    expect(tool(copy, 'tsc', '--noEmit')).toBe('');

    const added = Object.values(KINDS).flatMap(({ example, file }) =>
      file === undefined ? [example] : [],
    );
    const names = [...added, 'unit-active', 'Esperanto', 'snapctl', 'a kept store'].join('|');
    const where = [
      'test/steps/examples.test.ts',
      'test/engine/checks/examples.test.ts',
      'test/engine/reading/classes',
      'test/engine/reading/languages.test.ts',
      'test/engine/programs/records.test.ts',
      'test/stores/conformance.test.ts',
      ...files.filter((file) => file.endsWith('.test.ts')),
    ];
    const own = ['-t', `(${names}|one number|a line a step)`];
    expect(tool(copy, 'vitest', 'run', '--maxWorkers=1', ...where, ...own)).toBe('');

    const bin = path.join(copy, 'dist/handrail.js');
    const help = execFileSync(process.execPath, [bin, '--help'], { encoding: 'utf8' });
    expect(help).toContain('tally');
    const log = execFileSync(process.execPath, [bin, 'help', 'log'], { encoding: 'utf8' });
    expect(log).toContain('run-text');
    const kept = spawnSync(process.execPath, [bin, 'runs', '--state', 'nothing:'], {
      encoding: 'utf8',
    });
    expect(kept.stderr).toContain('`kept:`');
    expect(await outcomes(copy)).toEqual([
      '0 127.0.0.1:PORT answers',
      '1 ',
      '0 here.service',
      '1 ',
    ]);
  }, 600_000);

  test('a name that is none, or is taken, is refused in a sentence', () => {
    const copy = house();
    expect(() => add(copy, 'rule', 'crlf')).toThrow('src/engine/checks/crlf.ts is there already.');
    expect(() => add(copy, 'rule', 'No Name')).toThrow('`No Name` is no name');
    expect(() => add(copy, 'store', 'in-tape')).toThrow('`in-tape` is no scheme');
    expect(() => add(copy, 'thing', 'x')).toThrow('There is no kind `thing`');
  });
});
