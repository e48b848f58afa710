import { expect, test } from 'vitest';
import { clockJump } from '../../../src/engine/running/clock-jump.ts';

/** What is said of a clock whose wall time is ahead of its steady time by so much, look after look. */
function said(...aheadMs: readonly number[]): readonly number[] {
  let at = 0;
  const looked = clockJump({
    nowMs: () => 5_000_000 + at * 1000 + (aheadMs[at] ?? 0),
    monoMs: () => at * 1000,
    sleep: async () => {},
  });
  return aheadMs.slice(1).flatMap(() => {
    at += 1;
    return [...looked()].map((event) => (event.type === 'clock.jumped' ? event.byMs : Number.NaN));
  });
}

test.each([
  ['a clock that is set forward', [0, 3_600_000, 3_600_000], [3_600_000]],
  ['a clock that is set back', [0, -7000], [-7000]],
  ['each time anew', [0, 5000, 5000, 0], [5000, -5000]],
  ['two seconds', [0, 2000], [2000]],
  ['less than two seconds is none', [0, 1999, 0, -1999], []],
  ['small steps that add up', [0, 1500, 3000], [3000]],
])('%s', (_what, ahead, jumps) => {
  expect(said(...ahead)).toEqual(jumps);
});
