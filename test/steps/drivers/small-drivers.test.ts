import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ShellFacts } from '../../../src/engine/model/shell-facts.ts';
import { quoted, unquoted } from '../../../src/steps/drivers/bash-quoting.ts';
import { runCommand } from '../../../src/steps/drivers/command.ts';
import { missingCommands } from '../../../src/steps/drivers/commands-on-path.ts';
import { declarationText, parseDeclarations } from '../../../src/steps/drivers/declarations.ts';
import { lineWatch } from '../../../src/steps/drivers/line-watch.ts';
import { parseOutputs } from '../../../src/steps/drivers/step-outputs.ts';

describe('declarations', () => {
  test('of a whole bash are read without loss', () => {
    const text = execFileSync(
      'bash',
      [
        '--norc',
        '-c',
        'x=$\'a\\nb\\\'\'; y=(1 "2 )" "$x"); declare -A m=(["a]\\"b"]=v [k]=); declare -p',
      ],
      { encoding: 'latin1' },
    );
    const found = parseDeclarations(text);
    expect(found?.map((each) => `${declarationText(each)}\n`).join('')).toBe(text);
  });

  test('in older bash spellings are read too', () => {
    const text =
      'declare -a y=\'([0]="a" [1]="it\'\\\'\'s")\'\ndeclare -- z="two\nlines"\ndeclare -x w\n';
    expect(parseDeclarations(text)?.map(({ name }) => name)).toEqual(['y', 'z', 'w']);
  });

  test.each([
    'nonsense',
    'declare -- x="never closed',
    'declare -a x=([0]="1"',
    'declare -- x="1" more\n',
    'declare -- x="$(id)"\n',
  ])('are not read from %j', (text) => expect(parseDeclarations(text)).toBeUndefined());

  test('quoted by bash are understood, whatever the value', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc
            .string({ unit: 'binary-ascii', maxLength: 20 })
            .map((text) => text.replaceAll('\0', '')),
          { minLength: 1, maxLength: 20 },
        ),
        (values) => {
          const script = values
            .map((value, at) => `v${at}=${quoted(value)}; declare -p v${at}`)
            .join('\n');
          const printed = execFileSync('bash', ['--norc'], { input: script, encoding: 'latin1' });
          expect(parseDeclarations(printed)?.map(({ value }) => unquoted(value ?? ''))).toEqual(
            values,
          );
        },
      ),
      { numRuns: 30 },
    );
  });
});

describe('a line watch', () => {
  const bytes = (text: string): Uint8Array => Buffer.from(text);

  test('finds the line wherever chunks break', () => {
    const watch = lineWatch(/^is ready$/);
    expect(
      ['is re', 'ad', 'y soon\nis r', 'eady\r', '\nrest'].map((text) => watch(bytes(text))),
    ).toEqual([-1, -1, -1, -1, 1]);
  });

  test('is linear on a line without end', () => {
    const watch = lineWatch(/needle/);
    for (let chunk = 0; chunk < 5000; chunk += 1) expect(watch(bytes('x'.repeat(1000)))).toBe(-1);
    expect(watch(bytes('\nneedle\n'))).toBe(8);
  });
});

describe('step outputs', () => {
  test('are `key=value` lines and `key<<END` blocks', () => {
    expect(parseOutputs('a=1\nb<<X\nx=y\n\nX\r\na=2\n\n')).toEqual({
      values: { a: '2', b: 'x=y\n' },
      warnings: [],
    });
  });

  test.each(['no sign', '1a=b', 'a b=c', 'a<<END\nnever closed', '=x'])(
    'are not read from %j',
    (text) => {
      const { values, warnings } = parseOutputs(text);
      expect([values, warnings.length]).toEqual([{}, 1]);
    },
  );
});

describe('missing commands', () => {
  const facts = (...commands: readonly Partial<ShellFacts['commands'][number]>[]): ShellFacts => ({
    wellFormed: true,
    commands: commands.map((command) => ({
      name: '',
      args: [],
      line: 0,
      conditional: false,
      sudo: false,
      ...command,
    })),
    assigns: [],
    uses: [],
    functions: ['own'],
    wildInputs: [],
    sources: [],
    shebang: null,
    onlyComments: false,
    onlyAssignments: false,
    onlyFunctions: false,
    effect: 'reads',
    effectWhy: '',
    target: '',
    endless: [],
    interactive: [],
    sessions: [],
    isScript: false,
    parts: [],
  });
  const env = { PATH: '/usr/bin:/bin' };

  test('are those that surely run and are nowhere', () => {
    const all = facts(
      { name: 'ls' },
      { name: 'nosuch-1' },
      { name: 'nosuch-1' },
      { name: 'cd' },
      { name: 'own' },
      { name: 'known' },
      { name: '/nosuch/path' },
      { name: 'nosuch-2', conditional: true },
      { name: '' },
    );
    expect(missingCommands(all, new Set(['known']), env)).toEqual(['nosuch-1']);
  });

  test('are looked for on the given PATH', () => {
    expect(missingCommands(facts({ name: 'ls' }), new Set(), { PATH: '/nosuch' })).toEqual(['ls']);
  });

  test('are unknown when the script changes PATH or takes other files in', () => {
    const one = facts({ name: 'nosuch-3' });
    expect(missingCommands({ ...one, assigns: ['PATH'] }, new Set(), env)).toEqual([]);
    expect(missingCommands({ ...one, sources: ['lib.sh'] }, new Set(), env)).toEqual([]);
  });
});

describe('a short command', () => {
  const env = { PATH: process.env['PATH'] ?? '' };

  test('hands back its output and exit code', async () => {
    const result = await runCommand({
      program: 'sh',
      args: ['-c', 'cat; echo err >&2; env; exit 3'],
      env: { ...env, A: '1' },
      input: 'in\n',
    });
    expect(result).toMatchObject({
      exitCode: 3,
      stderr: 'err\n',
      timedOut: false,
      truncated: false,
    });
    expect(result.stdout).toMatch(/^in\n/);
    expect(result.stdout).toContain('A=1\n');
    expect(result.stdout).not.toContain('HOME=');
  });

  test('is bounded in output and time', async () => {
    const long = await runCommand({
      program: 'sh',
      args: ['-c', 'yes'],
      env,
      maxOutputBytes: 1000,
    });
    expect(long).toMatchObject({ truncated: true });
    expect(long.stdout.length).toBeLessThanOrEqual(1000);
    expect(await runCommand({ program: 'sleep', args: ['30'], env, timeoutMs: 100 })).toMatchObject(
      { exitCode: null, timedOut: true },
    );
  });

  test('that is not there is an error', async () => {
    await expect(runCommand({ program: 'nosuchprogram', args: [], env })).rejects.toMatchObject({
      code: 'STEP_CANNOT_RUN',
    });
  });
});
