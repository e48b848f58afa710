import type { RunEvent } from '../model/event.ts';
import { afterSkip, type StepOutcome } from '../model/outcome.ts';
import type { PlannedStep } from '../model/plan.ts';
import type { StepCondition } from '../model/step-condition.ts';
import type { Session } from './session.ts';

/** Records that a step was left out, by whom and why. */
export async function* skip(
  session: Session,
  planned: PlannedStep,
  by: string,
  why: string,
): AsyncGenerator<RunEvent, void> {
  passOver(session, planned.id);
  yield { type: 'step.skipped', stepId: planned.id, by, why: session.mask(why) };
}

/** Records that a step does not apply: its condition does not hold. */
export async function* ruleOut(
  session: Session,
  planned: PlannedStep,
  {
    condition,
    by,
    why,
  }: { readonly condition: StepCondition; readonly by: string; readonly why: string },
): AsyncGenerator<RunEvent, void> {
  passOver(session, planned.id, condition.id);
  const facts = { by, why: session.mask(why), condition: condition.id };
  yield { type: 'step.skipped', stepId: planned.id, ...facts };
}

/** What comes after the step goes by what the record says of it. */
export function passOver({ outcomes }: Session, id: string, condition?: string): void {
  outcomes.set(id, afterSkip(outcomes.get(id) ?? null, condition));
}

/** Records a step's end that a person stated. */
export async function* settle(
  session: Session,
  planned: PlannedStep,
  outcome: StepOutcome,
  tookMs: number,
  note: string | undefined,
  handled = false,
): AsyncGenerator<RunEvent, void> {
  const number = (session.tries.get(planned.id) ?? 0) + 1;
  session.tries.set(planned.id, number);
  session.outcomes.set(planned.id, outcome);
  const isHandled =
    handled || (outcome === 'declined' && planned.step.annotations['on-fail'] === 'continue');
  yield {
    type: 'step.finished',
    stepId: planned.id,
    try: number,
    outcome,
    durationMs: Math.round(tookMs),
    stdoutBytes: 0,
    stderrBytes: 0,
    by: session.by(),
    ...(note === undefined || note === '' ? {} : { note: session.mask(note) }),
    ...(isHandled ? { handled: true } : {}),
  };
}
