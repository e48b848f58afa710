import type { RunEvent } from '../model/event.ts';
import { EXIT } from '../model/outcome.ts';
import type { PlannedStep } from '../model/plan.ts';
import type { Manner } from './asked.ts';
import { runProbe } from './probe.ts';
import type { Session } from './session.ts';
import { ON, type Verdict } from './verdict.ts';

/**
 * A step that an earlier attempt of the run has behind it stays behind; only where the engine was lost
 * between the step's end and its probe, the probe is made up for.
 */
export async function* settleOpenProbe(
  session: Session,
  planned: PlannedStep,
  manner: Manner,
): AsyncGenerator<RunEvent, Verdict> {
  const before = session.deps.past?.report.steps.find(({ id }) => id === planned.id);
  const last = before?.attempts.at(-1);
  if (planned.probe === null || last === undefined || last.probe || last.outcome !== 'passed')
    return ON;
  const ended = yield* runProbe(session, planned, manner.signal, (outcome) =>
    outcome === 'passed' ? undefined : outcome,
  );
  if (ended === null || ended.outcome === 'passed') return ON;
  session.outcomes.set(planned.id, ended.outcome);
  const why = `step \`${planned.id}\` failed: its probe did not pass`;
  return { go: 'failed', why, exitCode: EXIT.failed };
}
