import type { Runbook } from '../../engine/model/runbook.ts';
import { isWithin, pickProcedures } from '../../engine/planning/pick-procedures.ts';

/** The part of a runbook that belongs to one procedure and those under it. Throws PROCEDURE_NOT_FOUND. */
export function onlyProcedure(runbook: Runbook, name: string): Runbook {
  const [outer] = pickProcedures(runbook, [name]);
  if (!outer) return runbook;
  const procedures = runbook.procedures.filter((procedure) => isWithin(procedure, outer));
  const inside = ({ line }: { readonly line: number }): boolean =>
    line >= outer.line && line <= outer.endLine;
  const steps = runbook.steps.filter(inside);
  return {
    ...runbook,
    procedures,
    steps,
    references: runbook.references.filter(inside),
    inputs: runbook.inputs.filter(({ name: input }) =>
      steps.some((step) => step.inputs.includes(input)),
    ),
    diagnostics: runbook.diagnostics.filter(inside),
  };
}
