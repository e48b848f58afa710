import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../engine/contracts/clock.ts';

/** The time of this machine. */
export const systemClock: Clock = {
  nowMs: () => Date.now(),
  monoMs: () => performance.now(),
  sleep: (durationMs, signal) =>
    setTimeout(durationMs, undefined, signal === undefined ? {} : { signal }).catch(
      () => undefined,
    ),
};
