import path from 'node:path';
import type { RawLine, RunReader, RunStore } from '../engine/contracts/run-store.ts';
import type { RunOutcome } from '../engine/model/outcome.ts';
import type { RunReport } from '../engine/model/report.ts';
import { endingOf } from '../engine/record/ending.ts';
import { readEvent } from '../engine/record/read-event.ts';
import { newestBegun } from '../engine/record/runs.ts';
import { reportOf } from '../engine/replay.ts';

/** What lists and schedules have to know of a run. */
export interface RunSummary {
  readonly run: string;
  /** The runbook's absolute path. */
  readonly runbook: string;
  readonly procedures: readonly string[];
  readonly startedAt: string;
  readonly lastEventAt: string;
  /** `running` where there is no end and an engine is at work, `interrupted` where none is. */
  readonly outcome: RunOutcome;
  /** All that the log says of it: read for those that are shown. */
  report(): Promise<RunReport>;
}

/**
 * The runs of a store, newest first, by how their logs begin and end: nothing is believed that was made of a log before,
 * and a long log costs what a short one does.
 */
export async function* summaries(
  store: RunStore,
  onAltered?: (run: string) => void,
): AsyncGenerator<RunSummary> {
  for await (const reader of newestBegun(store, Infinity)) {
    const summary = await summaryOf(reader);
    if (summary !== undefined) yield summary;
    else if (onAltered && (await hasLines(reader))) onAltered(reader.run);
  }
}

async function summaryOf(reader: RunReader): Promise<RunSummary | undefined> {
  const ending = await endingOf(reader);
  const started = beginningIn(ending?.from) ?? beginningIn(await firstLine(reader));
  if (started === undefined) return undefined;
  const report = (): Promise<RunReport> => reportOf(reader);
  const { outcome, lastEventAt } = ending ?? (await report());
  return {
    run: reader.run,
    runbook: path.resolve(started.who.cwd, started.runbook.path),
    procedures: started.procedures,
    startedAt: started.at,
    lastEventAt,
    outcome: outcome === 'interrupted' && (await reader.live()) ? 'running' : outcome,
    report,
  };
}

function beginningIn(line: RawLine | undefined) {
  const event = line === undefined ? undefined : readEvent(line);
  return event?.type === 'run.started' ? event : undefined;
}

async function firstLine(reader: RunReader): Promise<RawLine | undefined> {
  for await (const line of reader.lines()) return line;
  return undefined;
}

/** A run without a single whole line was lost before it began: nothing of it was altered. */
export async function hasLines(reader: RunReader): Promise<boolean> {
  if (await reader.live()) return false;
  return (await firstLine(reader))?.complete === true;
}
