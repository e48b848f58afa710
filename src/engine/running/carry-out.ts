import type { RunEvent } from '../model/event.ts';
import { EXIT } from '../model/outcome.ts';
import type { PlannedStep } from '../model/plan.ts';
import { listOf } from '../planning/each-item.ts';
import { mayNotRun } from './approval.ts';
import { failed, type Manner } from './asked.ts';
import { decidedByRunbook, isAnyOpen, narrowed, whyRuledOut } from './conditions.ts';
import { decide } from './decide.ts';
import { runProbe } from './probe.ts';
import { runWithRetries } from './retries.ts';
import { saidStep } from './said.ts';
import { judgeWhens } from './scope.ts';
import type { Session } from './session.ts';
import { ruleOut, skip } from './settle.ts';
import { withoutItsShell } from './unknown.ts';
import { ON, STOPPED, type Verdict } from './verdict.ts';
import type { RollBack } from './way-back.ts';

/** Carries out one step of the plan: asks, runs, tries again, and says how the run goes on. */
export async function* carryOut(
  session: Session,
  unsaid: PlannedStep,
  manner: Manner,
  rollBack: RollBack,
): AsyncGenerator<RunEvent, Verdict> {
  const type = session.deps.stepTypes.get(unsaid.step.type);
  const planned = saidStep(unsaid, session.values);
  if (planned.partOf !== undefined) {
    yield* skip(
      session,
      planned,
      'runbook',
      `it ran as part of \`${planned.partOf}\`, which passed`,
    );
    return ON;
  }
  const judged = judgeWhens(session, unsaid);
  if (judged.problem !== undefined) return yield* unjudged(session, planned, judged.problem);
  if (!judged.holds) {
    const why = `\`when\` does not hold: ${judged.when} (${judged.by})`;
    yield* skip(session, planned, 'runbook', why);
    return ON;
  }
  const out = whyRuledOut(session, planned);
  if (out === null && session.misfit != null)
    return yield* unjudged(session, planned, session.misfit);
  const list = listOf(planned);
  if (list !== null) {
    const value = session.values.get(list)?.value;
    if (value === undefined)
      return yield* unjudged(
        session,
        planned,
        `\`each=${planned.step.annotations.each}\` has no list: \`${list}\` has no value here`,
      );
    yield* skip(session, planned, 'runbook', `\`${list}\` is empty: there is nothing to do it for`);
    return ON;
  }
  yield* decidedByRunbook(session, planned);
  if (out !== null) {
    yield* ruleOut(session, planned, out);
    return ON;
  }
  const isHuman = planned.by === 'person' || type?.run === undefined;
  const isOpen = isAnyOpen(session, planned);
  if (
    !isHuman &&
    !isOpen &&
    !session.attended &&
    (yield* isDoneAlready(session, planned, manner))
  ) {
    const lost = yield* withoutItsShell(session, planned, 'its probe passed');
    if (lost !== null) return lost;
    yield* skip(session, planned, 'probe', 'it is done already: its probe passed');
    return ON;
  }
  const asked = { session, planned, type, isHuman, manner };
  if (!manner.ending) return yield* decide(asked, rollBack);
  if (isHuman || isOpen || mayNotRun(session, planned)) return ON;
  const left = narrowed(session, planned, type);
  if (left === null) return ON;
  const ended = yield* runWithRetries({ ...asked, planned: left }, left.step, null);
  if (ended === null) return ON;
  return manner.signal.aborted ? STOPPED : failed(asked, ended);
}

/** A condition that cannot be judged is no condition that does not hold. */
async function* unjudged(
  session: Session,
  planned: PlannedStep,
  problem: string,
): AsyncGenerator<RunEvent, Verdict> {
  const number = (session.tries.get(planned.id) ?? 0) + 1;
  session.tries.set(planned.id, number);
  session.outcomes.set(planned.id, 'failed');
  const why = session.mask(problem);
  yield {
    type: 'step.finished',
    stepId: planned.id,
    try: number,
    outcome: 'failed',
    durationMs: 0,
    stdoutBytes: 0,
    stderrBytes: 0,
    by: 'runbook',
    why,
  };
  const { id } = planned;
  return { go: 'failed', stepId: id, why: `step \`${id}\` failed: ${why}`, exitCode: EXIT.failed };
}

async function* isDoneAlready(
  session: Session,
  planned: PlannedStep,
  manner: Manner,
): AsyncGenerator<RunEvent, boolean> {
  const ended = yield* runProbe(session, planned, manner.signal, () => undefined);
  return ended?.outcome === 'passed';
}
