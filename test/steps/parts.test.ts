import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Annotations } from '../../src/engine/model/annotations.ts';
import { quoted, unquoted } from '../../src/process/bash-quoting.ts';
import { runCommand } from '../../src/process/command.ts';
import { hasCommand } from '../../src/process/commands-on-path.ts';
import { lineWatch } from '../../src/process/line-watch.ts';
import { hasRoom, isInUse, makePrivateFolder } from '../../src/process/private-folder.ts';
import { declarationText, parseDeclarations } from '../../src/steps/shell/declarations.ts';
import { preflightShell } from '../../src/steps/shell/preflight.ts';
import { parseOutputs } from '../../src/steps/shell/step-outputs.ts';

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

describe('commands on the PATH', () => {
  test("are programs and bash's own words", () => {
    const env = { PATH: '/usr/bin:/bin' };
    const has = (name: string): boolean => hasCommand(name, env);
    expect(['ls', 'cd', '[', '/bin/sh'].map(has)).toEqual([true, true, true, true]);
    expect(['nosuch-1', '/nosuch/path', '/bin'].map(has)).toEqual([false, false, false]);
    expect(hasCommand('ls', { PATH: '/nosuch' })).toBe(false);
  });
});

test('a place for private files that cannot be used is named, and what to do', () => {
  expect(() => makePrivateFolder('/nosuch')).toThrow(
    /^There is no place for the files of a run: `\/nosuch` .* with TMPDIR\.$/,
  );
});

describe('preflight of a shell step', () => {
  const problem = async (text: string, annotations: Annotations = {}) =>
    (await preflightShell({ text, annotations }, { PATH: '/usr/bin:/bin' }))?.message ?? '';

  test('finds a shell or interpreter that is not there', async () => {
    expect(await problem('true')).toBe('');
    expect(await problem('true', { shell: 'sh' })).toBe('');
    expect(await problem('true', { shell: 'nosuchsh' })).toContain('nosuchsh');
    expect(await problem('#!/usr/bin/env bash\n')).toBe('');
    expect(await problem('#!/usr/bin/env nosuchprogram\n')).toContain('nosuchprogram');
    expect(await problem('#!/nosuch/python -u\n')).toContain('/nosuch/python');
    expect(await problem('x', { interpreter: 'nosuchprogram --flag' })).toContain('nosuchprogram');
  });

  test.each([
    [{}, 'bash'],
    [{ shell: 'sh' }, 'sh'],
    [{ shell: 'zsh' }, 'zsh'],
  ] as const)(
    'finds where nothing is on the PATH that the shell is not there: %j',
    async (annotations, name) => {
      const found = await preflightShell({ text: 'true', annotations }, { PATH: '/nosuch' });
      expect(found?.message).toContain(`\`${name}\``);
    },
  );

  test('finds an `until` that is no regular expression', async () => {
    expect(await problem('true', { until: '(' })).toContain('no regular expression');
  });
});

const MODULE = join(import.meta.dirname, '../../src/process/private-folder.ts');

describe('a private folder', () => {
  test('is where there is room for what a step leaves', () => {
    expect(hasRoom(tmpdir(), 1)).toBe(true);
    expect(hasRoom(tmpdir(), Number.MAX_SAFE_INTEGER)).toBe(false);
    expect(hasRoom(join(tmpdir(), 'no', 'such', 'folder'), 1)).toBe(false);
    expect(hasRoom('/proc', 1)).toBe(false);
  });

  test('is 0700, and old ones of engines that are gone are removed', () => {
    const place = mkdtempSync(join(tmpdir(), 'handrail-place-'));
    const first = makePrivateFolder(place);
    const [, prefix = '', start = ''] = /^(.*handrail-\d+-)\d+-(\d+)-/.exec(first) ?? [];
    const [old, recent, earlier] = [
      `${prefix}4194999-1-old`,
      `${prefix}4194999-1-recent`,
      `${prefix}${process.pid}-edition`,
    ];
    // This very process has that number now, and began at another time.
    const reused = `${prefix}${process.pid}-${Number(start) - 1}-reused`;
    for (const path of [old, recent, earlier, reused]) mkdirSync(path);
    for (const path of [old, first, earlier, reused]) utimesSync(path, 0, 0);
    const second = makePrivateFolder(place);
    expect(statSync(second).mode & 0o777).toBe(0o700);
    const all = [old, reused, recent, earlier, first];
    expect(all.map((path) => existsSync(path))).toEqual([false, false, true, true, true]);
    for (const path of [recent, earlier, first, second]) rmSync(path, { recursive: true });
  });

  test('is in use while the engine that made it lives, also where nobody has asked yet how it ended', async () => {
    const code = `const { makePrivateFolder } = await import(${JSON.stringify(MODULE)});
      process.stdout.write(makePrivateFolder(process.argv[1]));
      setInterval(() => {}, 1000);`;
    const place = mkdtempSync(join(tmpdir(), 'handrail-place-'));
    // A parent that never looks how its child ended keeps it as a zombie.
    const parent = spawn('bash', [
      '-c',
      '"$@" & exec sleep 60',
      'bash',
      process.execPath,
      '-e',
      code,
      place,
    ]);
    try {
      const [said] = await once(parent.stdout, 'data');
      const name = basename(String(said));
      expect(isInUse(name)).toBe(true);
      process.kill(Number(name.split('-')[2]), 'SIGKILL');
      await expect.poll(() => isInUse(name)).toBe(false);
    } finally {
      parent.kill('SIGKILL');
      rmSync(place, { recursive: true });
    }
  });

  test('hundreds of old ones are removed by and by, at no start too many', () => {
    const place = mkdtempSync(join(tmpdir(), 'handrail-place-'));
    const first = makePrivateFolder(place);
    const [, prefix = ''] = /^(.*handrail-\d+-)\d+-/.exec(first) ?? [];
    for (let number = 0; number < 100; number += 1) {
      const path = `${prefix}4194999-1-${number}`;
      mkdirSync(path);
      utimesSync(path, 0, 0);
    }
    const left = (): number =>
      readdirSync(place).filter((name) => name.includes('-4194999-')).length;
    makePrivateFolder(place);
    expect(left()).toBeGreaterThan(60);
    for (let starts = 0; starts < 200 && left() > 0; starts += 1)
      rmSync(makePrivateFolder(place), { recursive: true });
    expect(left()).toBe(0);
    rmSync(place, { recursive: true });
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
