import { carriedOutBy } from '../model/effect.ts';
import type { PlannedStep } from '../model/plan.ts';
import type { Procedure, ProcedureRole, Runbook, Step } from '../model/runbook.ts';
import { isWithin, parentOf } from './pick-procedures.ts';

/**
 * The steps that stand under the picked procedures (all of them when none is picked), in order: rollbacks
 * left out, cleanups last, probes joined to the step they probe. What was picked by name runs as it stands.
 */
export function sequenceOf(runbook: Runbook, picked: readonly Procedure[]): readonly PlannedStep[] {
  const roleOf = rolesWithin(runbook, picked);
  const main: PlannedStep[] = [];
  const cleanup: PlannedStep[] = [];
  for (const step of runbook.steps) {
    if (picked.length > 0 && !picked.some((procedure) => holds(procedure, step))) continue;
    const role = roleOf(step);
    if (role === 'rollback') continue;
    const list = role === 'cleanup' ? cleanup : main;
    if (!joinProbe(list, step))
      list.push(plannedStep(step, role === 'cleanup' ? 'cleanup' : 'main'));
  }
  return withLimits(runbook, [...main, ...cleanup]);
}

/** The steps with the procedures around them that may take only so long. */
function withLimits(
  { procedures }: Runbook,
  steps: readonly PlannedStep[],
): readonly PlannedStep[] {
  const limited = procedures.flatMap((one) =>
    one.timeoutMs === undefined ? [] : [{ one, ms: one.timeoutMs }],
  );
  if (limited.length === 0) return steps;
  return steps.map((planned) => {
    const around = limited.filter(({ one }) => holds(one, planned.step));
    const limits = around.map(({ one: { id }, ms }) => ({ procedure: id, ms }));
    return limits.length === 0 ? planned : { ...planned, limits };
  });
}

/** A step of the plan's own runbook: who carries it out and what has to be said first is decided here. */
export function plannedStep(step: Step, phase: PlannedStep['phase'] = 'main'): PlannedStep {
  const by = carriedOutBy(step.effect);
  const { confirm } = step.annotations;
  const needsApproval = confirm === undefined ? step.effect === 'destroys' : confirm !== false;
  const second = confirm === 'two' ? { needsSecond: true } : {};
  const condition = step.condition ?? null;
  return {
    id: step.id,
    step,
    by,
    needsApproval,
    condition,
    phase,
    from: null,
    probe: null,
    ...second,
  };
}

/** Rollback procedures under what was picked or beside it: those that undo what runs. */
export function rollbacksOf(runbook: Runbook, picked: readonly Procedure[]): readonly Procedure[] {
  return runbook.procedures.filter((procedure) => {
    if (procedure.role !== 'rollback' || picked.includes(procedure)) return false;
    if (picked.length === 0) return true;
    const parent = parentOf(runbook, procedure);
    return parent !== undefined && picked.some((one) => isWithin(one, parent));
  });
}

function holds(procedure: Procedure, step: Step): boolean {
  return step.line >= procedure.line && step.line <= procedure.endLine;
}

/**
 * The role of the innermost procedure with one, between the step and what was picked. All of a rollback is its own, what
 * it cleans up as well: nothing of it is done before it is.
 */
function rolesWithin(
  runbook: Runbook,
  picked: readonly Procedure[],
): (step: Step) => ProcedureRole | null {
  const special = runbook.procedures.filter(
    (one) =>
      (one.role === 'rollback' || one.role === 'cleanup') &&
      !picked.some((procedure) => isWithin(procedure, one)),
  );
  return (step) => {
    const around = special.filter((procedure) => holds(procedure, step));
    return around.findLast(({ role }) => role === 'rollback')?.role ?? around.at(-1)?.role ?? null;
  };
}

/** A `verify` step probes the one it names, else the one before it. */
function joinProbe(list: PlannedStep[], step: Step): boolean {
  if (step.probes === undefined && step.annotations.verify !== true) return false;
  const index =
    step.probes === undefined
      ? list.length - 1
      : list.findLastIndex((planned) => planned.step.id === step.probes);
  const target = list[index];
  if (target === undefined || target.probe !== null) return false;
  list[index] = { ...target, probe: step };
  return true;
}
