import type { OpenCondition } from '../contracts/operator.ts';
import type { AnyStepType } from '../contracts/step-type.ts';
import type { RunEvent } from '../model/event.ts';
import type { PlannedStep } from '../model/plan.ts';
import type { Step, StepPart } from '../model/runbook.ts';
import {
  type ConditionDecision,
  chainOf,
  ruledOutWords,
  type StepCondition,
} from '../model/step-condition.ts';
import {
  alternativesOf,
  type Conditional,
  conditionalsOf,
  isSettledByRunbook,
  openConditions,
  ruledOut,
} from '../planning/conditions.ts';
import { withText } from './redetect.ts';
import type { Session } from './session.ts';

/**
 * The condition that somebody has to decide next: before a step is done, or these parts of it (from 0); `null`: none is
 * due.
 */
export function openCondition(
  session: Session,
  planned: PlannedStep,
  wanted: readonly number[] = [],
): OpenCondition | null {
  const over = partsOver(session, planned);
  const first = openConditions(planned, session.conditions).find(
    ({ part }) => part === null || wanted.includes(part) || isDue(planned.step, part, over),
  );
  if (first === undefined) return null;
  const { condition } = first;
  const known = withOwn(session, planned);
  const alternatives = alternativesOf(condition, known).map((one) => ({
    condition: one,
    under: known
      .filter((each) => each.condition.id === one.id)
      .map((each) => ({ planned: each.planned, part: each.part })),
  }));
  return { condition, alternatives };
}

/**
 * Whether a part's condition can be judged by now: "After 7 days without violations, proceed" is about what the parts
 * above it did. Of several ways one is chosen before the first is gone.
 */
function isDue({ parts }: Step, part: number, over: readonly number[]): boolean {
  return hasWays(parts[part]) || parts.slice(0, part).every((_, at) => over.includes(at + 1));
}

const hasWays = (part: StepPart | undefined): boolean => part?.condition?.group !== undefined;

/** Whether a condition of the step, or of a part of it, is open, due or not. */
export const isAnyOpen = ({ conditions }: Session, planned: PlannedStep): boolean =>
  openConditions(planned, conditions).length > 0;

/** Parts of a step that need not run any more, from 1: they are behind, or their condition does not hold. */
export function partsOver(session: Session, { id, step }: PlannedStep): readonly number[] {
  const behind = session.parts.get(id);
  const ran = behind?.of === step.parts.length ? behind.numbers : [];
  return [...new Set([...ran, ...partsOut(session, step)])].toSorted((one, other) => one - other);
}

/** Parts of a step whose condition does not hold, from 1. */
export const partsOut = (session: Session, { parts }: Step): readonly number[] =>
  parts.flatMap((part, at) => (isOut(session, part) ? [at + 1] : []));

/** Whether the parts of a step run one by one, as numbered on its page: one is open, or is not to be done, or they were begun so. */
export function isPartByPart(session: Session, planned: PlannedStep): boolean {
  const { parts } = planned.step;
  return isDecidedLate(session, planned) || parts.some((part) => isOut(session, part));
}

/** A condition of a part is decided when it comes to it, or was. */
function isDecidedLate(session: Session, planned: PlannedStep): boolean {
  const { id, step } = planned;
  const isBegun = session.parts.get(id)?.of === step.parts.length;
  return (
    (isBegun && step.parts.some((part) => part.condition !== undefined && !hasWays(part))) ||
    openConditions(planned, session.conditions).some(({ part }) => part !== null)
  );
}

const isOut = ({ conditions }: Session, { condition }: StepPart): boolean =>
  condition !== undefined && conditions.get(condition.id)?.holds === false;

/** Conditionals of the plan, and those of a step that stands in no plan, such as a rollback's. */
function withOwn(session: Session, planned: PlannedStep): readonly Conditional[] {
  const { steps } = session.plan;
  const all = conditionalsOf(steps);
  return steps.some(({ id }) => id === planned.id) ? all : [...all, ...conditionalsOf([planned])];
}

/** Why a step is not done, when a condition around it does not hold. */
export function whyRuledOut(
  session: Session,
  planned: PlannedStep,
): { readonly condition: StepCondition; readonly by: string; readonly why: string } | null {
  const condition = isSettledByRunbook(planned) ? null : ruledOut(planned, session.conditions);
  const decision = condition && session.conditions.get(condition.id);
  if (condition === null || !decision) return null;
  const { by, why } = decision;
  return {
    condition,
    by,
    why: `${ruledOutWords(condition)} (${why})`,
  };
}

/** Records what is decided about a condition; with one of a group the others are decided too. */
export function* decideCondition(
  session: Session,
  planned: PlannedStep,
  condition: StepCondition,
  said: Omit<ConditionDecision, 'condition'>,
): Generator<RunEvent, void> {
  const known = withOwn(session, planned);
  const own = conditionalsOf([planned]);
  const placeOf = ({ id }: StepCondition): Place =>
    [...own, ...known].find((one) => one.condition.id === id) ?? { planned, part: null };
  yield record(session, placeOf(condition), condition, said);
  if (!said.holds) return;
  for (const other of alternativesOf(condition, known)) {
    if (other.id === condition.id || session.conditions.has(other.id)) continue;
    const why = `"${condition.text}" was chosen`;
    yield record(session, placeOf(other), other, { ...said, holds: false, why });
  }
}

/** What stands under a condition: a step, or a part of one. */
type Place = Pick<Conditional, 'planned' | 'part'>;

function record(
  session: Session,
  { planned: { id: stepId, step }, part }: Place,
  condition: StepCondition,
  { holds, by, why }: Omit<ConditionDecision, 'condition'>,
): RunEvent {
  const { id, group, gate, text } = condition;
  session.conditions.set(id, { condition: id, holds, by, why });
  return {
    type: 'condition.decided',
    stepId,
    ...(part === null ? {} : { part: { number: part + 1, of: step.parts.length } }),
    condition: id,
    text: session.mask(text),
    ...(gate === undefined ? {} : { gate }),
    ...(group === undefined ? {} : { group }),
    holds,
    by,
    why: session.mask(why),
  };
}

/** What was decided before the first step, and is not in the log yet. */
export function* decidedBeforehand(session: Session): Generator<RunEvent, void> {
  const asker = session.deps.who.user ?? session.by();
  const places = conditionalsOf(session.plan.steps);
  for (const { condition: id, holds, by, why } of session.plan.decisions) {
    const known = session.deps.past?.report.conditions.findLast(
      ({ condition }) => condition === id,
    );
    const place = places.find(({ condition }) => condition.id === id);
    const said = { holds, by: by === '' ? asker : by, why };
    if (place === undefined) continue;
    if (known?.holds === holds) session.conditions.set(id, { condition: id, ...said });
    else yield record(session, place, place.condition, said);
  }
}

/** The runbook's own word on a step's conditions: its `when` was found to hold. */
export function* decidedByRunbook(
  session: Session,
  planned: PlannedStep,
): Generator<RunEvent, void> {
  if (!isSettledByRunbook(planned)) return;
  const why = `\`when\` holds: ${planned.step.annotations.when ?? ''}`;
  for (const condition of chainOf(planned.condition))
    if (!session.conditions.has(condition.id))
      yield record(session, { planned, part: null }, condition, {
        holds: true,
        by: 'runbook',
        why,
      });
}

/** The person goes back to a step: what was decided about it is open again. */
export function reopenConditions(session: Session, planned: PlannedStep): void {
  const known = withOwn(session, planned);
  for (const { condition } of conditionalsOf([planned]))
    for (const { id } of alternativesOf(condition, known)) session.conditions.delete(id);
}

/** The step without those of its parts that are not to be done; `null`: nothing of it is left. */
export function narrowed(
  session: Session,
  planned: PlannedStep,
  type: AnyStepType | undefined,
): PlannedStep | null {
  const { step } = planned;
  const out = step.parts.filter((part) => isOut(session, part));
  if (out.length === 0 || type === undefined || isDecidedLate(session, planned)) return planned;
  if (out.length === step.parts.length) return null;
  const text = step.text
    .split('\n')
    .map((line, at) => {
      const number = step.textLine + at;
      return out.some((part) => part.line <= number && number <= part.endLine) ? '' : line;
    })
    .join('\n');
  const parts = step.parts.filter((part) => !out.includes(part));
  return {
    ...planned,
    step: { ...withText(step, type, text), parts: parts.length > 1 ? parts : [] },
  };
}
