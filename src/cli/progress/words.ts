import type { RunOutcome, StepOutcome } from '../../engine/model/outcome.ts';
import type { Tone } from '../screen/style.ts';

/** How an outcome is told on the screen. */
export function toneOf(outcome: StepOutcome | RunOutcome | null): Tone {
  switch (outcome) {
    case 'passed':
    case 'confirmed':
      return 'good';
    case 'failed':
    case 'timed-out':
    case 'cancelled':
    case 'declined':
    case 'refused':
      return 'bad';
    case 'unknown':
    case 'interrupted':
    case 'waiting':
    case 'running':
    case 'skipped':
    case 'not-applicable':
    case 'abandoned':
      return 'careful';
    case null:
      return 'dim';
    default:
      return outcome satisfies never;
  }
}

/** Whether a step's outcome lets the run go on. */
export function isPass(outcome: StepOutcome): boolean {
  return ['passed', 'confirmed', 'skipped', 'not-applicable'].includes(outcome);
}

/** `1 step`, `3 steps`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
