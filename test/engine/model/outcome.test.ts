import { describe, expect, test } from 'vitest';
import {
  outcomeFacts,
  RUN_OUTCOMES,
  type RunOutcome,
  STEP_OUTCOMES,
  type StepOutcome,
} from '../../../src/engine/model/outcome.ts';

const ALL = [...new Set<RunOutcome | StepOutcome>([...STEP_OUTCOMES, ...RUN_OUTCOMES])];
const those = (has: (outcome: RunOutcome | StepOutcome) => unknown): readonly string[] =>
  ALL.filter((outcome) => has(outcome)).toSorted();

describe('what is known of an outcome', () => {
  test('a run goes on behind steps that passed, were confirmed, do not apply or were skipped', () => {
    expect(those((one) => outcomeFacts(one).settled)).toEqual([
      'confirmed',
      'not-applicable',
      'passed',
      'skipped',
    ]);
  });

  test('a skipped step is settled, and an exception all the same', () => {
    expect(outcomeFacts('skipped')).toMatchObject({ settled: true });
    expect(those((one) => outcomeFacts(one).clean)).toEqual([
      'confirmed',
      'not-applicable',
      'passed',
    ]);
  });

  test('a run goes on after it failed, waited, was cut short or ran out of time', () => {
    expect(those((one) => outcomeFacts(one).resumable)).toEqual([
      'cancelled',
      'failed',
      'interrupted',
      'timed-out',
      'waiting',
    ]);
  });

  test('no outcome of a run is over and resumable, and only a running one is neither', () => {
    const neither = RUN_OUTCOMES.filter((one) => {
      const { over, resumable } = outcomeFacts(one);
      expect(over === true && resumable === true).toBe(false);
      return !over && !resumable;
    });
    expect(neither).toEqual(['running']);
  });

  test('nothing that went wrong is marked as good', () => {
    expect(those((one) => outcomeFacts(one).mark === 'good')).toEqual(['confirmed', 'passed']);
    expect(those((one) => outcomeFacts(one).mark === 'bad')).toEqual([
      'declined',
      'failed',
      'refused',
      'timed-out',
    ]);
  });

  test('nothing is known of a step that was not reached', () => {
    expect(outcomeFacts(null)).toEqual({});
  });
});
