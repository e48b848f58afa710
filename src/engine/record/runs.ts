import type { RunReader, RunStore } from '../contracts/run-store.ts';
import { HandrailError } from '../model/errors.ts';
import { outcomeFacts } from '../model/outcome.ts';
import type { RunReport } from '../model/report.ts';
import { nothingOf, reportOf } from '../replay.ts';
import { type Ending, endingOf } from './ending.ts';
import { readLedger } from './ledger.ts';

/**
 * The run that a word names: an id, the beginning of one, or `last` (also `''`), the run that something happened
 * to last: a resumed older run counts. Throws RUN_NOT_FOUND or RUN_AMBIGUOUS.
 */
export async function findRun(store: RunStore, name: string): Promise<RunReader> {
  if (name === 'last' || name === '') {
    for await (const reader of newestFirst(store)) return reader;
    throw notFound(store, name);
  }
  const matches = (await store.runs()).filter((run) => run.startsWith(name));
  const [only] = matches;
  if (matches.length > 1) throw new HandrailError('RUN_AMBIGUOUS', { name, count: matches.length });
  const reader = only === undefined ? undefined : await store.read(only);
  if (reader === undefined) throw notFound(store, name);
  return reader;
}

function notFound(store: RunStore, name: string): HandrailError {
  return new HandrailError('RUN_NOT_FOUND', { name, state: store.where });
}

/**
 * The newest run that rests and can be gone on with; where none rests, the newest that is being carried out. Throws
 * RUN_NOT_RESUMABLE.
 */
export async function findResumable(store: RunStore): Promise<RunReader> {
  let live: RunReader | undefined;
  for await (const reader of endedSo(store, (end) => end.canGoOn || isToBeSealed(end))) {
    if (!(await reader.live())) return reader;
    live ??= reader;
  }
  if (live !== undefined) return live;
  throw new HandrailError('RUN_NOT_RESUMABLE', {
    message: `No run in ${store.where} can be resumed: all of them are over. \`handrail runs\` lists them.`,
  });
}

/** Runs that are not over, newest first: they rest, or somebody is at them. */
export function openRuns(store: RunStore): AsyncGenerator<RunReader> {
  return endedSo(store, ({ outcome }) => outcomeFacts(outcome).over !== true);
}

async function* endedSo(
  store: RunStore,
  isWanted: (ending: Ending) => boolean,
): AsyncGenerator<RunReader> {
  for await (const reader of newestFirst(store)) {
    const ending = await endingOf(reader);
    if (ending === undefined || isWanted(ending)) yield reader;
  }
}

/** It passed, and its engine was lost before it had sealed that. */
const isToBeSealed = ({ outcome, isSealed }: Ending): boolean => outcome === 'passed' && !isSealed;

/** By the chain of all runs, which notes every beginning, resume and seal; runs it does not know come last. */
export async function* newestFirst(store: RunStore): AsyncGenerator<RunReader> {
  const { entries } = await readLedger(store.ledger());
  const ids = await newestNames(store);
  const left = new Set(ids);
  for (const run of [...entries.map((entry) => entry.run).reverse(), ...ids]) {
    if (!left.delete(run)) continue;
    const reader = await store.read(run);
    if (reader !== undefined) yield reader;
  }
}

/** The ids of all runs by when they began, newest first. */
export async function newestNames(store: RunStore): Promise<readonly string[]> {
  return (await store.runs()).toReversed();
}

/** The newest runs by when they began, newest first, without going through the chain: at most so many. */
export async function* newestBegun(
  store: RunStore,
  most: number,
  except?: string,
): AsyncGenerator<RunReader> {
  let count = 0;
  for await (const reader of store.newest?.() ?? oneByOne(store)) {
    if (count === most) return;
    if (reader.run === except) continue;
    count += 1;
    yield reader;
  }
}

async function* oneByOne(store: RunStore): AsyncGenerator<RunReader> {
  for (const id of await newestNames(store)) {
    const reader = await store.read(id);
    if (reader !== undefined) yield reader;
  }
}

/** A run, and its report. */
export interface ReportedRun {
  readonly reader: RunReader;
  /** `undefined`: its log does not begin as a run does. */
  readonly report: RunReport | undefined;
}

/** The same with their reports. One whose engine is still at work is `running`. */
export async function* newestReports(
  store: RunStore,
  most: number,
  except?: string,
): AsyncGenerator<ReportedRun> {
  for await (const reader of newestBegun(store, most, except))
    yield { reader, report: await reportOf(reader).catch(nothingOf) };
}
