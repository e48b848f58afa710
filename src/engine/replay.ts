import type { RawLine, RunReader } from './contracts/run-store.ts';
import { HandrailError, isSaid } from './model/errors.ts';
import type { RunReport } from './model/report.ts';
import { foldRun } from './record/fold-run.ts';
import { readEvent } from './record/read-event.ts';

/**
 * Folds a run's log into its report. Linear; memory grows with the steps, not with the events. A torn tail is
 * left out. Throws RUN_NOT_RESUMABLE when the log does not begin with `run.started`. Whether the chain is sound
 * is not its question: see `verifyRun`.
 */
export async function replay(run: string, lines: AsyncIterable<RawLine>): Promise<RunReport> {
  const fold = foldRun();
  for await (const line of lines) {
    const event = readEvent(line);
    if (event === undefined) break;
    fold.take(event);
  }
  const report = fold.report();
  if (report !== undefined) return report;
  const message = `The log of run ${run} has no beginning that can be read: its engine was lost before it wrote one, or the log was cut or altered. \`handrail verify ${run}\` says which.`;
  throw new HandrailError('RUN_NOT_RESUMABLE', { message });
}

/**
 * What is known of a run that could not be read: nothing, and the others are told all the same. Throws what says that no
 * run of the store can be read: it would look as if all of them were altered.
 */
export function nothingOf(error: unknown): undefined {
  if (isSaid(error) && OF_THE_STORE.has(error.code)) throw error;
  return undefined;
}

const OF_THE_STORE: ReadonlySet<string> = new Set(['UNREACHABLE', 'TEAM_REFUSED']);

/** A run without an end is interrupted, unless its engine is still at work. */
export async function reportOf(reader: RunReader): Promise<RunReport> {
  const report = await replay(reader.run, reader.lines());
  const isLive = report.outcome === 'interrupted' && (await reader.live());
  return isLive ? { ...report, outcome: 'running' } : report;
}
