import type { BoundInput, PlannedStep } from '../model/plan.ts';
import { sayInPage, sayValues } from '../model/said-values.ts';

/**
 * A step as it is said to people: values stand in its title and in the text before it, and in what a person does. What
 * runs stays as the author wrote it: its values are filled in, quoted, when it runs.
 */
export function saidStep(
  planned: PlannedStep,
  values: ReadonlyMap<string, BoundInput>,
): PlannedStep {
  const { step, lead } = planned;
  const isSaid = planned.by === 'person';
  const holes = [step.title, lead ?? '', isSaid ? step.text : ''];
  if (values.size === 0 || !holes.some((text) => text.includes('{{'))) return planned;
  const valueFor = (name: string): BoundInput | undefined => values.get(name);
  return {
    ...planned,
    unsaid: planned.unsaid ?? step,
    step: {
      ...step,
      title: sayValues(step.title, valueFor),
      ...(isSaid
        ? {
            text:
              step.language === null && !step.text.includes('\n')
                ? sayValues(step.text, valueFor)
                : sayInPage(step.text, valueFor),
          }
        : {}),
    },
    ...(lead === undefined ? {} : { lead: sayInPage(lead, valueFor) }),
  };
}
