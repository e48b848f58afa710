import { expect, test } from 'vitest';
import { makeUnattendedOperator } from '../../../src/cli/running/unattended-operator.ts';
import type { RunReader, RunStore } from '../../../src/engine/contracts/run-store.ts';
import { HandrailError } from '../../../src/engine/model/errors.ts';
import { createHandrail } from '../../../src/handrail.ts';
import { MemoryStore } from '../../../src/stores/memory.ts';
import { workplace } from '../../support/engine.ts';

const { folder } = workplace({
  'ops.md': '# One\n\n```bash name=one\necho one\n```\n\n- [ ] Look\n',
  'told.md':
    '---\nnotify: [{ on: [slow, recovery], command: "true" }]\n---\n# Told\n\n```bash\necho one\n```\n',
  'turn.md':
    '---\nlock: { name: turn, policy: wait, wait: 20ms }\n---\n# Turn\n\n```bash\necho one\n```\n',
});
const clock = { nowMs: Date.now, monoMs: () => performance.now(), sleep: async () => {} };

/** A store that can do all that one can. */
class WholeStore extends MemoryStore {
  async *newest(): AsyncGenerator<RunReader> {
    for (const run of (await this.runs()).toReversed()) {
      const reader = await this.read(run);
      if (reader !== undefined) yield reader;
    }
  }

  async elsewhere(): Promise<ReadonlySet<string>> {
    return new Set();
  }

  async hosts(): Promise<ReadonlyMap<string, string>> {
    return new Map();
  }

  async queue(): Promise<{ leave(): void }> {
    return { leave: () => undefined };
  }
}

/** Somebody else's store, of which one member, its own or of what it answers, throws as soon as `when` says so. */
function failingStore(
  member: string,
  error: () => unknown,
  when: (written: string) => boolean,
): RunStore {
  let written = '';
  const note = (name: string, given: readonly unknown[]): void => {
    if (name === 'append') written += JSON.stringify(given[0]);
  };
  const within = (answer: unknown): unknown => {
    if (answer instanceof Promise) return answer.then(within);
    if (typeof answer !== 'object' || answer === null) return answer;
    if (Symbol.asyncIterator in answer) return each(answer as AsyncIterable<unknown>);
    return Object.values(answer).some((one) => typeof one === 'function') ? over(answer) : answer;
  };
  async function* each(all: AsyncIterable<unknown>): AsyncGenerator<unknown> {
    for await (const one of all) yield within(one);
  }
  const over = <T extends object>(on: T): T =>
    new Proxy(on, {
      get(of, key) {
        const name = String(key);
        const value: unknown = Reflect.get(of, key);
        const look = (): void => {
          if (name === member && when(written)) throw error();
        };
        if (typeof value !== 'function') {
          look();
          return value;
        }
        return (...given: readonly unknown[]): unknown => {
          look();
          const answer = within(Reflect.apply(value, of, given));
          note(name, given);
          return answer;
        };
      },
    });
  return over(new WholeStore(clock));
}

function failing(member: string, error: () => unknown, when: (written: string) => boolean) {
  const store = failingStore(member, error, when);
  return createHandrail({ env: process.env, cwd: folder, state: 'memory:', version: '0', store });
}

type Handrail = ReturnType<typeof createHandrail>;

async function thrownBy(handrail: Handrail, page = 'ops.md'): Promise<unknown> {
  const { source, runbook } = await handrail.read(page);
  const operator = makeUnattendedOperator();
  const plan = await handrail.prepare(await handrail.plan(runbook), operator);
  const { signal } = new AbortController();
  try {
    for await (const _ of handrail.run(plan, source, { operator, signal }).events);
    return 'nothing';
  } catch (error) {
    return error;
  }
}

/** What it all comes from. */
function rootOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? rootOf(error.cause) : error;
}

const always = (): boolean => true;
const hasBegun = (written: string): boolean => written.includes('step.started');
const isOver = (written: string): boolean => written.includes('run.waiting');

test.each<[string, string, string, (written: string) => boolean]>([
  ['create', 'at once', 'LOG_UNWRITABLE', always],
  ['enter', 'at once', 'LOG_UNWRITABLE', always],
  ['append', 'at once', 'LOG_UNWRITABLE', always],
  ['append', 'in a step', 'LOG_LOST', hasBegun],
  ['openOutput', 'in a step', 'LOG_LOST', hasBegun],
  ['write', 'in a step', 'LOG_LOST', hasBegun],
  ['sum', 'in a step', 'LOG_LOST', hasBegun],
  ['keep', 'at the end', 'LOG_UNFINISHED', hasBegun],
  ['close', 'at the end', 'LOG_UNFINISHED', isOver],
  ['lines', 'at the end', 'LOG_UNFINISHED', isOver],
  ['lock', 'at once', 'STORE_FAILED', always],
  ['release', 'at the end', 'STORE_FAILED', always],
  ['enter', 'at the end', 'LOG_UNFINISHED', isOver],
])(
  'a run store that cannot write is told as one: `%s` throws %s',
  async (member, _, code, when) => {
    const mine = new TypeError('the shelf is full');
    const thrown = await thrownBy(failing(member, () => mine, when));
    expect(thrown).toBeInstanceOf(HandrailError);
    expect(thrown).toMatchObject({ code });
    expect(rootOf(thrown)).toBe(mine);
    expect(String(thrown)).toMatch(/: the shelf is full\. |threw "the shelf is full"\./);
  },
);

test('what a run store says in the words of its contract comes up as it is', async () => {
  const mine = new HandrailError('LOG_UNWRITABLE', { path: 'shelf', why: 'it is full' });
  expect(await thrownBy(failing('create', () => mine, always))).toBe(mine);
});

type Any = (...given: never[]) => unknown;
type Calls<T> = {
  readonly [K in keyof T as Extract<T[K], Any> extends never ? never : K]-?: (on: T) => unknown;
};

/** Every member of a store and of a reader that can be called. */
const STORE: Calls<RunStore> = {
  create: (store) => store.create(RUN, new Uint8Array()),
  reopen: (store) => store.reopen(RUN),
  read: (store) => store.read(RUN),
  runs: (store) => store.runs(),
  newest: (store) => inTurn(store.newest?.()),
  strangers: (store) => store.strangers(),
  stamps: (store) => store.stamps(),
  remove: (store) => store.remove(RUN),
  enter: (store) => store.enter({ run: RUN, what: 'created', head: '', at: '' }),
  elsewhere: (store) => store.elsewhere?.(),
  hosts: (store) => store.hosts?.(),
  ledger: (store) => inTurn(store.ledger()),
  remembered: (store) => store.remembered(),
  lock: (store) => store.lock('mine', HOLDER),
  queue: (store) => store.queue?.('mine', HOLDER),
};
const READER: Omit<Calls<RunReader>, 'changed'> = {
  live: (reader) => reader.live(),
  lines: (reader) => inTurn(reader.lines()),
  lastLines: (reader) => reader.lastLines(1),
  names: (reader) => reader.names(),
  file: (reader) => reader.file('runbook.md'),
  digest: (reader) => reader.digest('runbook.md'),
  output: (reader) => inTurn(reader.output('one', 1, 0)),
  excerpt: (reader) => reader.excerpt('runbook.md', 1, 1),
};
const RUN = '00000000-0000-7000-8000-000000000001';
const HOLDER = { run: RUN, pid: 1, since: '', user: '' };
/** Those of a writer: they come up as `keptStore` says. */
const WRITING: ReadonlySet<string> = new Set(['create', 'reopen', 'enter']);

async function inTurn(all: AsyncIterable<unknown> | undefined): Promise<void> {
  for await (const _ of all ?? []);
}

async function thrownOf(act: () => unknown): Promise<unknown> {
  try {
    await act();
    return undefined;
  } catch (error) {
    return error;
  }
}

/** What throws once somebody says so, and the run that was kept until then. */
async function kept(member: string) {
  const mine = new TypeError('the shelf is full');
  const at = { isBroken: false };
  const handrail = failing(
    member,
    () => mine,
    () => at.isBroken,
  );
  await thrownBy(handrail);
  const [run = ''] = await handrail.store.runs();
  const reader = await handrail.find(run);
  return { handrail, mine, at, run, reader };
}

const READING = Object.keys(STORE).filter((member) => !WRITING.has(member));

test.each([...READING, ...Object.keys(READER)])(
  'what a run store throws is told with its cause and by its member: `%s`',
  async (member) => {
    const { handrail, mine, at, reader } = await kept(member);
    at.isBroken = true;
    const onStore = Object.entries(STORE).find(([name]) => name === member)?.[1];
    const onReader = Object.entries(READER).find(([name]) => name === member)?.[1];
    const thrown = await thrownOf(() => onStore?.(handrail.store) ?? onReader?.(reader));
    expect(thrown).toMatchObject({ code: 'STORE_FAILED', cause: mine });
    expect(String(thrown)).toBe(
      `HandrailError: The run store \`memory\` failed: \`${member}\` threw "the shelf is full". Look at the store.`,
    );
  },
);

const VERBS: Readonly<Record<string, (of: Awaited<ReturnType<typeof kept>>) => unknown>> = {
  run: async ({ handrail }) => rethrown(await thrownBy(handrail)),
  'run, which is told of': async ({ handrail }) => rethrown(await thrownBy(handrail, 'told.md')),
  'run, which waits for its turn': async ({ handrail, at }) => {
    at.isBroken = false;
    await handrail.store.lock('name:turn', HOLDER);
    at.isBroken = true;
    rethrown(await thrownBy(handrail, 'turn.md'));
  },
  'find last': ({ handrail }) => handrail.find('last'),
  find: ({ handrail, run }) => handrail.find(run),
  report: ({ handrail, reader }) => handrail.report(reader),
  verify: ({ handrail, reader }) => handrail.verify(reader),
  render: ({ handrail, reader }) => handrail.render(reader),
  outlook: ({ handrail }) => handrail.outlook(null),
  resume: async ({ handrail, run }) => {
    const operator = makeUnattendedOperator();
    const { signal } = new AbortController();
    const { events } = await handrail.resume(run, {}, { operator, signal });
    await inTurn(events);
  },
};

function rethrown(error: unknown): void {
  if (error !== 'nothing') throw error;
}

const OF_WRITERS = ['append', 'openOutput', 'keep', 'close', 'write', 'sum', 'nextSeq', 'head'];

test.each([...Object.keys(STORE), ...Object.keys(READER), ...OF_WRITERS, 'release', 'leave'])(
  'no verb lets anything of a run store come up bare: `%s`',
  async (member) => {
    const bare: unknown[] = [];
    for (const [verb, call] of Object.entries(VERBS)) {
      const of = await kept(member);
      of.at.isBroken = true;
      const thrown = await thrownOf(() => call(of));
      const isTold = thrown instanceof HandrailError && rootOf(thrown) === of.mine;
      if (thrown !== undefined && !isTold) bare.push([verb, thrown]);
    }
    expect(bare).toEqual([]);
  },
);

test.each([
  ['read', 5, '`read` answered a number, where a reader (run, where, live'],
  ['runs', [5], '`runs` answered a list, where a list, each of its items a text was expected'],
  ['lock', {}, '`lock` answered an object, where a lock (fds, release) or who holds it'],
  ['stamps', {}, '`stamps` answered an object, where a Map was expected'],
  ['remembered', 5, '`remembered` answered a number, where an object with size, head or null'],
])('what a run store answers is held to the contract: `%s`', async (member, answer, says) => {
  const store = Object.assign(new WholeStore(clock), { [member]: async () => answer });
  const on = createHandrail({ env: {}, cwd: folder, state: 'memory:', version: '0', store }).store;
  const call = Object.entries(STORE).find(([name]) => name === member)?.[1];
  const said = String(await thrownOf(() => call?.(on)));
  expect(said).toContain(`The run store \`memory\` does not keep its contract: ${says}`);
});
