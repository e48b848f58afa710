import { HandrailError } from '../model/errors.ts';
import type { LinkedPage, Plan } from '../model/plan.ts';
import type { Procedure, Runbook, Step } from '../model/runbook.ts';
import { pickProcedures } from './pick-procedures.ts';

/**
 * Steps that stand in no sequence of the plan and may be carried out all the same: those of its rollbacks, and those that a
 * failure leads to (`on-fail=goto #procedure`), there too; on the plan's own page and on those that it links to.
 */
export function mayFollow(plan: Followed): readonly Step[] {
  const linked = followingOnLinked(plan).flatMap(([, found]) => found);
  return [...followingOn(plan, plan.steps), ...linked];
}

type Followed = Pick<Plan, 'runbook' | 'rollbacks' | 'steps' | 'linked'>;

/** The same for the linked pages alone, each with its page. */
export function followingOnLinked({
  steps,
  linked = [],
}: Followed): readonly (readonly [LinkedPage, readonly Step[]])[] {
  return linked.map((page) => {
    const own = steps.filter(({ id }) => id.startsWith(`${page.link.id}/`));
    return [page, followingOn(page, own)];
  });
}

function followingOn(
  { runbook, rollbacks }: Pick<Plan, 'runbook' | 'rollbacks'>,
  steps: Plan['steps'],
): readonly Step[] {
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
