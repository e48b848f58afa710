import type { PlannedStep } from '../model/plan.ts';
import type { Session } from './session.ts';

/** Whether the request granted it beforehand, by the step's id. */
export function isApprovedBeforehand(session: Session, { id, step }: PlannedStep): boolean {
  const { approve } = session.plan.request;
  return approve.includes(id) || approve.includes(step.id);
}

/** Whether it may not run before somebody said yes. */
export function mayNotRun(session: Session, planned: PlannedStep): boolean {
  if (planned.needsSecond === true) return true;
  return planned.needsApproval && !isApprovedBeforehand(session, planned);
}
