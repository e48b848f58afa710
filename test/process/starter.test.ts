import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ProcessEnd } from '../../src/process/follow-process.ts';
import { pipeMaker } from '../../src/process/pipes.ts';
import { type ProcessRequest, runProcess } from '../../src/process/process.ts';
import { openStarter, type Starter } from '../../src/process/starter.ts';

let folder: string;
let lock: number;
let starter: Starter;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'starter-'));
  lock = openSync(join(folder, 'lock'), 'w');
  const opened = openStarter([lock]);
  if (opened === undefined) throw new Error('this machine has no Perl');
  starter = opened;
});
afterEach(() => {
  starter.close();
  closeSync(lock);
  rmSync(folder, { recursive: true, force: true });
});

interface Ran {
  readonly end: ProcessEnd;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
}

function started(script: string, by: Starter | undefined, more: Partial<ProcessRequest> = {}) {
  return runProcess({
    program: 'bash',
    args: ['-c', script],
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: folder },
    lockFds: [lock],
    marks: [],
    signal: new AbortController().signal,
    timeoutMs: null,
    starter: by,
    ...more,
  });
}

async function run(...request: Parameters<typeof started>): Promise<Ran> {
  const said: Record<'stdout' | 'stderr', Uint8Array[]> = { stdout: [], stderr: [] };
  const running = started(...request);
  let next = await running.next();
  while (!next.done) {
    said[next.value.stream].push(Buffer.from(next.value.chunk));
    next = await running.next();
  }
  return {
    end: next.value,
    stdout: Buffer.concat(said.stdout),
    stderr: Buffer.concat(said.stderr),
  };
}

describe('a process from the starter is what one from the engine is', () => {
  test.each([
    [
      'its group and session are its own',
      'read -r p _ _ _ g s _ < /proc/$$/stat; echo $((g == p)) $((s == p))',
    ],
    ['its input is empty', 'cat; readlink /proc/self/fd/0'],
    ['it has the locks, and nothing else of the engine', 'ls /proc/$$/fd'],
    ['it has no terminal', 'true < /dev/tty'],
    [
      'signals are as ever',
      'grep -E "^Sig(Blk|Ign|Cgt)" /proc/$$/status; grep -E "^Sig(Blk|Ign)" <(cat /proc/self/status)',
    ],
    ['its folder', 'pwd; pwd -P'],
    ['its environment', 'tr "\\0" "\\n" < /proc/$$/environ'],
    ['its name', 'tr "\\0" " " < /proc/$$/cmdline; echo "$0 $BASH"'],
    ['its limits and mask', 'ulimit -a; umask; nice'],
    ['output of both kinds', 'echo out; echo err >&2; printf "%b" "\\0377\\0200"'],
    ['output by name', 'echo out > /dev/stdout; echo err > /dev/stderr; echo two > /dev/fd/2'],
    ['exit code 0', 'exit 0'],
    ['exit code 1', 'exit 1'],
    ['exit code 130', 'exit 130'],
    ['exit code 137', 'exit 137'],
    ['exit code 255', 'exit 255'],
    ['KILL', 'kill -KILL $$'],
    ['TERM', 'kill -TERM $$'],
    ['INT', 'kill -INT $$'],
    ['PIPE', 'kill -PIPE $$'],
    ['SEGV', 'ulimit -c 0; kill -SEGV $$'],
    ['someone who is left behind', 'sleep 0.4 & echo begun'],
  ])('%s', async (_, script) => {
    // Real pipes, as a step's shell has.
    const maker = pipeMaker(folder);
    const here = await run(script, undefined, { pipes: maker.open });
    const there = await run(script, starter);
    maker.close();
    expect(plain(there)).toEqual(plain(here));
  });
});

/** Without the numbers of processes. */
function plain({ end, stdout, stderr }: Ran) {
  const leftBehind = end.leftBehind.map((one) => one.replace(/^\d+/, 'PID'));
  const [out, error] = [stdout, stderr].map((bytes) =>
    bytes.toString('latin1').replace(/\b\d{3,}\b/g, 'N'),
  );
  return { end: { ...end, leftBehind }, out, error };
}

test('any environment and arguments arrive as they are', async () => {
  const word = fc
    .string({ unit: 'grapheme', maxLength: 20 })
    .map((text) => text.replaceAll('\0', ''));
  const name = word.map((text) => text.replaceAll('=', '')).filter((text) => text !== '');
  const script = 'tr "\\0" "\\1" < /proc/$$/environ; printf "\\2"; printf "%s\\1" "$@"';
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(name, word),
      fc.array(word, { minLength: 1 }),
      async (own, args) => {
        const env = { ...own, PATH: process.env['PATH'] ?? '' };
        const request = { env, args: ['-c', script, 'bash', ...args] };
        const { stdout } = await run(script, starter, request);
        const [entries = '', words] = stdout.toString('utf8').split('\x02');
        const given = Object.entries(env).map(([key, value]) => `${key}=${value}`);
        expect(entries.split('\x01').slice(0, -1).toSorted()).toEqual(given.toSorted());
        expect(words).toBe(args.map((each) => `${each}\x01`).join(''));
      },
    ),
    { numRuns: 40 },
  );
});

test('what it cannot start says so as it does without', async () => {
  for (const more of [{ program: 'no-such-program' }, { cwd: join(folder, 'gone') }]) {
    const errors = await Promise.all(
      [starter, undefined].map((by) =>
        run('true', by, more).catch((error: Error) => error.message),
      ),
    );
    expect(errors[0]).toBe(errors[1]);
  }
  const env = Object.fromEntries(
    Array.from({ length: 100 }, (_, at) => [`V${at}`, 'x'.repeat(120_000)]),
  );
  await expect(run('true', starter, { env })).rejects.toMatchObject({ code: 'STEP_CANNOT_RUN' });
  expect((await run('exit 7', starter)).end.exitCode).toBe(7);
});

test('one that is busy leaves the second to the engine', async () => {
  const both = await Promise.all([
    run('sleep 0.3; echo $PPID', starter),
    run('echo $PPID', starter),
  ]);
  const parents = both.map(({ stdout }) => Number(stdout.toString()));
  expect(parents[0]).not.toBe(process.pid);
  expect(parents[1]).toBe(process.pid);
});

test('a timeout ends the whole group', async () => {
  const { end } = await run('sleep 60 & sleep 60', starter, { timeoutMs: 200 });
  expect(end).toMatchObject({ endedBy: 'timeout', signal: 'SIGTERM', leftBehind: [] });
});

test('where the starter is ended, its process comes to its end, and how is not known', async () => {
  const script = 'echo $PPID; until test -e go; do sleep 0.02; done; echo end';
  const running = started(script, starter);
  let said = '';
  for (;;) {
    const next = await running.next();
    if (next.done) {
      expect(next.value).toMatchObject({ endedBy: 'itself', exitCode: null, signal: null });
      break;
    }
    if (said === '') {
      process.kill(Number(Buffer.from(next.value.chunk).toString()), 'SIGKILL');
      writeFileSync(join(folder, 'go'), '');
    }
    said += Buffer.from(next.value.chunk).toString();
  }
  expect(said).toMatch(/^\d+\nend\n$/);
  expect((await run('exit 7', starter)).end.exitCode).toBe(7);
});

test('one that its own process ends at once is lost, and nothing is begun twice', async () => {
  const { end } = await run('echo begun >> count; kill -9 $PPID; exit 3', starter);
  expect(end).toMatchObject({ exitCode: null, signal: null });
  expect(readFileSync(join(folder, 'count'), 'utf8')).toBe('begun\n');
});

test('it is gone with its engine, and what it started goes on', async () => {
  const source = `
    import { openStarter } from '${join(import.meta.dirname, '../../src/process/starter.ts')}';
    const starter = openStarter([]);
    await starter.start({ program: 'bash', args: ['-c', 'echo $PPID > parent; sleep 0.5; echo on > after'], cwd: '.', env: { PATH: process.env.PATH } });
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 100);
  `;
  const args = ['--input-type=module', '--experimental-strip-types', '--no-warnings', '-e', source];
  const engine = spawn(process.execPath, args, { cwd: folder, stdio: 'ignore' });
  await new Promise((resolve) => engine.once('exit', resolve));
  const parent = readFileSync(join(folder, 'parent'), 'utf8').trim();
  for (let looks = 0; existsSync(`/proc/${parent}/cmdline`) && looks < 100; looks += 1) {
    if (readFileSync(`/proc/${parent}/cmdline`).length === 0) break;
    await sleep(10);
  }
  expect(existsSync(join(folder, 'after'))).toBe(false);
  for (let looks = 0; !existsSync(join(folder, 'after')) && looks < 300; looks += 1)
    await sleep(20);
  expect(existsSync(join(folder, 'after'))).toBe(true);
});
