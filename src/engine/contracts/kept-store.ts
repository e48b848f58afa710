import { HandrailError, isSaid } from '../model/errors.ts';
import type { RunEventBody } from '../model/event.ts';
import {
  bytes,
  call,
  count,
  type Fields,
  fields,
  flag,
  type Guard,
  guard,
  kindOf,
  list,
  maybe,
  membersOf,
  misfitOf,
  orNull,
  record,
  saidBy,
  text,
  whole,
} from '../model/guard.ts';
import { brokenContract } from './broken-promise.ts';
import type { HeldLock, OutputWriter, RunReader, RunStore, RunWriter } from './run-store.ts';

/** What a run store has to be. */
export const RUN_STORE = {
  scheme: text,
  where: text,
  create: call,
  reopen: call,
  read: call,
  runs: call,
  newest: maybe(call),
  strangers: call,
  stamps: call,
  remove: call,
  enter: call,
  elsewhere: maybe(call),
  hosts: maybe(call),
  ledger: call,
  remembered: call,
  lock: call,
  queue: maybe(call),
} satisfies Readonly<Record<keyof RunStore, Guard>>;

const WRITER = {
  run: text,
  nextSeq: whole,
  head: text,
  append: call,
  openOutput: call,
  keep: call,
  close: call,
} satisfies Readonly<Record<keyof RunWriter, Guard>>;

const OUTPUT = {
  write: call,
  sum: call,
  close: call,
} satisfies Readonly<Record<keyof OutputWriter, Guard>>;

/** What reads a run. */
export const READER = {
  run: text,
  where: text,
  live: call,
  changed: maybe(call),
  isBehind: maybe(flag),
  lines: call,
  lastLines: call,
  names: call,
  file: call,
  digest: call,
  output: call,
  excerpt: call,
} satisfies Readonly<Record<keyof RunReader, Guard>>;

const called = (says: string, all: Fields): Guard =>
  membersOf(`${says} (${Object.keys(all).join(', ')})`, all);
const A_WRITER = called('a writer', WRITER);
const AN_OUTPUT = called('a writer of output', OUTPUT);
const A_READER = called('a reader', READER);
const FOUND = maybe(A_READER);
const SUM = fields({ bytes: count, sha256: text });
const SUMMED = maybe(SUM);
const KEPT = fields({ path: text, bytes: count, sha256: text });
const EXCERPT = maybe(fields({ head: bytes, tail: bytes, bytes: count }));
const LINE = fields({ line: whole, raw: bytes, complete: flag });
const HEAD = fields({ size: count, head: text });
const PLACE = called('a place in the line', { leave: call });
const STORED = list(record);
const SET = guard('a Set', (value) => value instanceof Set);
const STAMPS = guard('a Map', (value) => value instanceof Map);
const DONE = guard('nothing', () => true);
const LOCK: Fields = { fds: list(whole), release: call };
const HOLDER: Fields = { run: text, pid: whole, since: text, user: text };
const TAKEN = guard(
  'a lock (fds, release) or who holds it (run, pid, since, user)',
  (value) =>
    typeof value === 'object' &&
    value !== null &&
    misfitOf(value, 'release' in value ? LOCK : HOLDER, 'it') === undefined,
);

/** What is done with a member of a store: what it answers is as the guard says, and what it throws is told. */
interface Asking {
  promised<T>(member: string, is: Guard, ask: () => Promise<T>): Promise<T>;
  inTurn<T>(member: string, is: Guard, ask: () => AsyncIterable<T>): AsyncGenerator<T, void>;
  done(member: string, act: () => void): void;
}

/**
 * A run store of somebody else's, held to its contract: whatever it throws comes up as STORE_FAILED with its cause, and
 * what is no answer as USAGE; each names the member. A HandrailError is the contract's own, and goes on as it is. What a run
 * is written with is left to `keptStore`, which knows whether it was begun.
 */
export function heldStore(store: RunStore): RunStore {
  const asking = askingOf(store);
  const { promised, inTurn, done } = asking;
  const reader = (one: RunReader): RunReader => heldReader(one, asking);
  const { newest, queue, elsewhere, hosts } = store;
  return {
    get scheme() {
      return store.scheme;
    },
    get where() {
      return store.where;
    },
    create: (run, runbook) => store.create(run, runbook),
    reopen: (run) => store.reopen(run),
    enter: (entry) => store.enter(entry),
    async read(run) {
      const found = await promised('read', FOUND, () => store.read(run));
      return found && reader(found);
    },
    runs: () => promised('runs', list(text), () => store.runs()),
    ...(newest === undefined
      ? {}
      : {
          async *newest() {
            const all = inTurn('newest', A_READER, () => newest.call(store));
            for await (const one of all) yield reader(one);
          },
        }),
    strangers: () => promised('strangers', list(text), () => store.strangers()),
    stamps: () => promised('stamps', STAMPS, () => store.stamps()),
    ...(elsewhere === undefined
      ? {}
      : { elsewhere: () => promised('elsewhere', SET, () => elsewhere.call(store)) }),
    ...(hosts === undefined
      ? {}
      : { hosts: () => promised('hosts', STAMPS, () => hosts.call(store)) }),
    remove: (run) => promised('remove', DONE, () => store.remove(run)),
    ledger: () => inTurn('ledger', LINE, () => store.ledger()),
    remembered: () => promised('remembered', orNull(HEAD), () => store.remembered()),
    async lock(name, holder) {
      const taken = await promised('lock', TAKEN, () => store.lock(name, holder));
      return 'release' in taken ? heldLock(taken, asking) : taken;
    },
    ...(queue === undefined
      ? {}
      : {
          async queue(name, holder) {
            const place = await promised('queue', PLACE, () => queue.call(store, name, holder));
            return { leave: () => done('leave', () => place.leave()) };
          },
        }),
  };
}

function heldLock(lock: HeldLock, { promised }: Asking): HeldLock {
  return { fds: lock.fds, release: () => promised('release', DONE, () => lock.release()) };
}

function heldReader(reader: RunReader, { promised, inTurn }: Asking): RunReader {
  const { changed, isBehind } = reader;
  return {
    run: reader.run,
    where: reader.where,
    live: () => promised('live', flag, () => reader.live()),
    ...(changed === undefined
      ? {}
      : { changed: (signal) => promised('changed', DONE, () => changed.call(reader, signal)) }),
    ...(isBehind === undefined ? {} : { isBehind }),
    lines: () => inTurn('lines', LINE, () => reader.lines()),
    lastLines: (most) => promised('lastLines', list(LINE), () => reader.lastLines(most)),
    names: () => promised('names', list(text), () => reader.names()),
    file: (name) => promised('file', maybe(bytes), () => reader.file(name)),
    digest: (name) => promised('digest', SUMMED, () => reader.digest(name)),
    output: (...of) => inTurn('output', bytes, () => reader.output(...of)),
    excerpt: (...of) => promised('excerpt', EXCERPT, () => reader.excerpt(...of)),
  };
}

function askingOf(store: RunStore): Asking {
  const told = (member: string, cause: unknown): unknown => {
    if (isSaid(cause)) return cause;
    const data = { where: store.where, member, why: inWords(cause) };
    return new HandrailError('STORE_FAILED', data, { cause });
  };
  return {
    async promised(member, is, ask) {
      let answer: Awaited<ReturnType<typeof ask>>;
      try {
        answer = await ask();
      } catch (error) {
        throw told(member, error);
      }
      return answered(store, member, is, answer);
    },
    async *inTurn(member, is, ask) {
      try {
        for await (const one of ask()) yield answered(store, member, is, one);
      } catch (error) {
        throw told(member, error);
      }
    },
    done(member, act) {
      try {
        act();
      } catch (error) {
        throw told(member, error);
      }
    },
  };
}

/** What a member of a store answered, held to the contract. */
function answered<T>({ where }: RunStore, member: string, is: Guard, answer: T): T {
  if (is(answer)) return answer;
  const misfit = { is: `\`${member}\` answered ${kindOf(answer)}`, expected: is.says };
  throw brokenContract('run store', where, misfit);
}

type Fail = (error: unknown) => never;

/** What a member that is written with answered, or else what came of it. */
type Writing = <T>(member: string, is: Guard, act: () => Promise<T>) => Promise<T>;

/**
 * What of a run store one run is written with. Whatever a store throws that is none of its contract's errors comes up as
 * LOG_UNWRITABLE before the first step, and as LOG_LOST from then on, with what was thrown as the cause.
 * `path`: where the run is, in that message.
 */
export function keptStore(
  store: RunStore,
  run: string,
  path: string,
): Pick<RunStore, 'create' | 'reopen' | 'enter'> {
  let hasBegun = false;
  const fail: Fail = (error) => {
    if (isSaid(error)) throw error;
    const data = { path, why: inWords(error), run };
    throw new HandrailError(hasBegun ? 'LOG_LOST' : 'LOG_UNWRITABLE', data, { cause: error });
  };
  const writing: Writing = async (member, is, act) => {
    try {
      return answered(store, member, is, await act());
    } catch (error) {
      return fail(error);
    }
  };
  const noting = (bodies: readonly RunEventBody[]): void => {
    hasBegun ||= bodies.some(({ type }) => type === 'step.started');
  };
  return {
    create: async (id, runbook) => {
      const writer = await writing('create', A_WRITER, () => store.create(id, runbook));
      return keptWriter(writer, noting, writing, fail);
    },
    async reopen(id) {
      hasBegun = true;
      const writer = await writing('reopen', A_WRITER, () => store.reopen(id));
      return keptWriter(writer, noting, writing, fail);
    },
    enter: (entry) => writing('enter', HEAD, () => store.enter(entry)),
  };
}

function keptWriter(
  writer: RunWriter,
  noting: (bodies: readonly RunEventBody[]) => void,
  writing: Writing,
  fail: Fail,
): RunWriter {
  return {
    run: writer.run,
    get nextSeq() {
      return at(() => writer.nextSeq, fail);
    },
    get head() {
      return at(() => writer.head, fail);
    },
    async append(bodies, options) {
      const stored = await writing('append', STORED, () => writer.append(bodies, options));
      noting(bodies);
      return stored;
    },
    async openOutput(stepId, attempt) {
      const output = () => writer.openOutput(stepId, attempt);
      return keptOutput(await writing('openOutput', AN_OUTPUT, output), writing, fail);
    },
    keep: (name, content) => writing('keep', DONE, () => writer.keep(name, content)),
    close: () => writing('close', DONE, () => writer.close()),
  };
}

function keptOutput(output: OutputWriter, writing: Writing, fail: Fail): OutputWriter {
  return {
    // At once where the store takes it at once: there are many of them.
    write: (chunk) => at(() => output.write(chunk)?.catch(fail), fail),
    sum: () => at(() => output.sum(), fail),
    close: () => writing('close', KEPT, () => output.close()),
  };
}

function at<T>(act: () => T, fail: Fail): T {
  try {
    return act();
  } catch (error) {
    return fail(error);
  }
}

/** The last point is the sentence's own. */
function inWords(error: unknown): string {
  return saidBy(error).replace(/\s+/g, ' ').replace(/\.$/, '');
}
