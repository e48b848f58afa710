import fc from 'fast-check';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { COMBINATIONS, promised } from '../support/faults/expected.ts';
import { OTHER_FAULTS } from '../support/faults/others.ts';
import {
  type How,
  killedIn,
  killedNotes,
  LAST_MOMENT,
  LAST_OF_NOTE,
  LEGS,
  type Leg,
  momentOf,
} from '../support/faults/shower.ts';
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

// As long as it takes: a busy machine needs three times what an idle one does.
const LONGEST_MS = 1_800_000;

/**
 * `npm run faults -- moments` kills at every one of them; here it is a part, another one each time: as far apart from each
 * other, so that each stretch of a run has its own.
 */
const KILLS: readonly { readonly leg: Leg | null; readonly how: How; readonly kills: number }[] = [
  { leg: null, how: 'before', kills: 30 },
  { leg: null, how: 'by half', kills: 30 },
  { leg: null, how: 'by time', kills: 16 },
  ...LEGS.map((leg) => ({ leg, how: 'before' as const, kills: 10 })),
];

test(
  'an incident whose writer is killed is called what it is, and is sound once others note behind it',
  async () => {
    const numbers = fc.sample(fc.integer({ min: 0, max: LAST_OF_NOTE }), 4);
    const moments = numbers.map((number, at) => momentOf(at === 0 ? 'by half' : 'before', number));
    const killed = await killedNotes(moments);
    expect(killed.flatMap(({ at, wrong }) => wrong.map((what) => `${at}: ${what}`))).toEqual([]);
  },
  LONGEST_MS,
);

test.each(KILLS)(
  'a run ($leg) that is killed at $kills moments ($how) loses nothing, repeats nothing, and nobody is blamed',
  async ({ leg, how, kills }) => {
    const apart = (LAST_MOMENT[how] + 1) / kills;
    const [first = 0] = fc.sample(
      fc.double({ min: 0, max: apart, maxExcluded: true, noNaN: true }),
      1,
    );
    const moments = Array.from({ length: kills }, (_, index) =>
      momentOf(how, Math.floor(first + index * apart)),
    );
    const killed = await killedIn(leg, moments);
    expect(killed.flatMap(({ at, wrong }) => wrong.map((what) => `${at}: ${what}`))).toEqual([]);
    expect(killed.length).toBeGreaterThan(kills / 10);
  },
  LONGEST_MS,
);

test('a resume that is killed around its seal and its rendering leaves nothing that looks altered', async () => {
  const moments = Array.from({ length: 14 }, (_, more) => momentOf('before', 48 + more));
  const killed = await killedIn('a step failed', moments);
  expect(killed.flatMap(({ at, wrong }) => wrong.map((what) => `${at}: ${what}`))).toEqual([]);
  expect(killed.map(({ verdict }) => verdict)).toContain('sound');
}, 600_000);
