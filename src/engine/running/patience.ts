import type { Clock } from '../contracts/clock.ts';
import type { StepOutput, StepResult } from '../contracts/step-type.ts';

/** Longer than handrail's own steps need to end what they started: TERM, five seconds, KILL. */
export const PATIENCE_MS = 30_000;
/** Each piece of output counts as so much waiting: who goes on printing for ever does not end either. */
const PIECE_MS = 1;

/** What a step has come to that nobody waits for any longer: it may still be at work. */
export const ABANDONED: StepResult = {
  outcome: 'unknown',
  why: `it was told to end and did not within ${PATIENCE_MS / 1000} s; nobody waits for it any longer, and it may still be at work`,
  facts: { abandoned: true },
};

/**
 * A running step that is waited for, once `signal` told it to end or its output is not wanted any more, for so long and no
 * longer; how long the output's reader takes is not counted. A step that is left behind ends where it yields next, if it
 * ever does; what it says or throws by then is lost.
 */
export async function* patiently(
  running: AsyncGenerator<StepOutput, StepResult>,
  signal: AbortSignal,
  clock: Clock,
): AsyncGenerator<StepOutput, StepResult> {
  const patience = new Patience(clock);
  const lose = (): void => patience.begin();
  if (signal.aborted) lose();
  else signal.addEventListener('abort', lose, { once: true });
  let isOver = false;
  try {
    for (;;) {
      const next = await patience.untilLost(running.next());
      isOver = next === null || next.done === true;
      if (next === null) {
        running.return(ABANDONED).catch(() => {});
        return ABANDONED;
      }
      if (next.done) return next.value;
      yield next.value;
    }
  } catch (error) {
    isOver = true;
    throw error;
  } finally {
    if (!isOver) {
      lose();
      await patience.untilLost(running.return({ outcome: 'cancelled' }));
    }
    signal.removeEventListener('abort', lose);
    patience.dispose();
  }
}

/** Waits for answers, all together no longer than `PATIENCE_MS` from the moment on that it begins to be lost. */
class Patience {
  readonly #clock: Clock;
  readonly #over = new AbortController();
  #begun = false;
  #waitedMs = 0;
  /** When the answer that is waited for now was asked for, or when patience began, if that was later. */
  #sinceMs: number | null = null;
  #giveUp = (): void => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    // It is begun by whoever ends the step, who is not told what a clock throws.
    this.#watch().catch(() => this.#giveUp());
  }

  /** The answer, or `null` once patience is lost. */
  untilLost<T>(answer: Promise<T>): Promise<T | null> {
    this.#sinceMs = this.#clock.monoMs();
    return new Promise<T | null>((resolve, reject) => {
      this.#giveUp = () => resolve(null);
      if (this.#leftMs() <= 0) resolve(null);
      answer.then(resolve, reject);
    }).finally(() => {
      this.#giveUp = () => {};
      if (this.#begun) this.#waitedMs += Math.max(PIECE_MS, this.#currentMs());
      this.#sinceMs = null;
    });
  }

  dispose(): void {
    this.#over.abort();
  }

  async #watch(): Promise<void> {
    if (this.#sinceMs !== null) this.#sinceMs = this.#clock.monoMs();
    for (let leftMs = this.#leftMs(); leftMs > 0; leftMs = this.#leftMs()) {
      const sinceMs = this.#clock.monoMs();
      await this.#clock.sleep(leftMs, this.#over.signal);
      if (this.#over.signal.aborted) return;
      // A clock that stands still, or waits for nothing, says by its waiting that the time is over.
      if (this.#clock.monoMs() - sinceMs < leftMs / 2) break;
    }
    this.#giveUp();
  }

  #leftMs(): number {
    return PATIENCE_MS - this.#waitedMs - (this.#begun ? this.#currentMs() : 0);
  }

  #currentMs(): number {
    return this.#sinceMs === null ? 0 : this.#clock.monoMs() - this.#sinceMs;
  }
}
