import { describe, expect, test } from 'vitest';
import { chaos } from '../support/team-faults/chaos.ts';
import { ALLOWED_STATES } from '../support/team-faults/points.ts';
import { strikeTeam } from '../support/team-faults/strike.ts';

const LIMIT_MS = 240_000;

describe('a requested run that is struck', () => {
  test.each([
    ['connection', 'claim'],
    ['database', 'seal'],
    ['host engine', 'claim'],
    ['host engine', 'approval'],
    ['network', 'claim'],
  ] as const)(
    'at the %s before the %s is carried out once, and nothing is lost',
    async (fault, point) => {
      const struck = await strikeTeam(point, fault);
      expect(struck).toMatchObject({
        outcome: 'passed',
        begun: [1, 1, 1],
        mirrored: 'the same',
        verdict: 0,
        conflicts: 0,
      });
      expect(struck.states.filter((state) => !ALLOWED_STATES.has(state))).toEqual([]);
      if (fault === 'connection') expect(struck.states).toContain('57P01');
      expect(struck.approved.at(-1)).toBe(0);
    },
    LIMIT_MS,
  );

  test(
    'at random moments is carried out once, and every unknown is settled by its host',
    async () => {
      const seed = 20_261_129;
      const came = await chaos({ seed, times: 3, untilMs: Number.MAX_SAFE_INTEGER });
      expect([came.broken, came.runs]).toEqual([[], 3]);
    },
    LIMIT_MS,
  );
});
