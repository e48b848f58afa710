import { outcomeFacts, type RunOutcome, type StepOutcome } from '../../engine/model/outcome.ts';
import type { Tone } from '../screen/style.ts';

/** How an outcome is told on the screen. */
export function toneOf(outcome: StepOutcome | RunOutcome | null): Tone {
  const { mark } = outcomeFacts(outcome);
  return mark === undefined ? 'dim' : mark === 'caution' ? 'careful' : mark;
}

/** Whether a step's outcome lets the run go on. */
export function isPass(outcome: StepOutcome): boolean {
  return outcomeFacts(outcome).settled === true;
}

/** `1 step`, `3 steps`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
