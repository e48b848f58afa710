import type { Decision, OpenCondition, Situation } from '../contracts/operator.ts';
import type { AnyStepType } from '../contracts/step-type.ts';
import { EXIT, type ExitCode } from '../model/outcome.ts';
import type { PlannedStep } from '../model/plan.ts';
import type { AttemptEnd } from './attempt.ts';
import { partsOut, partsOver } from './conditions.ts';
import { saidProcedures } from './said.ts';
import type { Session } from './session.ts';
import { cwdOf } from './step-context.ts';
import type { Verdict } from './verdict.ts';

/** How a step is to be carried out. */
export interface Manner {
  /** Ends the step's process when the run has to stop. */
  readonly signal: AbortSignal;
  /** The run is ending: commands run without asking, what needs a person is left. */
  readonly ending: boolean;
}

/** A step that is being carried out, and what is known of it. */
export interface Asked {
  readonly session: Session;
  readonly planned: PlannedStep;
  readonly type: AnyStepType | undefined;
  /** A person carries it out. */
  readonly isHuman: boolean;
  readonly manner: Manner;
}

/** The run's end by a step that failed. A step that could not run at all names its own exit code. */
export function failed({ planned, session }: Asked, ended: AttemptEnd | null): Verdict {
  const why = ended?.why ?? (ended === null ? 'left undone' : whyOf(ended));
  const known: ExitCode = ended?.error?.exitCode ?? EXIT.failed;
  const exitCode = known === EXIT.refused ? EXIT.failed : known;
  const { id } = planned;
  return { go: 'failed', stepId: id, why: `step \`${id}\` failed: ${session.mask(why)}`, exitCode };
}

function whyOf(ended: AttemptEnd): string {
  if (ended.outcome === 'timed-out') return 'its time was over';
  if (ended.outcome === 'cancelled') return 'it was stopped';
  if (ended.signal !== undefined) return `ended by ${ended.signal}`;
  return ended.exitCode === undefined ? 'its type does not say why' : `exit code ${ended.exitCode}`;
}

/** `null`: the run was stopped while the operator was asked. */
export async function ask(
  { session, planned, manner }: Asked,
  failure: AttemptEnd | null,
  condition: OpenCondition | null,
): Promise<Decision | null> {
  if (manner.signal.aborted) return null;
  const quoting = session.deps.stepTypes.get(planned.step.type)?.quoting ?? 'none';
  const { runbook } = session.plan;
  const procedures = saidProcedures(runbook.procedures, session.values);
  const situation: Situation = {
    plan: { ...session.plan, runbook: { ...runbook, procedures } },
    run: session.deps.run,
    planned,
    position: session.plan.steps.findIndex(({ id }) => id === planned.id) + 1,
    text: session.mask(session.filler.tryFill(planned.step.text, quoting).masked),
    cwd: cwdOf(session, planned, planned.step),
    elapsedMs: session.elapsedMs(),
    outcomes: session.outcomes,
    condition,
    tries: session.tries.get(planned.id) ?? 0,
    partsBehind: partsOver(session, planned),
    partsLeftOut: partsOut(session, planned.step),
    failure,
  };
  const stopped = session.stop.stopped.then(() => null);
  return Promise.race([session.deps.operator.decide(situation), stopped]);
}
