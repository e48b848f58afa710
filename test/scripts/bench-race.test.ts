import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { race } from '../../scripts/bench/race.ts';

test('a race has the rounds that were asked for, or one that counts where there is no time for more', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'handrail-race-'));
  const contenders = ['one', 'two'].map((name) => ({ name, argv: ['true'] }));
  const roundsOf = (limitMs: number): readonly number[] =>
    [...race(contenders, { cwd, env: {}, rounds: 3, limitMs }).values()].map(
      ({ rounds }) => rounds,
    );
  expect(roundsOf(Number.POSITIVE_INFINITY)).toEqual([3, 3]);
  expect(roundsOf(0)).toEqual([1, 1]);
});
