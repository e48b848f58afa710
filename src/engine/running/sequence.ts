import { changesSomething } from '../model/effect.ts';
import { HandrailError } from '../model/errors.ts';
import type { RunEvent } from '../model/event.ts';
import type { PlannedStep } from '../model/plan.ts';
import { eachItem, listOf } from '../planning/each-item.ts';
import { listSteps } from '../planning/identity.ts';
import { onHost } from '../planning/on-hosts.ts';
import { needingSecond } from '../planning/second.ts';
import { addressOf, isOfRollback, procedureOf, stepsOnTheSide } from '../planning/ways-back.ts';
import type { Manner } from './asked.ts';
import { carryOut } from './carry-out.ts';
import { clockJump } from './clock-jump.ts';
import { reopenConditions } from './conditions.ts';
import { sessionOf } from './host-values.ts';
import { inLanes, type Lane, turnsOf } from './lanes.ts';
import { settleOpenProbe } from './open-probe.ts';
import { scoped } from './scope.ts';
import type { Session } from './session.ts';
import { passOver } from './settle.ts';
import { resolveForgotten, resolveUnknown } from './unknown.ts';
import { ON, STOPPED, unknownOutcome, type Verdict } from './verdict.ts';
import { goRestOfWayBack, isBehindOnWayBack, type WayLeft, wayBackLeft } from './way-back.ts';

/** Carries out the plan's main steps in order until one ends the run. */
export async function* runMain(session: Session): AsyncGenerator<RunEvent, Verdict> {
  const steps = session.plan.steps.filter(({ phase }) => phase === 'main');
  const manner: Manner = { signal: session.stop.signal, ending: false };
  const forgotten = yield* resolveForgotten(session);
  if (forgotten !== null)
    return unknownOutcome(
      { id: forgotten },
      'it was under way when the engine was lost, and stands in no plan: a rollback has it, or the text no longer does',
    );
  const { parallel, keepGoing } = session.plan.request;
  const jumped = clockJump(session.deps.clock);
  if (parallel <= 1 || session.attended) return yield* runTurn(session, steps, manner, jumped);
  const first = steps.findIndex(({ on }) => on !== undefined);
  const alone = first < 0 ? steps : steps.slice(0, first);
  const before = yield* runTurn(session, alone, manner, jumped);
  if (before.go !== 'on' || first < 0) return before;
  const lanes = turnsOf(steps.slice(first)).map(
    (turn): Lane =>
      (signal) => {
        const either = AbortSignal.any([manner.signal, signal]);
        return runTurn(session, turn, { ...manner, signal: either }, jumped);
      },
  );
  return yield* inLanes(lanes, { atOnce: parallel, keepGoing });
}

/** Steps in their order, each in the session of its host, until one ends the run. */
async function* runTurn(
  session: Session,
  turn: readonly PlannedStep[],
  manner: Manner,
  jumped: ReturnType<typeof clockJump>,
): AsyncGenerator<RunEvent, Verdict> {
  const { done } = session;
  let steps = turn;
  let current = session;
  let failedOn: Verdict = ON;
  for (let index = 0; index < steps.length; ) {
    const planned = steps[index];
    if (planned === undefined) break;
    if (session.stop.reason !== null) return STOPPED;
    yield* jumped();
    current = await sessionOf(planned, current);
    const items = yield* expand(session, current, planned);
    if (items[0] !== planned) {
      steps = steps.flatMap((one) => (one.id === planned.id ? items : [one]));
      continue;
    }
    const verdict = done.has(planned.id)
      ? yield* settleOpenProbe(await scoped(current, planned), planned, manner)
      : yield* resume(current, planned, manner);
    if (verdict.go === 'on') {
      done.add(planned.id);
      index += 1;
    } else if (verdict.go === 'failed' && session.plan.request.keepGoing) {
      // What is left has its turn all the same, of a host the others do; the run has failed.
      if (failedOn.go === 'on') failedOn = verdict;
      const next =
        planned.on === undefined
          ? index + 1
          : steps.findIndex(({ on }, at) => at > index && on !== planned.on);
      index = next < 0 ? steps.length : next;
    } else if (verdict.go !== 'jump') return verdict;
    else {
      const to = steps.findIndex(({ id }) => id === verdict.to);
      if (to < 0)
        throw new HandrailError('STEP_NOT_FOUND', {
          name: verdict.to,
          path: session.plan.runbook.path,
        });
      const target = steps[to];
      if (target !== undefined) reopenConditions(session, target);
      yield* leap(session, steps.slice(index, to));
      if (verdict.keeps !== true) for (const { id } of steps.slice(to)) done.delete(id);
      index = to;
    }
  }
  return failedOn;
}

/** What comes at the end whatever happened: steps that always run, then cleanups. A failure stops none of them. */
export async function* runEnding(
  session: Session,
  after: Verdict,
): AsyncGenerator<RunEvent, Verdict> {
  // Never aborted: it has to come to its end whatever happens.
  const manner: Manner = { signal: new AbortController().signal, ending: after.go === 'stopped' };
  const reached = (planned: PlannedStep): boolean => session.reached.has(planned.id);
  const always = session.plan.steps.filter(
    (planned) =>
      planned.phase === 'main' && planned.step.annotations.always === true && !reached(planned),
  );
  const cleanups = session.plan.steps.filter(({ phase }) => phase === 'cleanup');
  let worst: Verdict = ON;
  for (const whole of after.go === 'on' ? cleanups : [...always, ...cleanups]) {
    const own = await sessionOf(whole, session);
    for (const planned of yield* expand(session, own, whole)) {
      if (session.done.has(planned.id)) continue;
      const verdict = yield* resume(own, planned, manner);
      if (verdict.go === 'waiting' && after.go === 'on') return verdict;
      // A run that has failed does not wait: whoever resumes it comes to what is left.
      if (verdict.go === 'waiting') yield leftUndone(planned, verdict.why);
      else if (verdict.go !== 'on' && worst.go === 'on') worst = verdict;
    }
  }
  return worst;
}

const leftUndone = ({ id }: PlannedStep, why: string): RunEvent => ({
  type: 'note.added',
  by: 'runbook',
  text: `\`${id}\` was not done: ${why}`,
  stepId: id,
});

/** A step that an earlier attempt did not see to its end is looked into before anything else happens with it. */
async function* resume(
  whole: Session,
  planned: PlannedStep,
  manner: Manner,
): AsyncGenerator<RunEvent, Verdict> {
  const session = await scoped(whole, planned);
  const left = session.reached.has(planned.id) ? null : wayBackLeft(session, planned);
  if (left !== null) {
    session.reached.add(planned.id);
    return yield* goRestOfWayBack(session, planned, left, (name) =>
      rollBack(whole, name, manner, planned.on, left),
    );
  }
  const open = session.reached.has(planned.id) ? null : leftOpen(session, planned);
  session.reached.add(planned.id);
  if (open !== null) {
    const about = { since: 'before', why: open } as const;
    const found = yield* resolveUnknown(session, planned, manner.signal, about);
    if (found === 'done') return ON;
    if (found !== 'not-done') return found;
  }
  return yield* carryOut(session, planned, manner, (name) =>
    rollBack(whole, name, manner, planned.on),
  );
}

/** The items of a step in its place, now that its list has a value; without one, or with none in it, the step itself. */
async function* expand(
  whole: Session,
  current: Session,
  planned: PlannedStep,
): AsyncGenerator<RunEvent, readonly PlannedStep[]> {
  const list = listOf(planned);
  if (list === null) return [planned];
  const own = await scoped(current, planned);
  const value = own.values.get(list)?.value;
  const items = value === undefined ? [] : eachItem(planned, value, whole.plan.runbook.path);
  if (items.length === 0) return [planned];
  // A rollback stands in no plan.
  if (!whole.plan.steps.some(({ id }) => id === planned.id)) return items;
  const steps = whole.plan.steps.flatMap((one) => (one.id === planned.id ? items : [one]));
  for (const session of [whole, ...whole.hosts.values()]) session.plan = { ...session.plan, steps };
  const listed = listSteps({ steps: items });
  const masked = listed.map((step) => ({ ...step, title: current.mask(step.title) }));
  yield { type: 'step.expanded', stepId: planned.id, steps: masked };
  return items;
}

/** Why nobody knows what became of a step; `null`: it was not begun, or its own end tells. */
function leftOpen(session: Session, { id, step }: PlannedStep): string | null {
  const outcome = session.outcomes.get(id);
  const before = session.deps.past?.report.steps.find((one) => one.id === id);
  const last = before?.attempts.findLast(({ probe }) => !probe);
  if (outcome === 'unknown')
    return last?.finishedAt == null ? 'the engine was lost while it ran' : (last.why ?? HALF_WAY);
  return changesSomething(step.effect) && (outcome === 'cancelled' || outcome === 'timed-out')
    ? HALF_WAY
    : null;
}

const HALF_WAY = 'it was ended half-way, and it changes something';

/** Carries out a rollback procedure, in the turn of a host there; its steps stand in no plan and are asked about one by one. */
async function* rollBack(
  session: Session,
  name: string,
  manner: Manner,
  host: string | undefined,
  left: WayLeft | null = null,
): AsyncGenerator<RunEvent, void> {
  const { plan } = session;
  const { destroysNeedsTwo } = plan;
  const { page, picked } = procedureOf(plan, name);
  const isWayBack = picked.some((one) => isOfRollback(page.runbook, one));
  const stops: PlannedStep[] = [];
  for (const stop of stepsOnTheSide(plan, name))
    stops.push(...(yield* expand(session, session, stop)));
  for (const stop of stops) {
    const placed = host === undefined ? stop : onHost(stop, host);
    const planned = destroysNeedsTwo === true ? needingSecond(placed) : placed;
    if (left !== null && isBehindOnWayBack(session, planned, left)) {
      if (isWayBack) session.rollbackLeft.add(name);
      continue;
    }
    const tries = session.tries.get(planned.id);
    const own = await scoped(session, planned);
    const verdict = yield* carryOut(own, planned, manner, (other) =>
      rollBack(session, other, manner, host),
    );
    // Its steps stand in no plan that could be gone on with: a run of its own can wait for the word.
    if (verdict.go === 'waiting')
      yield {
        type: 'note.added',
        by: 'runbook',
        text: notDone(planned, verdict.why, `handrail run ${addressOf(plan, name)}`),
        stepId: planned.id,
      };
    if (isWayBack && session.tries.get(planned.id) !== tries) session.rollbackLeft.add(name);
    if (verdict.go !== 'on') return;
  }
  if (!isWayBack) return;
  session.rollbackLeft.delete(name);
  session.rolledBack.add(name);
}

/** A step of a rollback that nobody there could agree to, and what has it done. */
function notDone({ id, needsSecond }: PlannedStep, why: string, command: string): string {
  if (needsSecond === true)
    return `\`${id}\` was not done: a second person has to sign it, for which \`${command}\` waits`;
  return `\`${id}\` was not done (${why}): \`${command}\` carries it out`;
}

async function* leap(
  session: Session,
  left: readonly PlannedStep[],
): AsyncGenerator<RunEvent, void> {
  const by = session.by();
  for (const { id } of left) {
    if (session.done.has(id)) continue;
    passOver(session, id);
    yield { type: 'step.skipped', stepId: id, by, why: 'jumped over' };
  }
}
