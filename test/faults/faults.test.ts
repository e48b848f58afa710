import fc from 'fast-check';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { COMBINATIONS, promised } from '../support/faults/expected.ts';
import { OTHER_FAULTS } from '../support/faults/others.ts';
import { randomKill } from '../support/faults/shower.ts';
import { strike } from '../support/faults/strike.ts';

beforeAll(() => expect(inject('bundleError')).toBe(''));

/** All of a step that writes and cannot be asked; of the others where the effect makes the difference. */
const PART = COMBINATIONS.filter(
  ({ point, effect, kind }) =>
    effect === null ||
    effect === 'writes, without one' ||
    (point === 'after spawn' && (kind === 'SIGKILL' || kind === 'SIGTERM')),
);

describe.concurrent('a run that is struck', () => {
  test.each(PART)(
    '$point by $kind, the step: $effect, is gone on with as promised',
    async (one) => {
      const struck = await strike(one);
      const { exitCode, resumed } = promised(one);
      expect(struck.exitCode).toBe(exitCode);
      expect(resumed).toContain(struck.resumed);
      expect(struck.then ?? 0).toBe(0);
      const begun = struck.order.filter((id) => id === 'two').length;
      const mayRepeat = struck.then !== null || one.effect !== 'writes, without one';
      expect(begun).toBeLessThanOrEqual(mayRepeat ? 2 : 1);
    },
  );
});

test.each(OTHER_FAULTS)(
  '$name: it comes to what the documentation says',
  async (fault) => {
    expect(await fault.strike()).toMatch(fault.promised);
  },
  60_000,
);

const KILLS = 200;
const PARALLEL = 2;

test('two hundred kills at random lose nothing, repeat nothing, and are never called sound', async () => {
  const fraction = fc.double({ min: 0, max: 0.999, noNaN: true });
  const moments = fc.sample(fc.tuple(fraction, fraction), KILLS * 3);
  const wrong: string[] = [];
  let landed = 0;
  const worker = async (): Promise<void> => {
    while (landed < KILLS) {
      const moment = moments.pop() ?? [Math.random(), Math.random()];
      const killed = await randomKill(...moment);
      if (killed === null) continue;
      landed += 1;
      if (killed.wrong.length > 0) wrong.push(`${killed.at}: ${killed.wrong.join('; ')}`);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  expect(wrong).toEqual([]);
  expect(landed).toBeGreaterThanOrEqual(KILLS);
  // As long as it takes: a busy machine needs three times what an idle one does.
}, 1_800_000);
