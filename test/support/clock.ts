import type { Clock } from '../../src/engine/contracts/clock.ts';

/** A clock that moves a millisecond with each look at it, from a fixed moment on. Waits are over at once. */
export function steadyClock(): Clock {
  let ticks = 0;
  return {
    nowMs: () => Date.UTC(2026, 10, 21, 2, 14, 31) + ticks,
    monoMs: () => {
      ticks += 1;
      return ticks;
    },
    sleep: async () => {},
  };
}

/** A clock whose time goes on by what is waited for, and by what a test says: nothing in it takes time. */
export interface HandClock extends Clock {
  /** Lets time pass; whoever waits no longer than that is told so, in their order. */
  pass(ms: number): Promise<void>;
  /** How many wait. */
  readonly waiting: number;
}

/** One that begins at 0. */
export function handClock(): HandClock {
  const waits = new Set<{ readonly atMs: number; readonly end: () => void }>();
  let nowMs = 0;
  return {
    nowMs: () => nowMs,
    monoMs: () => nowMs,
    sleep: (durationMs, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const wait = {
          atMs: nowMs + durationMs,
          end: () => {
            waits.delete(wait);
            resolve();
          },
        };
        waits.add(wait);
        signal?.addEventListener('abort', wait.end, { once: true });
      }),
    get waiting() {
      return waits.size;
    },
    async pass(ms) {
      nowMs += ms;
      const due = [...waits].filter(({ atMs }) => atMs <= nowMs);
      for (const { end } of due.toSorted((a, b) => a.atMs - b.atMs)) end();
      // What waits for them goes on before the test does.
      await new Promise(setImmediate);
    },
  };
}
