import type { StepResult } from '../contracts/step-type.ts';
import { ABANDONED } from './patience.ts';
import type { RunDeps } from './session.ts';

/** The end of one attempt from outside, with its reason. */
export interface Deadline {
  /** Aborted with the reason 'timeout' or 'cancelled'. */
  readonly signal: AbortSignal;
  /** What did not pass after it was ended from outside is named after what ended it; what did not end is not. */
  named(result: StepResult): StepResult;
  dispose(): void;
}

/** Ends an attempt when its time is over, when the run stops, or when the operator says so. */
export function deadline(
  session: { readonly deps: Pick<RunDeps, 'clock' | 'operator'> },
  run: AbortSignal,
  timeoutMs: number | null,
): Deadline {
  const controller = new AbortController();
  const timer = new AbortController();
  const operator = session.deps.operator.attemptSignal?.();
  const cancel = (): void => controller.abort('cancelled');
  const sources = [run, ...(operator === undefined ? [] : [operator])];
  for (const source of sources) {
    if (source.aborted) cancel();
    else source.addEventListener('abort', cancel, { once: true });
  }
  if (timeoutMs !== null)
    void session.deps.clock.sleep(timeoutMs, timer.signal).then(() => {
      if (!timer.signal.aborted) controller.abort('timeout');
    });
  return {
    signal: controller.signal,
    named(result) {
      const isOwn = result.outcome === 'passed' || result === ABANDONED;
      if (!controller.signal.aborted || isOwn) return result;
      const outcome = controller.signal.reason === 'timeout' ? 'timed-out' : 'cancelled';
      return { ...result, outcome };
    },
    dispose() {
      timer.abort();
      for (const source of sources) source.removeEventListener('abort', cancel);
    },
  };
}
