import type { PlannedStep, ScopedWhen } from '../model/plan.ts';
import type { Runbook } from '../model/runbook.ts';
import { type ConditionDecision, chainOf, type StepCondition } from '../model/step-condition.ts';

/** A step, or a part of one (from 0), that stands directly under a condition. */
export interface Conditional {
  readonly condition: StepCondition;
  readonly planned: PlannedStep;
  readonly part: number | null;
}

/** Every condition of the steps with what stands directly under it, in the order of the plan. */
export function conditionalsOf(steps: readonly PlannedStep[]): readonly Conditional[] {
  return steps.flatMap((planned) => [
    ...chainOf(planned.condition).map((condition) => ({ condition, planned, part: null })),
    ...planned.step.parts.flatMap(({ condition }, part) =>
      condition === undefined ? [] : [{ condition, planned, part }],
    ),
  ]);
}

/** Conditions that exclude each other, each once: those of the group, or the one that stands alone. */
export function alternativesOf(
  { id, group }: StepCondition,
  conditionals: readonly Conditional[],
): readonly StepCondition[] {
  const found = new Map<string, StepCondition>();
  for (const { condition } of conditionals)
    if (condition.id === id || (group !== undefined && condition.group === group))
      found.set(condition.id, condition);
  return [...found.values()];
}

/** The steps that a gate holds up, the first of them and the last; none where it is no gate. */
export function heldUp(
  { id, gate }: StepCondition,
  conditionals: readonly Pick<Conditional, 'condition' | 'planned'>[],
): { readonly steps: number; readonly last: PlannedStep } | null {
  if (gate === undefined) return null;
  const steps = new Set(
    conditionals.filter((one) => one.condition.id === id).map(({ planned }) => planned),
  );
  const last = [...steps].at(-1);
  return last === undefined ? null : { steps: steps.size, last };
}

/** As it is named behind `--holds` and `--not`. */
export function nameOf({ planned, part }: Pick<Conditional, 'planned' | 'part'>): string {
  return part === null ? planned.id : `${planned.id}:${part + 1}`;
}

/** The runbook itself says when it is done: with `when`. */
export function isSettledByRunbook({ step }: PlannedStep): boolean {
  return step.annotations.when !== undefined;
}

/** What a runbook says of when a step is done, the links around it first; each is judged where it was written. */
export function whensOf({ step, whens }: PlannedStep): readonly ScopedWhen[] {
  const { when } = step.annotations;
  return whens ?? (when === undefined ? [] : [{ when }]);
}

/** The words on a person's own step are read by the person who does it: nobody else has to decide them. */
export function isReadByPerson(
  { by, step, reading }: PlannedStep,
  condition: StepCondition,
): boolean {
  // A heading to be read says it of all that stands below.
  if (reading === true) return false;
  return by === 'person' && condition.line === step.line && condition.group === undefined;
}

/**
 * The innermost condition that text to be read stands under, by its line: one that reaches from above it to a step behind
 * it, one that is its heading or a heading around it, or a gate above it in the same section. `null`: it stands under none.
 */
export function conditionsOver(
  { procedures, text }: Pick<Runbook, 'procedures' | 'text'>,
  stops: readonly PlannedStep[],
): (line: number) => StepCondition | null {
  const lines = text.split('\n');
  const reaches = new Map<string, { readonly condition: StepCondition; last: number }>();
  const told = procedures.map(({ condition = null, line }) => ({ condition, line }));
  for (const { condition: own, line } of [
    ...stops.map(({ condition, step }) => ({ condition, line: step.line })),
    ...told,
  ])
    for (const condition of chainOf(own)) {
      const key = `${condition.line} ${condition.id}`;
      const known = reaches.get(key) ?? { condition, last: 0 };
      known.last = Math.max(known.last, line);
      reaches.set(key, known);
    }
  const all = [...reaches.values()]
    .toSorted((one, other) => other.condition.line - one.condition.line)
    .map(({ condition, last }) => ({
      condition,
      last,
      around:
        itemUnder(condition, last, lines) ??
        procedures.findLast((one) => one.line <= condition.line && condition.line <= one.endLine),
    }));
  return (line) =>
    all.find(({ condition, last, around }) => {
      if (condition.line > line) return false;
      const isInside = around === undefined || line <= around.endLine;
      const isGate = condition.gate !== undefined;
      const isBetween = last > line && (isGate || isInside);
      return isBetween || (isInside && (isGate || around?.line === condition.line));
    })?.condition ?? null;
}

/** The list item that begins with a condition and has all of its steps; `null`: it is not said of one, or of more. */
function itemUnder(
  { line, text }: StepCondition,
  last: number,
  lines: readonly string[],
): { readonly line: number; readonly endLine: number } | null {
  const [marker = ''] = /^[\s>]*(?:[-*+]|\d{1,9}[.)])[ \t]+/.exec(lines[line - 1] ?? '') ?? [];
  if (marker === '' || !lettersOf(lines[line - 1] ?? '').startsWith(lettersOf(text))) return null;
  const isInside = (at: number): boolean => {
    const own = lines[at - 1] ?? '';
    return own.trim() === '' || /^[\s>]*$/.test(own.slice(0, marker.length));
  };
  let endLine = line;
  while (endLine < lines.length && isInside(endLine + 1)) endLine += 1;
  return last <= endLine ? { line, endLine } : null;
}

const lettersOf = (words: string): string => words.replace(/[^\p{L}]/gu, '').toLowerCase();

/**
 * What is still to be decided before a step is done: the conditions around it from the outside in, then those of its
 * parts. Empty too where one of them does not hold.
 */
export function openConditions(
  planned: PlannedStep,
  decisions: ReadonlyMap<string, Pick<ConditionDecision, 'holds'>>,
): readonly Conditional[] {
  if (ruledOut(planned, decisions) !== null) return [];
  return conditionalsOf([planned]).filter(
    ({ condition, part }) =>
      !decisions.has(condition.id) &&
      !(part === null && (isSettledByRunbook(planned) || isReadByPerson(planned, condition))),
  );
}

/** The condition for which a step is not done; `null`: there is none. */
export function ruledOut(
  planned: PlannedStep,
  decisions: ReadonlyMap<string, Pick<ConditionDecision, 'holds'>>,
): StepCondition | null {
  return chainOf(planned.condition).find(({ id }) => decisions.get(id)?.holds === false) ?? null;
}
