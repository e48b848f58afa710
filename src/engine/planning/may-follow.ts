import { HandrailError } from '../model/errors.ts';
import type { Plan } from '../model/plan.ts';
import type { Procedure, Runbook, Step } from '../model/runbook.ts';
import { pickProcedures } from './pick-procedures.ts';

/**
 * Steps of the plan's own page that stand in no sequence of it and may be carried out all the same: those of its
 * rollbacks, and those that a failure leads to (`on-fail=goto #procedure`), there too.
 */
export function mayFollow({
  runbook,
  rollbacks,
  steps,
}: Pick<Plan, 'runbook' | 'rollbacks' | 'steps'>): readonly Step[] {
  const open = new Set<Procedure>(rollbacks);
  for (const { step } of steps) for (const target of goesTo(runbook, step)) open.add(target);
  const found = new Set<Step>();
  // What is added while it is gone through is gone through too.
  for (const { line, endLine } of open)
    for (const step of runbook.steps) {
      if (step.line < line || step.line > endLine) continue;
      found.add(step);
      for (const target of goesTo(runbook, step)) open.add(target);
    }
  return [...found];
}

function goesTo(runbook: Runbook, step: Step): readonly Procedure[] {
  const target = /^goto #(\S+)$/.exec(step.annotations['on-fail'] ?? '')?.[1];
  if (target === undefined) return [];
  try {
    return pickProcedures(runbook, [target]);
  } catch (error) {
    if (error instanceof HandrailError) return [];
    throw error;
  }
}
