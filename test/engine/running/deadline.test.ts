import { describe, expect, test } from 'vitest';
import type { StepResult } from '../../../src/engine/contracts/step-type.ts';
import { deadline } from '../../../src/engine/running/deadline.ts';
import { ABANDONED } from '../../../src/engine/running/patience.ts';
import { handClock } from '../../support/clock.ts';
import { policy } from '../../support/engine.ts';

const FAILED: StepResult = { outcome: 'failed', exitCode: 143 };

/** An attempt with all that may end it. */
function attempt(timeoutMs: number | null = null) {
  const [clock, run, operator] = [handClock(), new AbortController(), new AbortController()];
  const deps = { clock, operator: { ...policy(), attemptSignal: () => operator.signal } };
  return { clock, run, operator, end: deadline({ deps }, run.signal, timeoutMs) };
}

describe('what did not pass is named after what ended it', () => {
  test('its time', async () => {
    const { clock, end } = attempt(500);
    await clock.pass(499);
    expect(end.named(FAILED)).toBe(FAILED);
    await clock.pass(1);
    expect(end.signal.reason).toBe('timeout');
    expect(end.named(FAILED)).toEqual({ ...FAILED, outcome: 'timed-out' });
  });

  test.each(['run', 'operator'] as const)('the %s', (who) => {
    const made = attempt(500);
    made[who].abort();
    expect(made.end.named(FAILED)).toEqual({ ...FAILED, outcome: 'cancelled' });
  });

  test('a run that had ended before it began', () => {
    const deps = { clock: handClock(), operator: policy() };
    const end = deadline({ deps }, AbortSignal.abort(), null);
    expect(end.named(FAILED).outcome).toBe('cancelled');
  });

  test('the first of them, where there are two', async () => {
    const { clock, run, end } = attempt(500);
    run.abort();
    await clock.pass(600);
    expect(end.named(FAILED).outcome).toBe('cancelled');
  });
});

test('what passed has passed, and what nobody waits for any longer is unknown, whatever ended it', () => {
  const { run, end } = attempt();
  run.abort();
  expect(end.named({ outcome: 'passed' })).toEqual({ outcome: 'passed' });
  expect(end.named(ABANDONED)).toBe(ABANDONED);
});

test('an attempt that is over hears nothing more, and leaves no timer', async () => {
  const { clock, run, operator, end } = attempt(500);
  end.dispose();
  run.abort();
  operator.abort();
  await clock.pass(600);
  expect([end.signal.aborted, clock.waiting]).toEqual([false, 0]);
});
