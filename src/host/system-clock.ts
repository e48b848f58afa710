import type { Clock } from '../engine/contracts/clock.ts';

/** The clocks of this machine. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monoMs: () => performance.now(),
  sleep: (durationMs, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, Math.min(durationMs, MAX_TIMER_MS));
      signal?.addEventListener('abort', done, { once: true });
    }),
};

/** Longest time that a timer takes (24.8 days). */
const MAX_TIMER_MS = 2_147_483_647;
