import type { BoundInput, PlannedStep } from '../model/plan.ts';
import type { Procedure } from '../model/runbook.ts';
import { sayInPage, sayValues } from '../model/said-values.ts';
import { chainOf, type StepCondition } from '../model/step-condition.ts';
import { scopedValues } from './scope.ts';

/**
 * A step as it is said to people: values stand in its title, in the words of what it is to be done under, in the text
 * before it, and in what a person does. What runs stays as the author wrote it: its values are filled in, quoted, when it runs.
 */
export function saidStep(
  planned: PlannedStep,
  values: ReadonlyMap<string, BoundInput>,
): PlannedStep {
  const { step, lead, inside, passage, condition } = planned;
  const isSaid = planned.by === 'person';
  const words = [condition, ...step.parts.map((part) => part.condition)].flatMap(chainOf);
  const shown = [step.title, lead ?? '', inside ?? '', isSaid ? step.text : ''];
  const holes = [...shown, ...words.map(({ text }) => text)];
  if (values.size === 0 || !holes.some((text) => text.includes('{{'))) return planned;
  const valueFor = (name: string): BoundInput | undefined => values.get(name);
  return {
    ...planned,
    unsaid: planned.unsaid ?? step,
    condition: condition === null ? null : saidCondition(condition, valueFor),
    step: {
      ...step,
      title: sayValues(step.title, valueFor),
      parts: step.parts.map((part) =>
        part.condition === undefined
          ? part
          : { ...part, condition: saidCondition(part.condition, valueFor) },
      ),
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
    ...(inside === undefined ? {} : { inside: sayInPage(inside, valueFor) }),
    ...(passage === undefined
      ? {}
      : {
          passage: {
            behind: sayInPage(passage.behind, valueFor),
            between: sayInPage(passage.between, valueFor),
            own: sayInPage(passage.own, valueFor),
          },
        }),
  };
}

/** The same before it is due, with the values that it alone has; one that is made of what is not known yet is not said. */
export function saidBefore(
  planned: PlannedStep,
  values: ReadonlyMap<string, BoundInput>,
): PlannedStep {
  const { scopes = [] } = planned;
  if (scopes.length === 0) return saidStep(planned, values);
  const own = scopedValues(values, scopes, (text, known) =>
    sayValues(text, (name) => known.get(name)),
  );
  for (const name of scopes.flatMap((scope) => Object.keys(scope.values)))
    if (own.get(name)?.value.includes('{{') === true) own.delete(name);
  return saidStep(planned, own);
}

type ValueFor = (name: string) => BoundInput | undefined;

/** The same condition, known by the same id, in words with values. */
function saidCondition(condition: StepCondition, valueFor: ValueFor): StepCondition {
  const { within } = condition;
  return {
    ...condition,
    text: sayValues(condition.text, valueFor),
    ...(within === undefined ? {} : { within: saidCondition(within, valueFor) }),
  };
}

/** Headings as they are said to people; ids stay. */
export function saidProcedures(
  procedures: readonly Procedure[],
  values: ReadonlyMap<string, BoundInput>,
): readonly Procedure[] {
  if (values.size === 0 || !procedures.some(({ trail }) => trail.join().includes('{{')))
    return procedures;
  const say = (text: string): string => sayValues(text, (name) => values.get(name));
  return procedures.map((one) => ({ ...one, title: say(one.title), trail: one.trail.map(say) }));
}
