import { spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
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
  // Each where nobody else is: what is waited for by one is waited for by all at once.
  const each = Object.entries(claims()).map(async ([what, text]) => {
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
  });
  await Promise.all(each);
}, 60_000);

test('whoever lost a turn to somebody who could not see them knows, and leaves theirs alone', async () => {
  const place = path.join(fresh(), 'runs.turn');
  const turn = await takeTurn(place);
  expect(turn.isOurs()).toBe(true);
  rmSync(place);
  writeFileSync(place, 'of another container');
  expect(turn.isOurs()).toBe(false);
  turn();
  expect(readFileSync(place, 'utf8')).toBe('of another container');
});

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

/** The same, by a process that stops, or is killed, right before it does that to a file of that name. */
function stoppedAt(
  { call, name, dies }: { readonly call: string; readonly name: string; readonly dies?: boolean },
  where: string,
  script: string,
  env: NodeJS.ProcessEnv = process.env,
) {
  const stops = `
    import fs from 'node:fs';
    import { basename } from 'node:path';
    import { syncBuiltinESMExports } from 'node:module';
    const really = fs[${JSON.stringify(call)}];
    const place = (at) => basename(typeof at === 'number' ? fs.readlinkSync('/proc/self/fd/' + at) : at);
    fs[${JSON.stringify(call)}] = (...args) => {
      const last = args.findLast((arg) => typeof arg === 'string') ?? args[0];
      if (place(last).startsWith(${JSON.stringify(name)}) && !place(last).endsWith('.over')) {
        if (${dies === true}) process.kill(process.pid, 'SIGKILL');
        fs.appendFileSync(${JSON.stringify(where)}, 'stopped\\n');
        const until = performance.now() + 3000;
        while (!fs.existsSync(${JSON.stringify(`${where}.go`)}) && performance.now() < until)
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      }
      return really(...args);
    };
    syncBuiltinESMExports();`;
  const preload = `data:text/javascript,${encodeURIComponent(stops)}`;
  const child = spawn(
    process.execPath,
    ['--import', preload, '--input-type=module', '-e', script],
    { stdio: ['ignore', 'ignore', 'inherit'], env },
  );
  return once(child, 'exit');
}

const lines = (file: string): readonly string[] =>
  existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];

async function until(is: () => boolean): Promise<void> {
  while (!is()) await new Promise((resolve) => setTimeout(resolve, 5));
}

const OVER = JSON.stringify({ pid: 4_000_000, pidStart: 1, ...boot() });
function boot() {
  const { bootId, pidNs } = thisEngine();
  return { bootId, pidNs };
}

/** What takes something over from a dead process, stays in it for a while and lets go, and what it left behind. */
function takings() {
  const turns = fresh();
  const state = fresh();
  const holder = { run: 'r', pid: 1, since: '', user: 'u' };
  const turn = path.join(turns, 'runs.turn');
  const nobody = path.join(fresh(), 'none');
  mkdirSync(path.join(state, 'locks'));
  const lock = `a.md-${hash('sha256', 'a.md', 'hex').slice(0, 12)}`;
  return [
    {
      at: { call: 'rmSync', name: 'runs.turn' },
      file: turn,
      text: OVER,
      take: `
        import { takeTurn } from ${JSON.stringify(module('turn.ts'))};
        const take = async () => takeTurn(${JSON.stringify(turn)});`,
      env: process.env,
    },
    {
      at: { call: 'ftruncateSync', name: lock },
      file: path.join(state, 'locks', lock),
      text: `{"run":"x","pid":2,"since":"","user":"","engine":${OVER}}\n`,
      take: `
        import { lockFile } from ${JSON.stringify(module('lock.ts'))};
        const take = async () => {
          for (;;) {
            const lock = await lockFile(${JSON.stringify(state)}, 'a.md', ${JSON.stringify(holder)});
            if ('release' in lock) return () => lock.release();
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
        };`,
      // Without flock(1), which some systems have not.
      env: { ...process.env, PATH: nobody },
    },
  ];
}

test('nobody takes over what somebody else has taken over since they looked', async () => {
  for (const { at, file, text, take, env } of takings()) {
    const log = path.join(fresh(), 'log');
    writeFileSync(file, text);
    const script = (who: string, stay: number): string => `${take}
      import { appendFileSync } from 'node:fs';
      const say = (what) => appendFileSync(${JSON.stringify(log)}, what + '\\n');
      const leave = await take();
      say('${who} in');
      await new Promise((resolve) => setTimeout(resolve, ${stay}));
      say('${who} out');
      await leave();`;
    const slow = stoppedAt(at, log, script('slow', 50), env);
    await until(() => lines(log).includes('stopped'));
    const quick = stoppedAt({ call: 'rmSync', name: 'no such' }, log, script('quick', 1500), env);
    // Where the quick one gets in at all while the other has looked, that one goes on.
    void until(() => lines(log).some((line) => / in$/.test(line))).then(() =>
      writeFileSync(`${log}.go`, ''),
    );
    await Promise.all([slow, quick]);
    const [first = '', ...rest] = lines(log).filter((line) => / (?:in|out)$/.test(line));
    const second = first.startsWith('slow') ? 'quick' : 'slow';
    expect([first, ...rest]).toEqual([
      first,
      first.replace('in', 'out'),
      `${second} in`,
      `${second} out`,
    ]);
  }
}, 60_000);

test('whoever is killed while they take something over stands in nobody’s way', async () => {
  for (const { at, file, text, take, env } of takings()) {
    writeFileSync(file, text);
    const script = `${take}\nawait (await take())();`;
    const [, signal] = await stoppedAt({ ...at, dies: true }, '', script, env);
    expect(signal).toBe('SIGKILL');
    const [code] = await stoppedAt({ call: 'rmSync', name: 'no such' }, '', script, env);
    expect(code).toBe(0);
  }
}, 60_000);

test('an engine that saw the last claim on a run and claims the next one late finds who has begun since', async () => {
  const run = fresh();
  const log = path.join(fresh(), 'log');
  mkdirSync(path.join(run, 'engine'));
  writeFileSync(path.join(run, 'engine/3'), OVER);
  const late = stoppedAt(
    { call: 'linkSync', name: '4' },
    log,
    `import { fence } from ${JSON.stringify(module('fence.ts'))};
     process.exit(typeof fence(${JSON.stringify(run)}) === 'function' ? 1 : 0);`,
  );
  await until(() => lines(log).includes('stopped'));
  const first = fence(run);
  if (typeof first === 'function') first();
  const second = fence(run);
  expect(second).toBeTypeOf('function');
  writeFileSync(`${log}.go`, '');
  expect((await late)[0]).toBe(0);
  expect(isFenced(run)).toBe(true);
  if (typeof second === 'function') second();
});
