import type { StepOutcome } from '../model/outcome.ts';
import type { Plan, PlannedStep } from '../model/plan.ts';
import type { Procedure, Runbook } from '../model/runbook.ts';
import { isWithin, parentOf, pickProcedures } from './pick-procedures.ts';

/** A rollback, and the procedure that it undoes; `null`: the whole page. */
export interface WayBack {
  readonly rollback: Procedure;
  readonly undoes: Procedure | null;
}

/** The rollbacks of a plan, as they look from one of its steps. */
export interface WaysBack {
  /** They undo the step: they stand under a procedure around it. The nearest comes first. */
  readonly own: readonly WayBack[];
  /** They undo something else of which a step was carried out. */
  readonly others: readonly WayBack[];
}

/** Which of the plan's rollbacks undo a step, and which undo another procedure that the run has been in. */
export function waysBack(
  plan: Plan,
  planned: PlannedStep,
  outcomes: ReadonlyMap<string, StepOutcome>,
): WaysBack {
  const all = plan.rollbacks.map(
    (rollback): WayBack => ({ rollback, undoes: parentOf(plan.runbook, rollback) ?? null }),
  );
  const line = lineOnPage(plan, planned);
  const own = all
    .filter(({ undoes }) => undoes === null || stands(undoes, line))
    .toSorted((one, other) => (other.undoes?.level ?? 0) - (one.undoes?.level ?? 0));
  const cameTo = plan.steps.filter(({ id }) => mayHaveActed(outcomes.get(id)));
  const lines = cameTo.map((one) => lineOnPage(plan, one));
  const others = all.filter(
    (way) =>
      !own.includes(way) && lines.some((at) => way.undoes !== null && stands(way.undoes, at)),
  );
  return { own, others };
}

/** A step that came to an end may have left something to undo, unless it was passed over. */
const mayHaveActed = (outcome: StepOutcome | undefined): boolean =>
  outcome !== undefined && outcome !== 'skipped' && outcome !== 'not-applicable';

const stands = ({ line, endLine }: Procedure, at: number): boolean => line <= at && at <= endLine;

/** A step of a linked runbook stands where its link does. */
function lineOnPage({ runbook }: Plan, { id, step, from }: PlannedStep): number {
  if (from === null) return step.line;
  const link = runbook.steps.find((one) => id.startsWith(`${one.id}/`));
  return link?.line ?? 0;
}

/** Where `on-fail=goto #target` leads among the steps of the plan; none: it is carried out on the side, and the run has failed. */
export function stepsOfTarget(plan: Plan, target: string): readonly PlannedStep[] {
  const [procedure] = pickProcedures(plan.runbook, [target]);
  const isThere = ({ step }: PlannedStep): boolean =>
    procedure !== undefined && step.line > procedure.line && step.line <= procedure.endLine;
  return plan.steps.filter((one) => one.phase === 'main' && one.from === null && isThere(one));
}

/** Whether a procedure is a rollback, or part of one. */
export const isOfRollback = ({ procedures }: Runbook, procedure: Procedure): boolean =>
  procedures.some((one) => one.role === 'rollback' && isWithin(procedure, one));

/** Rollbacks to be thought of after a failure: those that undo the step, else those of what the run has been in. */
export function rollbacksAfter(
  plan: Plan,
  stepId: string | undefined,
  outcomes: ReadonlyMap<string, StepOutcome>,
): readonly Procedure[] {
  const planned = plan.steps.find(({ id }) => id === stepId);
  // Nobody can tell from a step that stands in no plan, such as an item of a list.
  if (planned === undefined) return plan.rollbacks;
  const { own, others } = waysBack(plan, planned, outcomes);
  return (own.length > 0 ? own : others).map(({ rollback }) => rollback);
}
