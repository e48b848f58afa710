import type { StepReport } from '../../engine/model/report.ts';

/** The steps of a run with the numbers that the person saw; a command of the operator's own has none (`''`). */
export function numberedSteps(
  steps: readonly StepReport[],
): readonly (readonly [step: StepReport, number: string])[] {
  let number = 0;
  return steps.map((step) => {
    if (step.own) return [step, ''] as const;
    number += 1;
    return [step, String(number)] as const;
  });
}
