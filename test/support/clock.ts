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
