import type { RawLine } from './contracts/run-store.ts';
import { HandrailError } from './model/errors.ts';
import type { StoredEvent } from './model/event.ts';
import type { RunReport } from './model/report.ts';
import { foldRun } from './replaying/fold-run.ts';

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
  const message = `The log of run ${run} holds no beginning: nothing was run. Start the runbook anew.`;
  throw new HandrailError('RUN_NOT_RESUMABLE', { message });
}

/** The event on a line; `undefined` for a torn or altered one. */
export function readEvent(line: RawLine): StoredEvent | undefined {
  if (!line.complete) return undefined;
  try {
    const data: unknown = JSON.parse(
      Buffer.from(line.raw.buffer, line.raw.byteOffset, line.raw.length).toString(),
    );
    return isEvent(data) ? data : undefined;
  } catch {
    return undefined;
  }
}

/** The engine itself wrote the line: its header tells an event from something else. */
function isEvent(data: unknown): data is StoredEvent {
  return (
    typeof data === 'object' &&
    data !== null &&
    'seq' in data &&
    'type' in data &&
    typeof data.type === 'string'
  );
}
