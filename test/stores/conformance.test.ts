import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { RawLine, RunStore } from '../../src/engine/contracts/run-store.ts';
import type { RunEventBody } from '../../src/engine/model/event.ts';
import { readLedger } from '../../src/engine/record/ledger.ts';
import { verifyRun } from '../../src/engine/record/verify.ts';
import { FileStore } from '../../src/stores/file.ts';
import { stores } from '../../src/stores/index.ts';
import { steadyClock } from '../support/clock.ts';
import { started } from '../support/incident-seven.ts';
import { startTeam, type TestTeam } from '../support/team.ts';

const RUN = '019aa39e-0000-7000-8000-000000000001';
const OTHER = '019aa39e-0000-7000-8000-000000000002';
const NOTHING = '0'.repeat(64);
const HOLDER = { run: RUN, pid: process.pid, since: '2026-11-21T02:14:31.000Z', user: 'asmith' };
const note = (text: string): RunEventBody => ({ type: 'note.added', by: 'asmith', text });
const sha256 = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');
const folder = (): string => mkdtempSync(join(tmpdir(), 'handrail-store-'));

async function all<Item>(items: AsyncIterable<Item> | Iterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}

async function linesOf(store: RunStore, run = RUN): Promise<RawLine[]> {
  const reader = await store.read(run);
  return all(reader?.lines() ?? []);
}

/** Where a store of a scheme is opened: a team's is a database of its own. */
const PLACES: Readonly<Record<string, (team: TestTeam) => Promise<string>>> = {
  postgres: async (team) => (await team.fresh()).host,
  postgresql: async (team) => (await team.fresh()).host.replace('postgres:', 'postgresql:'),
};

describe.each(Object.keys(stores))('a %s store', (scheme) => {
  let team: TestTeam | undefined;
  let place = '';
  beforeAll(async () => {
    if (PLACES[scheme] !== undefined) team = await startTeam();
  });
  afterAll(() => team?.stop());
  beforeEach(async () => {
    const fresh = team && PLACES[scheme]?.(team);
    place = (await fresh) ?? String(pathToFileURL(folder()));
  });
  const open = (): RunStore => {
    const store = stores[scheme]?.(place, steadyClock());
    if (store === undefined) throw new Error(scheme);
    return store;
  };

  test('has no runs at first, and knows none by any name', async () => {
    const store = open();
    expect(await store.runs()).toEqual([]);
    expect(await store.read(RUN)).toBeUndefined();
    expect(await all(store.ledger())).toEqual([]);
    await expect(store.reopen(RUN)).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
  });

  test('gives back each event as one line that carries the hash of the line before', async () => {
    const store = open();
    const writer = await store.create(RUN, Buffer.from('# Text\n'));
    const stored = await writer.append([note('one'), note('two\nlines')], { durable: true });
    await writer.append([note('three')], { durable: false });
    await writer.close();
    const lines = await linesOf(store);
    const events = lines.map(({ raw }) => JSON.parse(Buffer.from(raw).toString()));
    expect(events.slice(0, 2)).toEqual(stored);
    expect(events.map(({ seq }) => seq)).toEqual([0, 1, 2]);
    expect(events.map(({ prev }) => prev)).toEqual([
      NOTHING,
      ...lines.slice(0, 2).map(({ raw }) => sha256(raw)),
    ]);
    expect(writer.nextSeq).toBe(3);
    expect(writer.head).toBe(sha256(lines[2]?.raw ?? ''));
    expect(lines.every(({ complete }) => complete)).toBe(true);
  });

  test('puts the header before the facts, without spaces', async () => {
    const store = open();
    const writer = await store.create(RUN, Buffer.from(''));
    await writer.append([note('x')], { durable: false });
    const [line] = await linesOf(store);
    expect(Buffer.from(line?.raw ?? []).toString()).toMatch(
      /^\{"seq":0,"at":"2026-11-21T02:14:31\.\d{3}Z","monoMs":[\d.]+,"run":"019aa39e-[^"]*","attempt":1,"type":"note\.added","prev":"0{64}","by":"asmith","text":"x"\}$/,
    );
  });

  test('goes on with a run after its last line, as its next attempt', async () => {
    const store = open();
    const first = await store.create(RUN, Buffer.from(''));
    await first.append([note('before')], { durable: true });
    await first.close();
    const second = await store.reopen(RUN);
    expect([second.nextSeq, second.head]).toEqual([first.nextSeq, first.head]);
    const resumed = {
      type: 'run.resumed',
      pid: 1,
      who: { host: 'h', pid: 1, cwd: '/', trigger: 'other', engine: '0', node: '24' },
      runbookSha256: '',
      changed: false,
      forced: false,
    } as const;
    const [one, two] = await second.append([resumed, note('after')], { durable: true });
    expect([one?.attempt, two?.attempt, two?.seq]).toEqual([2, 2, 2]);
    await second.close();
  });

  test('lets nobody append to a run that is being appended to', async () => {
    const store = open();
    const writer = await store.create(RUN, Buffer.from(''));
    await writer.append([note('x')], { durable: false });
    expect(await (await store.read(RUN))?.live()).toBe(true);
    await expect(store.reopen(RUN)).rejects.toMatchObject({ code: 'LOCK_HELD' });
    await writer.close();
    expect(await (await store.read(RUN))?.live()).toBe(false);
    await (await store.reopen(RUN)).close();
  });

  test('keeps the text, other files and complete output beside the log', async () => {
    const store = open();
    const writer = await store.create(RUN, Buffer.from('# Text\r\n'));
    await writer.keep('state/0.json', 'first');
    await writer.keep('state/0.json', 'second');
    const output = await writer.openOutput('linked/проверка', 2);
    await output.write(Buffer.from('some '));
    await output.write(Buffer.from('output'));
    const { path, bytes, sha256: hash } = await output.close();
    const reader = await store.read(RUN);
    expect([bytes, hash]).toEqual([11, sha256('some output')]);
    expect(Buffer.from((await reader?.file('runbook.md')) ?? []).toString()).toBe('# Text\r\n');
    expect(Buffer.from((await reader?.file('state/0.json')) ?? []).toString()).toBe('second');
    expect(await reader?.digest(path)).toEqual({ bytes: 11, sha256: sha256('some output') });
    const excerpt = await reader?.excerpt(path, 4, 3);
    expect(
      [excerpt?.head, excerpt?.tail].map((part) => Buffer.from(part ?? []).toString()),
    ).toEqual(['some', 'put']);
    expect((await reader?.excerpt(path, 100, 100))?.tail.length).toBe(0);
    expect(await reader?.file('output/none.log')).toBeUndefined();
    expect(await reader?.digest('output/none.log')).toBeUndefined();
    expect(Buffer.concat(await all(reader?.output('linked/проверка', 2, 5) ?? [])).toString()).toBe(
      'output',
    );
  });

  test('lists its runs oldest first', async () => {
    const store = open();
    await (await store.create(OTHER, Buffer.from(''))).close();
    await (await store.create(RUN, Buffer.from(''))).close();
    expect(await store.runs()).toEqual([RUN, OTHER]);
  });

  test('chains what happens to its runs', async () => {
    const store = open();
    const at = '2026-11-21T02:14:31.000Z';
    await Promise.all([
      store.enter({ run: RUN, what: 'created', head: NOTHING, at }),
      store.enter({ run: OTHER, what: 'created', head: NOTHING, at }),
      store.enter({ run: RUN, what: 'sealed', head: 'a'.repeat(64), at }),
    ]);
    const lines = await all(store.ledger());
    const entries = lines.map(({ raw }) => JSON.parse(Buffer.from(raw).toString()));
    expect(entries.map(({ seq }) => seq)).toEqual([0, 1, 2]);
    expect(entries.map(({ prev }) => prev)).toEqual([
      NOTHING,
      ...lines.slice(0, 2).map(({ raw }) => sha256(raw)),
    ]);
  });

  test('knows how a run began, and that it began otherwise', async () => {
    const store = open();
    const at = '2026-11-21T02:14:31.000Z';
    const bound: RunEventBody = {
      type: 'input.bound',
      name: 'target',
      source: '--input',
      secret: false,
      value: 'staging',
    };
    const begun: RunEventBody = Object.assign(started('A', []), { bound: ['target'] });
    const verdicts: string[] = [];
    for (const run of [RUN, OTHER]) {
      const writer = await store.create(run, Buffer.from(''));
      const before = async (head: string): Promise<void> => {
        expect(await linesOf(store, run)).toEqual([]);
        const known = run === RUN ? head : sha256('another beginning');
        await store.enter({ run, what: 'created', head: known, at });
      };
      await writer.append([begun, bound], {
        durable: true,
        before,
      });
      await writer.append([note('more')], { durable: true });
      await writer.close();
      const { byRun } = await readLedger(store.ledger());
      const reader = await store.read(run);
      if (reader === undefined) throw new Error(run);
      const [, last] = await linesOf(store, run);
      if (run === RUN) expect(byRun.get(run)).toMatchObject([{ head: sha256(last?.raw ?? '') }]);
      verdicts.push((await verifyRun(reader, byRun.get(run) ?? [])).name);
    }
    expect(verdicts[1]).toBe('altered');
    expect(verdicts[0]).not.toBe('altered');
  });

  test('remembers where the chain of its runs ends, and stamps a run anew with each event', async () => {
    const store = open();
    const at = '2026-11-21T02:14:31.000Z';
    const writer = await store.create(RUN, Buffer.from(''));
    const end = await store.enter({ run: RUN, what: 'created', head: NOTHING, at });
    const [line] = await all(store.ledger());
    expect(end).toEqual({ size: 1, head: sha256(line?.raw ?? '') });
    // Where nothing is ever taken back, there is nothing to be remembered apart.
    expect([end, null]).toContainEqual(await store.remembered());
    await writer.append([note('one')], { durable: true });
    const before = (await store.stamps()).get(RUN);
    await writer.append([note('two')], { durable: true });
    expect((await store.stamps()).get(RUN)).not.toBe(before);
    await writer.close();
  });

  test('gives back the end of a log, and the names of all other files', async () => {
    const store = open();
    const writer = await store.create(RUN, Buffer.from(''));
    await writer.append([note('one'), note('two'), note('x'.repeat(5000))], { durable: true });
    await writer.keep('state/0.json', '{}');
    await writer.close();
    const reader = await store.read(RUN);
    const whole = await linesOf(store);
    for (const bytes of [1, 400, 6000, 100_000]) {
      const end = (await reader?.lastLines(bytes)) ?? [];
      expect(end.length).toBeGreaterThan(0);
      const texts = (lines: readonly RawLine[]): readonly string[] =>
        lines.map(({ raw }) => Buffer.from(raw).toString());
      expect(texts(end)).toEqual(texts(whole.slice(-end.length)));
    }
    expect((await reader?.names())?.filter((name) => !name.startsWith('engine/'))).toEqual([
      'runbook.md',
      'state/0.json',
    ]);
  });

  test('gives a lock to one at a time and says who has it', async () => {
    const store = open();
    const held = await store.lock('/srv/ops.md', HOLDER);
    if (!('release' in held)) throw new Error('not taken');
    expect(await store.lock('/srv/ops.md', { ...HOLDER, run: OTHER })).toMatchObject(HOLDER);
    const other = await store.lock('/srv/other.md', HOLDER);
    if (!('release' in other)) throw new Error('not taken');
    await other.release();
    await held.release();
    const again = await store.lock('/srv/ops.md', HOLDER);
    if (!('release' in again)) throw new Error('not taken');
    await again.release();
  });
});

describe('a file store', () => {
  const made: (() => void)[] = [];
  afterEach(() => {
    for (const undo of made.splice(0)) undo();
  });
  const open = (): { readonly store: RunStore; readonly where: string } => {
    const where = folder();
    const store = stores['file']?.(String(pathToFileURL(where)), steadyClock());
    if (store === undefined) throw new Error('no file store');
    return { store, where };
  };

  test('keeps everything for its owner alone', async () => {
    const { store, where } = open();
    const writer = await store.create(RUN, Buffer.from(''));
    await writer.append([note('x')], { durable: true });
    const output = await writer.openOutput('step', 1);
    await output.write(Buffer.from('x'));
    await output.close();
    await store.enter({ run: RUN, what: 'created', head: NOTHING, at: '' });
    const mode = (path: string): number => statSync(join(where, path)).mode & 0o777;
    expect(['runs', `runs/${RUN}`, `runs/${RUN}/output`].map(mode)).toEqual([0o700, 0o700, 0o700]);
    const files = ['log.jsonl', 'runbook.md', 'output/step-1.log'];
    expect(files.map((name) => mode(`runs/${RUN}/${name}`))).toEqual([0o600, 0o600, 0o600]);
    expect(mode('runs.jsonl')).toBe(0o600);
  });

  test('cuts a torn line off into log.torn before it goes on', async () => {
    const { store, where } = open();
    const writer = await store.create(RUN, Buffer.from(''));
    await writer.append([note('whole')], { durable: true });
    await writer.close();
    const log = join(where, 'runs', RUN, 'log.jsonl');
    const whole = readFileSync(log, 'utf8');
    appendFileSync(log, '{"seq":1,"at":"20');
    const again = await store.reopen(RUN);
    expect([again.nextSeq, again.head]).toEqual([1, sha256(whole.trimEnd())]);
    expect(readFileSync(log, 'utf8')).toBe(whole);
    expect(readFileSync(join(where, 'runs', RUN, 'log.torn'), 'utf8')).toBe('{"seq":1,"at":"20\n');
  });

  test('goes on with no log whose last line is no event', async () => {
    const { store, where } = open();
    await (await store.create(RUN, Buffer.from(''))).close();
    writeFileSync(join(where, 'runs', RUN, 'log.jsonl'), 'nonsense\n');
    await expect(store.reopen(RUN)).rejects.toMatchObject({ code: 'RUN_NOT_RESUMABLE' });
  });

  test('takes no run id that leads out of its folder', async () => {
    const { store } = open();
    await expect(store.read('../../etc')).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
    const writer = await store.create(RUN, Buffer.from(''));
    await writer.append([note('x')], { durable: false });
    const reader = await store.read(RUN);
    expect(await reader?.file('../../../etc/passwd')).toBeUndefined();
    expect(await reader?.digest('/etc/passwd')).toBeUndefined();
  });

  test('says in one sentence that its folder cannot be written', async () => {
    const { where } = open();
    writeFileSync(join(where, 'in-the-way'), '');
    const store = stores['file']?.(`file://${where}/in-the-way/state`, steadyClock());
    await expect(store?.create(RUN, Buffer.from(''))).rejects.toMatchObject({
      code: 'LOG_UNWRITABLE',
      exitCode: 73,
    });
  });

  test('follows no link that stands in the place of a lock, the chain or what it keeps', async () => {
    const { store, where } = open();
    const victim = join(folder(), 'victim');
    writeFileSync(victim, 'precious');
    const held = await store.lock('job', HOLDER);
    if (!('release' in held)) throw new Error('not taken');
    const [name = ''] = readdirSync(join(where, 'locks'));
    await held.release();
    symlinkSync(victim, join(where, 'locks', name));
    await expect(store.lock('job', HOLDER)).rejects.toMatchObject({ code: 'LOG_UNWRITABLE' });
    symlinkSync(victim, join(where, 'runs.jsonl'));
    const entry = { run: RUN, what: 'created', head: NOTHING, at: '' } as const;
    await expect(store.enter(entry)).rejects.toMatchObject({ code: 'LOG_UNWRITABLE' });
    expect(readFileSync(victim, 'utf8')).toBe('precious');
  });

  test('gives a lock to those that wait for it in their order, before whoever comes later', async () => {
    const store = new FileStore(folder(), steadyClock());
    const taken = async (whose: string) => {
      const lock = await store.lock('job', { ...HOLDER, run: whose });
      return 'release' in lock ? lock : lock.run;
    };
    const run = (number: number): string => `019aa39e-0000-7000-8000-00000000010${number}`;
    let held = await taken(RUN);
    const waiting = [3, 1, 2];
    const places = new Map<number, { leave(): void }>();
    for (const number of waiting)
      places.set(number, await store.queue('job', { ...HOLDER, run: run(number) }));
    // What an engine that is gone has left in the line, and what is no claim at all.
    const [line = ''] = readdirSync(join(store.where, 'locks')).filter((one) =>
      one.endsWith('.line'),
    );
    const gone = JSON.stringify({ ...HOLDER, run: OTHER, engine: { pid: 1, pidStart: 1 } });
    for (const [name, text] of Object.entries({ '00000000000000000001-1': gone, x: 'x' }))
      writeFileSync(join(store.where, 'locks', line, name), text);
    for (const number of waiting) {
      if (typeof held === 'string') throw new Error(held);
      await held.release();
      const later = waiting.slice(waiting.indexOf(number) + 1).map(run);
      for (const other of [OTHER, ...later]) expect(await taken(other)).toBe(run(number));
      held = await taken(run(number));
      places.get(number)?.leave();
    }
    if (typeof held === 'string') throw new Error(held);
    await held.release();
    expect(await taken(OTHER)).toHaveProperty('release');
    expect(readdirSync(join(store.where, 'locks', line))).toEqual([]);
  });

  test.each(['with flock(1)', 'without flock(1)'])(
    'holds a lock as long as a process that inherited it is at work, and names that process, %s',
    async (how) => {
      const { store, where } = open();
      const path = process.env['PATH'];
      made.push(() => {
        process.env['PATH'] = path;
      });
      const held = await store.lock('job', HOLDER);
      if (!('release' in held)) throw new Error('not taken');
      const [fd = -1] = held.fds;
      const child = spawn('sleep', ['300'], { stdio: ['ignore', 'ignore', 'ignore', fd] });
      made.push(() => child.kill('SIGKILL'));
      await expect.poll(() => readFileSync(`/proc/${child.pid}/comm`, 'utf8')).toBe('sleep\n');
      if (how.startsWith('without')) process.env['PATH'] = folder();
      loseEngine(join(where, 'locks'), fd);
      expect(await store.lock('job', { ...HOLDER, run: OTHER })).toMatchObject({
        run: RUN,
        orphans: [`${child.pid} sleep 300`],
      });
      child.kill('SIGKILL');
      await new Promise((resolve) => child.once('close', resolve));
      const again = await store.lock('job', HOLDER);
      expect('release' in again).toBe(true);
      if ('release' in again) await again.release();
    },
  );

  test('frees a lock on release even while a daemon that a step left behind inherited it', async () => {
    const { store } = open();
    const held = await store.lock('job', HOLDER);
    if (!('release' in held)) throw new Error('not taken');
    const child = spawn('sleep', ['20'], { stdio: ['ignore', 'ignore', 'ignore', held.fds[0]] });
    made.push(() => child.kill('SIGKILL'));
    await held.release();
    const again = await store.lock('job', HOLDER);
    expect('release' in again).toBe(true);
    if ('release' in again) await again.release();
  });
});

/** What is left of a lock whose engine was killed: its descriptors are closed, nothing is released. */
function loseEngine(locks: string, fd: number): void {
  const [name = ''] = readdirSync(locks);
  const text = readFileSync(join(locks, name), 'utf8');
  writeFileSync(join(locks, name), text.replace(/"engine":\{"pid":\d+/, '"engine":{"pid":4194304'));
  closeSync(fd);
}
