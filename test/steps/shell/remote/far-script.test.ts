import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import * as farScript from '../../../../src/steps/shell/remote/far-script.ts';
import { untilNobodyWorksIn } from '../../../support/processes.ts';

const lines = {
  start: farScript.startLine("/tmp/it's", 'mark'),
  terminal: farScript.terminalLine("/tmp/it's", 'mark'),
  ask: farScript.askLine("/tmp/it's", 'mark'),
  end: farScript.endLine("/tmp/it's", 'mark'),
  rest: farScript.restLine("/tmp/it's", 'mark', 'out', 7),
  collect: farScript.collectLine("/tmp/it's", 'mark'),
  bring: farScript.bringLine(
    "/tmp/it's",
    'mark',
    "it's",
    [{ name: 'x', content: Buffer.from('1') }],
    { over: ["/tmp/it's"], lock: { key: 'k', engine: 'e' } },
  ),
  open: farScript.openLine('it', 'mark', { key: 'k', engine: 'e' }),
  close: farScript.closeLine("/tmp/it's"),
};

/* Login shells differ in what they find in a line: bash, fish, tcsh and zsh agree on very little. */
test.each(Object.entries(lines))(
  'every login shell reads the line that is to %s alike',
  (_, line) => {
    // csh ends a quoted word at a newline; fish reads a backslash between single quotes.
    expect(line).toMatch(/^exec sh -c '[^\n\\]*'$/);
    // Single quotes are closed for one thing alone: a single quote in double ones.
    const between = line.slice("exec sh -c '".length, -1).split(`'"'"'`);
    expect(between.filter((part) => part.includes("'"))).toEqual([]);
  },
);

test('who comes to a host takes old folders away there that nothing needs any more', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'far-'));
  const day = 86_400;
  const made = Object.entries({
    empty: { days: 8, files: ['room'] },
    ended: { days: 8, files: ['1/pid'] },
    'very old': { days: 31, files: [`1/${farScript.sealOf('x')}`] },
    recent: { days: 6, files: ['room'], stays: true },
    asked: { days: 29, files: [`1/${farScript.sealOf('x')}`], stays: true },
    'at work': { days: 31, files: ['2/pid'], pid: process.pid, stays: true },
    'at work, as written down': {
      days: 31,
      files: ['2/pid'],
      pid: process.pid,
      begun: begunOf(process.pid),
      stays: true,
    },
    'of a number given out anew': { days: 31, files: ['2/pid'], pid: process.pid, begun: '1-0' },
    'of another program': { days: 31, files: ['room'], name: 'handrail-notes', stays: true },
    linked: { days: 31, files: [], to: 'elsewhere', stays: true },
  }).map(([what, facts], index) => {
    const {
      days,
      files,
      pid = 0,
      begun = '',
      name,
      to,
      stays = false,
    } = facts as {
      days: number;
      files: readonly string[];
      pid?: number;
      begun?: string;
      name?: string;
      to?: string;
      stays?: boolean;
    };
    const run = `019aa39e-0000-7000-8000-00000000000${index}`;
    const home = path.join(folder, name ?? `handrail-${run}-0123456${index}`);
    if (to !== undefined) symlinkSync(folder, home);
    for (const file of files) {
      mkdirSync(path.dirname(path.join(home, file)), { recursive: true });
      writeFileSync(path.join(home, file), pid === 0 ? '' : `${pid} ${begun}                 \n`);
    }
    const seconds = Date.now() / 1000 - days * day - 60;
    if (to === undefined) utimesSync(home, seconds, seconds);
    return { what, home, stays };
  });
  await promisify(execFile)('/bin/sh', ['-c', farScript.openLine('handrail-own', 'mark')], {
    env: { PATH: process.env['PATH'], XDG_RUNTIME_DIR: folder },
  });
  const stayed = made.filter(({ home }) => existsSync(home)).map(({ what }) => what);
  expect(stayed).toEqual(made.filter(({ stays }) => stays).map(({ what }) => what));
});

test('what runs in the group of another is ended with all of it, also where there is no ps', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'far-'));
  const bin = path.join(folder, 'bin');
  mkdirSync(bin);
  for (const name of ['cat', 'mv', 'sleep', 'sh']) symlinkSync(placeOf(name), path.join(bin, name));
  // Its name stands in the list of processes, and looks like the end of one.
  symlinkSync(placeOf('sh'), path.join(bin, 'sh) S 1'));
  const inner = 'echo $$ >pid; sleep 300; :';
  const group = spawn('sh', ['-c', `"./bin/sh) S 1" -c '${inner}'; :`], {
    cwd: folder,
    detached: true,
  });
  const ended = once(group, 'exit');
  await expect.poll(() => existsSync(path.join(folder, 'pid'))).toBe(true);
  await expect.poll(() => readFileSync(path.join(folder, 'pid'), 'utf8')).not.toBe('');
  const line = farScript.endLine(folder, 'mark');
  await promisify(execFile)('/bin/sh', ['-c', line], { env: { PATH: bin } });
  expect(await ended).toEqual([null, 'SIGTERM']);
  await untilNobodyWorksIn(folder);
});

test('what has the number of a lost program by now is not that program: nobody ends it, nor waits for it', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'far-'));
  const other = spawn('sleep', ['300'], { detached: true });
  const ended = once(other, 'exit');
  const said: string[] = [];
  for (const begun of ['1-0', begunOf(other.pid ?? 0)]) {
    writeFileSync(path.join(folder, 'pid'), `${other.pid} ${begun}\n      \n`);
    const { stdout } = await promisify(execFile)('/bin/sh', [
      '-c',
      farScript.askLine(folder, 'mark'),
    ]);
    await promisify(execFile)('/bin/sh', ['-c', farScript.endLine(folder, 'mark')]);
    said.push(`${stdout.trim().split('\n')[1]} ${other.signalCode}`);
  }
  await ended;
  expect([...said.slice(0, 1), other.signalCode]).toEqual(['gone null', 'SIGTERM']);
  expect(said[1]).toMatch(/^alive /);
});

test('a try that was brought more than once is found where it was begun', async () => {
  const root = mkdtempSync(path.join(tmpdir(), 'far-'));
  const found: string[] = [];
  const bring = (folder: string, ...files: readonly string[]): void => {
    mkdirSync(path.join(root, `handrail-r-${folder}`), { recursive: true });
    for (const file of [farScript.sealOf('k'), ...files])
      writeFileSync(path.join(root, `handrail-r-${folder}`, file), '');
  };
  const look = async (): Promise<void> => {
    const line = farScript.findLine('r', 'k', 'mark');
    const env = { PATH: process.env['PATH'], XDG_RUNTIME_DIR: root };
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', line], { env });
    found.push(stdout.replace('mark\n', '').replace(`${root}/handrail-r-`, '').trim());
  };
  await look();
  bring('a/1', 'main');
  await look();
  bring('a/2', 'never');
  bring('b/1', 'pid');
  bring('c/1', 'main');
  await look();
  expect(found).toEqual(['', 'a/1', 'b/1']);
});

test('a folder that is not there says nothing of its program, and only what was kept from beginning never did', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'far-'));
  const ask = async (): Promise<string> => {
    const line = farScript.askLine(path.join(folder, '1'), 'mark');
    const { stdout } = await promisify(execFile)('/bin/sh', ['-c', line]);
    return stdout.replace('mark\n', '').trim();
  };
  const said = [await ask()];
  mkdirSync(path.join(folder, '1'));
  writeFileSync(path.join(folder, '1', 'main'), '');
  said.push(await ask(), await ask());
  expect([...said, existsSync(path.join(folder, '1', 'main'))]).toEqual([
    'lost',
    'never',
    'never',
    false,
  ]);
});

/** When a process began, as a place with a `/proc` has it. */
function begunOf(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const [boot] = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').split('-');
  return `${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}-${boot}`;
}

function placeOf(program: string): string {
  return execFileSync('sh', ['-c', `command -v ${program}`], { encoding: 'utf8' }).trim();
}

// More than the line's pipe takes, less than what stands between it and the program.
const BYTES = 100_000;

/** A folder in which a program writes to a stream, and a line that is there and that nobody reads. */
function unread(stream: 'out' | 'err', isFull: boolean) {
  const folder = mkdtempSync(path.join(tmpdir(), 'handrail-far-'));
  if (isFull) symlinkSync('/dev/full', path.join(folder, stream));
  else writeFileSync(path.join(folder, stream), '');
  for (const [name, text] of [
    ['whole', ''],
    ['pid', ''],
    ['exit.new', ' '.repeat(32)],
    ['main', `head -c ${BYTES} /dev/zero >&${stream === 'out' ? 1 : 2}; exit 7\n`],
  ] as const)
    writeFileSync(path.join(folder, name), text);
  const sh = (line: string) => spawnSync('bash', ['-c', line], { cwd: folder, encoding: 'utf8' });
  const ended = sh(`mkfifo line; exec 9<>line; ( ${farScript.startLine(folder, 'm')} ) >&9 2>&9`);
  return { exitCode: ended.status, folder, said: sh(farScript.askLine(folder, 'm')).stdout };
}

test.each(['out', 'err'] as const)(
  'a line that nobody reads holds nothing of std%s back from the file',
  (stream) => {
    const { exitCode, folder, said } = unread(stream, false);
    expect(readFileSync(path.join(folder, stream)).length).toBe(BYTES);
    expect([exitCode, said]).toEqual([7, 'm\nexit 7\n']);
  },
);

test.each(['out', 'err'] as const)(
  'where a full disk takes none of std%s that nobody reads either, the end says so',
  (stream) => {
    const { exitCode, said } = unread(stream, true);
    expect([exitCode, said]).toEqual([255, 'm\nexit 7 cut\n']);
  },
);
