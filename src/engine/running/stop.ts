import type { Clock } from '../contracts/clock.ts';

/** Why a run stops scheduling. */
export type StopReason =
  /** `by`: the name of a signal, or what else whoever ended it gave as the reason. */
  { readonly kind: 'aborted'; readonly by: unknown } | { readonly kind: 'timeout' };

/** The end of a run from outside: a signal, or its time is over. */
export interface Stop {
  readonly signal: AbortSignal;
  readonly reason: StopReason | null;
  /** Rejects nothing: resolves once the run has to stop. */
  readonly stopped: Promise<void>;
  /** No longer listens, and no timer is left. */
  dispose(): void;
}

/** Listens to the engine's signal and to the run's own time, whichever comes first. */
export function watchStop(clock: Clock, outer: AbortSignal, timeoutMs: number | null): Stop {
  const controller = new AbortController();
  const timer = new AbortController();
  let reason: StopReason | null = null;
  let resolveStopped = (): void => {};
  const stopped = new Promise<void>((resolve) => {
    resolveStopped = resolve;
  });
  const stop = (why: StopReason): void => {
    if (reason !== null) return;
    reason = why;
    controller.abort('cancelled');
    resolveStopped();
  };
  const onSignal = (): void => stop({ kind: 'aborted', by: outer.reason });
  if (outer.aborted) onSignal();
  else outer.addEventListener('abort', onSignal, { once: true });
  if (timeoutMs !== null) {
    void clock.sleep(timeoutMs, timer.signal).then(() => {
      if (!timer.signal.aborted) stop({ kind: 'timeout' });
    });
  }
  return {
    signal: controller.signal,
    get reason() {
      return reason;
    },
    stopped,
    dispose() {
      outer.removeEventListener('abort', onSignal);
      timer.abort();
    },
  };
}
