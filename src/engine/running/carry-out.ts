import type { RunEvent } from '../model/event.ts';
import type { PlannedStep } from '../model/plan.ts';
import { mayNotRun } from './approval.ts';
import { failed, type Manner } from './asked.ts';
import { conditionHolds } from './condition.ts';
import { decide, type RollBack } from './decide.ts';
import { runProbe } from './probe.ts';
import { runWithRetries } from './retries.ts';
import type { Session } from './session.ts';
import { skip } from './settle.ts';
import { ON, STOPPED, type Verdict } from './verdict.ts';

/** Carries out one step of the plan: asks, runs, tries again, and says how the run goes on. */
export async function* carryOut(
  session: Session,
  planned: PlannedStep,
  manner: Manner,
  rollBack: RollBack,
): AsyncGenerator<RunEvent, Verdict> {
  const { when } = planned.step.annotations;
  if (when !== undefined && !conditionHolds(when, session.values)) {
    yield* skip(session, planned, 'runbook', `\`when\` does not hold: ${when}`);
    return ON;
  }
  const type = session.deps.stepTypes.get(planned.step.type);
  const isHuman = type === undefined || type.human || type.run === undefined;
  if (!isHuman && !session.attended && (yield* isDoneAlready(session, planned, manner))) {
    yield* skip(session, planned, 'probe', 'it is done already: its probe passed');
    return ON;
  }
  const asked = { session, planned, type, isHuman, manner };
  if (!manner.ending) return yield* decide(asked, rollBack);
  if (isHuman || mayNotRun(session, planned)) return ON;
  const ended = yield* runWithRetries(asked, planned.step, null);
  if (ended === null) return ON;
  return manner.signal.aborted ? STOPPED : failed(asked, ended);
}

async function* isDoneAlready(
  session: Session,
  planned: PlannedStep,
  manner: Manner,
): AsyncGenerator<RunEvent, boolean> {
  const ended = yield* runProbe(session, planned, manner.signal, () => undefined);
  return ended?.outcome === 'passed';
}
