import { type Effect, onlyReads } from '../model/effect.ts';
import type { PlannedStep } from '../model/plan.ts';
import { shellFacts } from '../shell/facts.ts';

/** What a step does, or one part of its fence (from 0) alone; what its author said of the step holds for every part. */
export function effectOf({ step }: PlannedStep, part: number | null | undefined): Effect {
  const one = part == null ? undefined : step.parts[part];
  const isJudged = step.shell !== undefined && step.annotations.effect === undefined;
  return one === undefined || !isJudged ? step.effect : shellFacts(one.text).effect;
}

/** Whether somebody has to say yes before the step, or one part of its fence (from 0) alone: none has to where it only reads. */
export function wantsApproval(planned: PlannedStep, part: number | null | undefined): boolean {
  if (!planned.needsApproval || planned.step.annotations.confirm !== undefined)
    return planned.needsApproval;
  return !onlyReads(effectOf(planned, part));
}
