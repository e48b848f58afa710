import type { Clock } from '../contracts/clock.ts';
import type { RunEvent } from '../model/event.ts';

const NOTICEABLE_MS = 2000;

/** Compares the wall clock with the steady one: says when the wall clock was set, or the machine slept. */
export function clockJump(clock: Clock): () => Generator<RunEvent, void> {
  let gapMs = clock.nowMs() - clock.monoMs();
  return function* () {
    const byMs = Math.round(clock.nowMs() - clock.monoMs() - gapMs);
    if (Math.abs(byMs) < NOTICEABLE_MS) return;
    gapMs += byMs;
    yield { type: 'clock.jumped', byMs };
  };
}
