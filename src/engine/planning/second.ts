import type { PlannedStep } from '../model/plan.ts';

/** What destroys needs a second person, whatever its step says. */
export function needingSecond(planned: PlannedStep): PlannedStep {
  if (planned.step.effect !== 'destroys') return planned;
  return { ...planned, needsApproval: true, needsSecond: true };
}
