import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { thisEngine } from '../../../src/stores/files/engine.ts';
import { fence, isFenced } from '../../../src/stores/files/fence.ts';
import { lockFile } from '../../../src/stores/files/lock.ts';
import { takeTurn } from '../../../src/stores/files/turn.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'handrail-claims-'));
afterAll(() => rmSync(folder, { recursive: true }));

const stranger = spawn('sleep', ['600']);
afterAll(() => stranger.kill());

/** Field 22 of `/proc/PID/stat`. */
const startOf = (pid: number): number =>
  Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19]);

/** What somebody could have written in the place of a claim, or an engine that is gone left, with whose pid is there now. */
function claims(): Readonly<Record<string, string>> {
  const pid = stranger.pid ?? 0;
  const { bootId, pidNs } = thisEngine();
  const pidStart = startOf(pid);
  return {
    'a pid alone': JSON.stringify({ pid }),
    'a pid and a boot': JSON.stringify({ pid, bootId }),
    'a stranger that lives': JSON.stringify({ pid, pidStart, bootId, pidNs }),
    'a stranger, as an earlier edition wrote it': JSON.stringify({ pid, pidStart, bootId }),
    'the same pid before': JSON.stringify({ pid, pidStart: pidStart - 1, bootId, pidNs }),
    'another boot': JSON.stringify({ pid, pidStart, bootId: 'another', pidNs }),
    'another container': JSON.stringify({ pid, pidStart, bootId, pidNs: '1' }),
    'this process, which has nothing of it open': JSON.stringify(thisEngine()),
    'half a claim': '{"pid":',
    nothing: '',
  };
}

let number = 0;
function fresh(): string {
  number += 1;
  const one = path.join(folder, String(number));
  mkdirSync(one);
  return one;
}

test('no claim of a process that does not hold it keeps others from a turn, a run or a lock', async () => {
  for (const [what, text] of Object.entries(claims())) {
    const turn = path.join(fresh(), 'runs.turn');
    writeFileSync(turn, text);
    (await takeTurn(turn))();

    const run = fresh();
    mkdirSync(path.join(run, 'engine'));
    writeFileSync(path.join(run, 'engine/1'), text);
    expect(isFenced(run), what).toBe(false);
    const leave = fence(run);
    expect(leave, what).toBeTypeOf('function');
    expect(isFenced(run), what).toBe(true);
    if (typeof leave === 'function') leave();
    expect(isFenced(run), what).toBe(false);

    const state = fresh();
    const holder = { run: 'r', pid: 1, since: '2026-01-02T03:04:05.000Z', user: 'u' };
    const first = await lockFile(state, 'a.md', holder);
    if (!('release' in first)) throw new Error(`${what}: the first lock is held`);
    const [name = ''] = readdirSync(path.join(state, 'locks'));
    const file = path.join(state, 'locks', name);
    await first.release();
    writeFileSync(file, `{"run":"x","pid":2,"since":"","user":"","engine":${text}}\n`);
    const second = await lockFile(state, 'a.md', holder);
    expect(second, what).toHaveProperty('release');
    if ('release' in second) await second.release();
  }
}, 60_000);

/** What another process does with a module of ours, until it is told to go on. */
async function elsewhere(script: string): Promise<{ readonly end: () => Promise<void> }> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  return {
    async end() {
      child.stdin.end();
      await once(child, 'exit');
    },
  };
}

const module = (name: string): string =>
  path.join(import.meta.dirname, '../../../src/stores/files', name);

test('a turn, a run and a lock that another process holds stay its own until it lets go or dies', async () => {
  const [turns, run, state] = [fresh(), fresh(), fresh()];
  const turn = path.join(turns, 'runs.turn');
  const holder = { run: 'r', pid: 1, since: '', user: 'u' };
  const { end } = await elsewhere(`
    import { fence } from ${JSON.stringify(module('fence.ts'))};
    import { lockFile } from ${JSON.stringify(module('lock.ts'))};
    import { takeTurn } from ${JSON.stringify(module('turn.ts'))};
    await takeTurn(${JSON.stringify(turn)});
    fence(${JSON.stringify(run)});
    await lockFile(${JSON.stringify(state)}, 'a.md', ${JSON.stringify(holder)});
    process.stdout.write('held');
    process.stdin.resume().on('end', () => process.exit());
  `);
  const held = readFileSync(turn, 'utf8');
  let isTaken = false;
  const taking = takeTurn(turn).then((leave) => {
    isTaken = true;
    return leave;
  });
  await new Promise((resolve) => setTimeout(resolve, 500));
  expect(isTaken).toBe(false);
  expect(readFileSync(turn, 'utf8')).toBe(held);
  expect(isFenced(run)).toBe(true);
  expect(fence(run)).not.toBeTypeOf('function');
  expect(await lockFile(state, 'a.md', holder)).not.toHaveProperty('release');

  await end();
  (await taking)();
  expect(isFenced(run)).toBe(false);
  expect(fence(run)).toBeTypeOf('function');
  expect(await lockFile(state, 'a.md', holder)).toHaveProperty('release');
});
