import type { RunEvent } from '../model/event.ts';
import type { StepOutcome } from '../model/outcome.ts';
import type { PlannedStep } from '../model/plan.ts';
import { type AttemptEnd, attempt } from './attempt.ts';
import type { Session } from './session.ts';

/** Runs a step's probe once; `settles` says what its answer makes of the step. `null`: there is no probe. */
export async function* runProbe(
  session: Session,
  planned: PlannedStep,
  signal: AbortSignal,
  settles: (outcome: StepOutcome) => StepOutcome | null | undefined,
  handled = false,
): AsyncGenerator<RunEvent, AttemptEnd | null> {
  const { probe } = planned;
  const type = probe === null ? undefined : session.deps.stepTypes.get(probe.type);
  if (probe === null || type?.run === undefined) return null;
  return yield* attempt(session, {
    planned,
    step: probe,
    type,
    probe: true,
    part: null,
    signal,
    handled,
    settles,
  });
}
