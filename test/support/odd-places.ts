/**
 * Does everything that a state folder is used for, with something odd in the place of each of its files and folders. A
 * process of its own: one that waits at a pipe can be ended. Prints the places, each with what went wrong there.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { HandrailError } from '../../src/engine/model/errors.ts';
import {
  APPROVALS,
  LOG,
  RENDERED,
  RUNBOOK,
  SIGNATURE,
  stateFile,
  TORN,
} from '../../src/engine/record/files.ts';
import { FileStore } from '../../src/stores/file.ts';
import { FileIncidentStore } from '../../src/stores/incidents.ts';
import { steadyClock } from './clock.ts';

const RUN = '019aa39e-0000-7000-8000-000000000001';
const OTHER = '019aa39e-0000-7000-8000-000000000002';
const HOLDER = { run: RUN, pid: process.pid, since: '', user: 'asmith' };
const NOTE = { type: 'note.added', by: 'asmith', text: 'x' } as const;
const NOTED = { ...NOTE, host: 'db1' } as const;
const HEAD = '1'.repeat(64);
const PRECIOUS = 'nobody of ours wrote this\n';
/** Where runs are kept may be a link: it is their owner's choice. */
const MAY_BE_LINKED: ReadonlySet<string> = new Set(['runs', 'incidents']);

/** In memory where that can be had: thousands of lines are flushed. */
const root = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'handrail-odd-'));

const pipe = join(root, 'pipe');
spawnSync('mkfifo', [pipe]);

/** What may stand in the place of something; `aside` is a folder that nothing of ours has to do with. */
const KINDS: Readonly<Record<string, (place: string, aside: string) => void>> = {
  'a file': (place) => writeFileSync(place, 'x\n'),
  'an empty folder': (place) => mkdirSync(place),
  'a folder': (place) => mkdirSync(join(place, 'inside'), { recursive: true }),
  'a pipe': (place) => linkSync(pipe, place),
  'a link to a file': (place, aside) => symlinkSync(join(aside, 'file'), place),
  'a link to a folder': (place, aside) => symlinkSync(join(aside, 'folder'), place),
  'a link to nothing': (place, aside) => symlinkSync(join(aside, 'made'), place),
  'a link to itself': (place) => symlinkSync(place, place),
  'a device': (place) => symlinkSync('/dev/zero', place),
};

async function drained(items: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of items);
}

async function wrote(store: FileStore, how: 'create' | 'reopen'): Promise<void> {
  const writer = await (how === 'create'
    ? store.create(OTHER, Buffer.from('# T\n'))
    : store.reopen(RUN));
  try {
    await writer.append([NOTE], { durable: true });
    const output = await writer.openOutput('s', how === 'create' ? 1 : 2);
    await output.write(Buffer.from('out\n'));
    await output.close();
    await writer.keep(stateFile(0), '{}');
    await writer.keep(RENDERED, '# T\n');
  } finally {
    await writer.close();
  }
}

/** What is done in a state folder, each on its own. */
const DEEDS: Readonly<
  Record<string, (store: FileStore, incidents: FileIncidentStore) => Promise<unknown>>
> = {
  runs: (store) => store.runs(),
  strangers: (store) => store.strangers(),
  stamps: (store) => store.stamps(),
  remembered: (store) => store.remembered(),
  ledger: (store) => drained(store.ledger()),
  live: async (store) => (await store.read(RUN))?.live(),
  lines: async (store) => drained((await store.read(RUN))?.lines() ?? (async function* () {})()),
  lastLines: async (store) => (await store.read(RUN))?.lastLines(100),
  names: async (store) => (await store.read(RUN))?.names(),
  file: async (store) => (await store.read(RUN))?.file(RENDERED),
  digest: async (store) => (await store.read(RUN))?.digest(RUNBOOK),
  output: async (store) =>
    drained((await store.read(RUN))?.output('s', 1, 0) ?? (async function* () {})()),
  resume: (store) => wrote(store, 'reopen'),
  create: (store) => wrote(store, 'create'),
  enter: (store) => store.enter({ run: RUN, what: 'created', head: HEAD, at: '' }),
  async lock(store) {
    const held = await store.lock('a.md', HOLDER);
    if ('release' in held) await held.release();
  },
  incidents: (_, incidents) => incidents.incidents(),
  incident: (_, incidents) => incidents.current(),
  incidentLines: (_, incidents) => drained(incidents.lines('INC-1')),
  note: (_, incidents) => incidents.append('INC-1', [NOTED]),
  open: (_, incidents) => incidents.setCurrent('INC-1'),
  sealed: (_, incidents) => incidents.entries('INC-1'),
  remove: (store) => store.remove(RUN),
};

const storesIn = (place: string): [FileStore, FileIncidentStore] => [
  new FileStore(place, steadyClock()),
  new FileIncidentStore(place, steadyClock()),
];

/** A state folder in which everything was done once. */
async function used(): Promise<string> {
  const place = join(root, 'used');
  const [store, incidents] = storesIn(place);
  const writer = await store.create(RUN, Buffer.from('# T\n'));
  await writer.append([NOTE], { durable: true });
  await (await writer.openOutput('s', 1)).close();
  await writer.keep(stateFile(0), '{}');
  await writer.keep(RENDERED, '# T\n');
  await writer.close();
  await store.enter({ run: RUN, what: 'created', head: HEAD, at: '' });
  await incidents.append('INC-1', [NOTED]);
  await incidents.setCurrent('INC-1');
  const of = join(place, 'runs', RUN);
  for (const name of [TORN, SIGNATURE, `${APPROVALS}/1.json`, 'engine/1']) {
    mkdirSync(dirname(join(of, name)), { recursive: true });
    writeFileSync(join(of, name), '{}');
  }
  writeFileSync(join(place, 'incidents/INC-1', TORN), '{}');
  // Half a line: it is going to be moved out of the way.
  for (const log of [`runs/${RUN}/${LOG}`, `incidents/INC-1/${LOG}`])
    writeFileSync(join(place, log), `${readFileSync(join(place, log), 'utf8')}{"seq"`);
  return place;
}

async function lockIn(place: string): Promise<string> {
  const [store] = storesIn(place);
  const held = await store.lock('a.md', HOLDER);
  const [name = ''] = readdirSync(join(place, 'locks'));
  if ('release' in held) await held.release();
  rmSync(join(place, 'locks'), { recursive: true });
  return `locks/${name}`;
}

async function wrongAt(folder: string, place: string, kind: string): Promise<readonly string[]> {
  const wrong: string[] = [];
  const aside = join(root, 'aside');
  const kept = join(root, 'kept');
  cpSync(folder, kept, { recursive: true });
  for (const [deed, act] of Object.entries(DEEDS)) {
    rmSync(aside, { recursive: true, force: true });
    mkdirSync(join(aside, 'folder'), { recursive: true });
    for (const name of ['file', 'folder/file']) writeFileSync(join(aside, name), PRECIOUS);
    rmSync(join(folder, place), { recursive: true, force: true });
    mkdirSync(dirname(join(folder, place)), { recursive: true });
    KINDS[kind]?.(join(folder, place), aside);
    try {
      await act(...storesIn(folder));
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      if (
        !(error instanceof HandrailError) ||
        error.code === 'INTERNAL' ||
        /\bE[A-Z]{4}|ERR_/.test(said)
      )
        wrong.push(`${deed}: ${said}`);
    }
    const isAsItWas =
      readdirSync(join(aside, 'folder')).length === 1 &&
      ['file', 'folder/file'].every((name) => readFileSync(join(aside, name), 'utf8') === PRECIOUS);
    if (!isAsItWas && !MAY_BE_LINKED.has(place)) wrong.push(`${deed}: a link was followed`);
    if (existsSync(join(aside, 'made'))) wrong.push(`${deed}: a file was made where a link leads`);
  }
  rmSync(folder, { recursive: true, force: true });
  renameSync(kept, folder);
  return wrong;
}

const state = await used();
/** There only while somebody has them. */
const turns = ['runs.turn', 'incidents.turn', 'incidents/INC-1/turn'];
const claims = [...turns, 'locks', await lockIn(state)];
const places = [...readdirSync(state, { recursive: true, encoding: 'utf8' }), ...claims].toSorted();
for (const place of places)
  for (const kind of Object.keys(KINDS)) {
    // A turn that cannot be read is waited for, in the tests of claims.
    if (kind === 'a file' && turns.includes(place)) continue;
    process.stdout.write(`${place}: ${kind}\n`);
    for (const wrong of await wrongAt(state, place, kind)) process.stdout.write(`  ${wrong}\n`);
  }
rmSync(root, { recursive: true, force: true });
process.stdout.write(`${places.length} places\n`);
