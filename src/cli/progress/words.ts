import { outcomeFacts, type RunOutcome, type StepOutcome } from '../../engine/model/outcome.ts';
import type { StepReport } from '../../engine/model/report.ts';
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
/** How often one thing was tried: parts of a fence that ran one after the other are one try each, and its probes none. */
export function triesOf(
  attempts: readonly Pick<StepReport['attempts'][number], 'part' | 'probe'>[],
): number {
  const own = attempts.filter(({ probe }) => !probe);
  const counts = Map.groupBy(own, ({ part }) => part?.number ?? 0);
  return Math.max(0, ...[...counts.values()].map(({ length }) => length));
}

export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
