import type { Clock } from '../engine/contracts/clock.ts';

/** The clocks of this machine. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monoMs,
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

/** Unlike `performance`, `hrtime` is there without loading a module of Node's. */
function monoMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1_000_000;
}

/** Longest time that a timer takes (24.8 days). */
const MAX_TIMER_MS = 2_147_483_647;
