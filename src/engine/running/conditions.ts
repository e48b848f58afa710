import type { OpenCondition } from '../contracts/operator.ts';
import type { AnyStepType } from '../contracts/step-type.ts';
import type { RunEvent } from '../model/event.ts';
import type { PlannedStep } from '../model/plan.ts';
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

/** The condition that somebody has to decide next before a step is done; `null`: none is open. */
export function openCondition(session: Session, planned: PlannedStep): OpenCondition | null {
  const [first] = openConditions(planned, session.conditions);
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
  const asker = session.deps.who.user ?? session.deps.operator.name;
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
  const isOut = (condition: StepCondition | undefined): boolean =>
    condition !== undefined && session.conditions.get(condition.id)?.holds === false;
  const out = step.parts.filter(({ condition }) => isOut(condition));
  if (out.length === 0 || type === undefined) return planned;
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
