import type { RunEvent } from '../model/event.ts';
import type { PlannedStep } from '../model/plan.ts';
import { ON, STOPPED, type Verdict } from './verdict.ts';

/** Carries out the steps of one host's turn; ended by the signal. */
export type Lane = (signal: AbortSignal) => AsyncGenerator<RunEvent, Verdict>;

/**
 * The turns of hosts, in their order. What no host is named for stands in the turn that it is written in, as when they
 * come one after the other.
 */
export function turnsOf<Planned extends Pick<PlannedStep, 'on'>>(
  steps: readonly Planned[],
): readonly (readonly Planned[])[] {
  const turns: Planned[][] = [];
  let host: string | undefined;
  for (const planned of steps) {
    if (turns.length === 0 || (planned.on !== undefined && planned.on !== host)) turns.push([]);
    host = planned.on ?? host;
    turns.at(-1)?.push(planned);
  }
  return turns;
}

/**
 * Several lanes at once, so many at a time. Each goes on only after the consumer has taken its event: what an event
 * announces happens when it is stored. After one that did not pass no other is begun, unless they are to have their turn
 * all the same; those that were begun come to their own end.
 */
export async function* inLanes(
  lanes: readonly Lane[],
  { atOnce, keepGoing }: { readonly atOnce: number; readonly keepGoing: boolean },
): AsyncGenerator<RunEvent, Verdict> {
  const abort = new AbortController();
  const begun: AsyncGenerator<RunEvent, Verdict>[] = [];
  const running = new Map<number, Promise<Moved>>();
  const ended: Verdict[] = [];
  const move = (lane: number): void => {
    const generator = begun[lane];
    // What moved last waits longest: nobody is kept waiting by one that has much to say.
    running.delete(lane);
    if (generator !== undefined)
      running.set(
        lane,
        generator.next().then((result) => ({ lane, result })),
      );
  };
  try {
    for (;;) {
      const isOpen = keepGoing || ended.every(({ go }) => go === 'on');
      while (isOpen && running.size < atOnce && begun.length < lanes.length) {
        const next = lanes[begun.length];
        if (next !== undefined) move(begun.push(next(abort.signal)) - 1);
      }
      if (running.size === 0) return worstOf(ended);
      const { lane, result } = await Promise.race(running.values());
      if (result.done) {
        running.delete(lane);
        ended[lane] = result.value;
      } else {
        yield result.value;
        move(lane);
      }
    }
  } finally {
    abort.abort('cancelled');
    await Promise.allSettled(begun.map((generator) => generator.return(STOPPED)));
  }
}

interface Moved {
  readonly lane: number;
  readonly result: IteratorResult<RunEvent, Verdict>;
}

const WORST_FIRST: readonly ((verdict: Verdict) => boolean)[] = [
  ({ go }) => go === 'stopped',
  (verdict) => verdict.go === 'waiting' && verdict.exitCode === 4,
  ({ go }) => go === 'failed',
  ({ go }) => go === 'waiting',
];

/** What the run comes to: what nobody knows is graver than a failure, and a failure than a wait. */
function worstOf(ended: readonly Verdict[]): Verdict {
  const verdicts = ended.filter((verdict) => verdict !== undefined);
  for (const isSuch of WORST_FIRST) {
    const [first, ...others] = verdicts.filter(isSuch);
    if (first === undefined) continue;
    if (others.length === 0 || !('why' in first)) return first;
    const hosts = others.length === 1 ? 'another host' : `${others.length} other hosts`;
    return { ...first, why: `${first.why}; and so on ${hosts}` };
  }
  return ON;
}
