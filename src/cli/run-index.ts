import path from 'node:path';
import type { RunReader, RunStore } from '../engine/contracts/run-store.ts';
import { saidOutcome } from '../engine/model/outcome.ts';
import type { RunReport } from '../engine/model/report.ts';
import { replay } from '../engine/replay.ts';
import { BUILD } from '../host/page-cache.ts';

/** What lists and schedules have to know of a run. */
export interface RunSummary {
  readonly run: string;
  /** The runbook's absolute path. */
  readonly runbook: string;
  readonly procedures: readonly string[];
  readonly startedAt: string;
  readonly lastEventAt: string;
  /** `interrupted` where there is no end, whether or not its engine is at work. */
  readonly outcome: RunReport['outcome'];
  readonly said: ReturnType<typeof saidOutcome>;
}

/** A run as the index has it: with what its log was then, and nothing where it does not begin as a run does. */
interface Entry {
  readonly stamp: string;
  readonly summary: RunSummary | null;
}

const NAME = 'runs.json';
/** Where no index is kept, every log is read: so many of the newest at most. */
const MOST_UNINDEXED = 2000;

/**
 * The runs of a store, newest first, out of an index that is kept beside them: a log is read when it is not the one that
 * the index was made of. The index is no part of the record; whoever judges a record reads the record.
 */
export async function* summaries(
  store: RunStore,
  onAltered?: (run: string) => void,
): AsyncGenerator<RunSummary> {
  const known = read((await store.cached(NAME)) ?? '');
  const stamps = await store.stamps();
  const entries = new Map<string, Entry>();
  let isNew = known.size !== stamps.size;
  const isKept = BUILD !== null && store.scheme === 'file';
  const newestFirst = [...stamps].toSorted(([one], [other]) => (one < other ? 1 : -1));
  for (const [run, stamp] of newestFirst.slice(0, isKept ? undefined : MOST_UNINDEXED)) {
    const before = known.get(run);
    const isKnown = before !== undefined && before.stamp === stamp;
    if (!isKnown) isNew = true;
    entries.set(run, isKnown ? before : { stamp, summary: await summaryOf(store, run) });
  }
  if (isNew && isKept)
    await store.cache(NAME, JSON.stringify({ build: BUILD, entries: [...entries] }));
  for (const [run, { summary }] of entries) {
    const reader =
      summary === null || summary.outcome === 'interrupted' ? await store.read(run) : undefined;
    if (summary === null) {
      if (reader && onAltered && (await hasLines(reader))) onAltered(run);
    } else
      yield reader && (await reader.live())
        ? { ...summary, outcome: 'running', said: 'running' }
        : summary;
  }
}

function read(text: string): ReadonlyMap<string, Entry> {
  try {
    // Written by this build alone: what another one made of a run is made anew.
    const { build, entries }: { build: string; entries: [string, Entry][] } = JSON.parse(text);
    return new Map(build === BUILD ? entries : []);
  } catch {
    return new Map();
  }
}

async function summaryOf(store: RunStore, run: string): Promise<RunSummary | null> {
  const reader = await store.read(run);
  const report = reader && (await replay(run, reader.lines()).catch(() => undefined));
  if (report === undefined) return null;
  const { started, startedAt, lastEventAt, outcome } = report;
  return {
    run,
    runbook: path.resolve(started.who.cwd, started.runbook.path),
    procedures: started.procedures,
    startedAt,
    lastEventAt,
    outcome,
    said: saidOutcome(report),
  };
}

/** A run without a single whole line was lost before it began: nothing of it was altered. */
export async function hasLines(reader: RunReader): Promise<boolean> {
  if (await reader.live()) return false;
  for await (const { complete } of reader.lines()) return complete;
  return false;
}
