import type { PlannedStep } from '../model/plan.ts';
import type { Session } from './session.ts';

/** Whether a person has to say yes first: `confirm`, or the step destroys and nothing says otherwise. */
export function needsApproval({ step }: PlannedStep): boolean {
  return step.annotations.confirm ?? step.effect === 'destroys';
}

/** Whether the request granted it beforehand, by the step's id. */
export function isApprovedBeforehand(session: Session, { id, step }: PlannedStep): boolean {
  const { approve } = session.plan.request;
  return approve.includes(id) || approve.includes(step.id);
}

/** Whether it may not run before somebody said yes. */
export function mayNotRun(session: Session, planned: PlannedStep): boolean {
  return needsApproval(planned) && !isApprovedBeforehand(session, planned);
}
