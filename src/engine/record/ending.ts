import type { RawLine, RunReader } from '../contracts/run-store.ts';
import type { StoredEvent } from '../model/event.ts';
import { canGoOn, type RunEnd } from '../model/outcome.ts';
import { readEvent } from './read-event.ts';

/** How a log ends. */
export interface Ending {
  /** `interrupted` where the run has no end, whether or not its engine is at work. */
  readonly outcome: RunEnd['outcome'];
  readonly canGoOn: boolean;
  readonly isSealed: boolean;
  /** When its last event was (ISO 8601). */
  readonly lastEventAt: string;
  /** The first of the lines that were read for that: that of the log where it is a short one. */
  readonly from: RawLine;
}

const TAIL_BYTES = 16 * 1024;

/**
 * How a log ends, out of its last lines alone. `undefined`: they do not say it, since one of them is no event or there is
 * none; the whole of it does.
 */
export async function endingOf(reader: Pick<RunReader, 'lastLines'>): Promise<Ending | undefined> {
  let seen = 0;
  for (let bytes = TAIL_BYTES; ; bytes *= 4) {
    const lines = await reader.lastLines(bytes);
    const [from] = lines;
    const ending = endingIn(lines);
    if (from !== undefined && ending !== 'further up') return ending && { ...ending, from };
    if (lines.length === seen) return undefined;
    seen = lines.length;
  }
}

function endingIn(lines: readonly RawLine[]): Omit<Ending, 'from'> | undefined | 'further up' {
  let lastEventAt: string | undefined;
  let isSealed = false;
  for (const line of lines.toReversed()) {
    if (!line.complete) continue;
    const event = readEvent(line);
    if (event === undefined) return undefined;
    isSealed ||= lastEventAt === undefined && event.type === 'run.sealed';
    lastEventAt ??= event.at;
    const end = endBy(event);
    if (end !== undefined)
      return { outcome: end.outcome, canGoOn: canGoOn(end), isSealed, lastEventAt };
  }
  return 'further up';
}

/** As the log is folded: what is neither of a step nor the beginning of a leg says nothing of how the run ended. */
function endBy(event: StoredEvent): RunEnd | undefined {
  if (event.type === 'run.finished') return event;
  const { type } = event;
  const isOfLeg = type === 'run.started' || type === 'run.resumed' || type.startsWith('step.');
  return isOfLeg ? { outcome: 'interrupted' } : undefined;
}
