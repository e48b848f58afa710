import type { Decision, OpenCondition, Situation } from '../contracts/operator.ts';
import type { RunEvent } from '../model/event.ts';
import { EXIT, outcomeFacts } from '../model/outcome.ts';
import type { Plan, PlannedStep } from '../model/plan.ts';
import type { Remark } from '../model/report.ts';
import { askedOf, ruledOutWords, whetherWords } from '../model/step-condition.ts';
import { pickProcedures } from '../planning/pick-procedures.ts';
import { isOfRollback, stepsOfTarget, waysBack } from '../planning/ways-back.ts';
import { mayNotRun } from './approval.ts';
import { type Asked, failed } from './asked.ts';
import type { AttemptEnd } from './attempt.ts';
import {
  decideCondition,
  isPartByPart,
  narrowed,
  openCondition,
  partsOut,
  partsOver,
  whyRuledOut,
} from './conditions.ts';
import { probeAsked, refuseMisplaced, runCommand, runDecided } from './decided.ts';
import { probeAfter } from './retries.ts';
import { saidProcedures } from './said.ts';
import type { Session } from './session.ts';
import { ruleOut, settle, skip } from './settle.ts';
import { cwdOf } from './step-context.ts';
import { resolveUnknown } from './unknown.ts';
import { ON, STOPPED, type Verdict } from './verdict.ts';

/** Carries out a rollback procedure by its id. */
export type RollBack = (procedure: string) => AsyncGenerator<RunEvent, void>;

/** `null`: ask again. An attempt's end: it failed, ask what now. */
type Obeyed = Verdict | AttemptEnd | null;

/** Asks the operator about a step, and again after a failure, until it is clear how the run goes on. */
export async function* decide(
  asked: Asked,
  rollBack: RollBack,
  after: AttemptEnd | null = null,
): AsyncGenerator<RunEvent, Verdict> {
  const conditions = after === null ? yield* askConditions(asked, rollBack) : null;
  if (conditions !== null) return conditions;
  const { session, type } = asked;
  const planned = narrowed(session, asked.planned, type);
  if (planned === null) return yield* nothingLeft(asked);
  return yield* decideStep({ ...asked, planned }, rollBack, after);
}

/** Asks until every condition of the step is decided; `null`: they hold, and the step is to be done. */
async function* askConditions(
  asked: Asked,
  rollBack: RollBack,
  wanted: readonly number[] = [],
): AsyncGenerator<RunEvent, Verdict | null> {
  const { session, planned } = asked;
  const askedMs = session.deps.clock.monoMs();
  let put = '';
  for (;;) {
    const out = whyRuledOut(session, planned);
    if (out !== null) {
      yield* ruleOut(session, planned, out);
      return ON;
    }
    const open = openCondition(session, planned, wanted);
    if (open === null) return null;
    if (put !== open.condition.id) {
      put = open.condition.id;
      const question = session.mask(askedOf(open.condition));
      yield { type: 'question.asked', stepId: planned.id, question };
    }
    const decision = await ask(asked, null, open);
    if (decision === null) return STOPPED;
    const tookMs = session.deps.clock.monoMs() - askedMs;
    const obeyed = yield* obey(asked, decision, { tookMs, failure: null, rollBack, open });
    if (obeyed !== null && 'go' in obeyed) return obeyed;
  }
}

/** The conditions of parts that it has come to are decided; `null`: something is left to be asked about. */
async function* partsDue(
  asked: Asked,
  rollBack: RollBack,
): AsyncGenerator<RunEvent, Verdict | AttemptEnd | null> {
  const { session, planned } = asked;
  const verdict = yield* askConditions(asked, rollBack);
  if (verdict !== null) return verdict;
  const { parts } = planned.step;
  if (parts.length === 0 || partsOver(session, planned).length < parts.length) return null;
  if (!session.parts.has(planned.id)) return yield* nothingLeft(asked);
  session.parts.delete(planned.id);
  const said = parts.findLast(({ condition }) => condition !== undefined)?.condition;
  const rest = said === undefined ? '' : `the rest was left out: ${ruledOutWords(said)}`;
  yield* settle(session, planned, 'passed', 0, rest);
  const ended = yield* probeAfter(asked, false);
  if (ended === null) return ON;
  session.outcomes.set(planned.id, ended.outcome);
  return ended;
}

/** Runs what was decided, as far as the conditions of its parts are; `null`: none of that is to be done now. */
async function* runAsFarAsDecided(
  asked: Asked,
  decision: Extract<Decision, { do: 'run' }>,
  rollBack: RollBack,
): AsyncGenerator<RunEvent, Obeyed> {
  const { session, planned } = asked;
  const { parts } = planned.step;
  if (!isPartByPart(session, planned)) return yield* runDecided(asked, decision);
  const over = partsOver(session, planned);
  const isWhole = decision.part === undefined && decision.text === undefined;
  const next = isWhole ? parts.findIndex((_, at) => !over.includes(at + 1)) : decision.part;
  const wanted = next === undefined ? [...parts.keys()] : [next];
  const verdict = yield* askConditions(asked, rollBack, wanted);
  if (verdict !== null) return verdict;
  const left = partsOver(session, planned);
  const isOut = wanted.some((at) => left.includes(at + 1) && !over.includes(at + 1));
  if (isOut) return null;
  return yield* runDecided(asked, next === undefined ? decision : { ...decision, part: next });
}

/** No part of the step is to be done. */
async function* nothingLeft({ session, planned }: Asked): AsyncGenerator<RunEvent, Verdict> {
  const by = session.by();
  yield* skip(session, planned, by, 'none of its parts is to be done');
  return ON;
}

async function* decideStep(
  asked: Asked,
  rollBack: RollBack,
  after: AttemptEnd | null,
): AsyncGenerator<RunEvent, Verdict> {
  const { session, planned, manner } = asked;
  if (after === null && (asked.isHuman || mayNotRun(session, planned))) {
    const question = session.mask(planned.step.title);
    yield { type: 'question.asked', stepId: planned.id, question };
  }
  const askedMs = session.deps.clock.monoMs();
  let failure = after;
  for (;;) {
    const due: Obeyed = failure === null ? yield* partsDue(asked, rollBack) : null;
    const decision: Decision | null = due === null ? await ask(asked, failure, null) : null;
    if (due === null && decision === null) return STOPPED;
    const tookMs = session.deps.clock.monoMs() - askedMs;
    const about = { tookMs, failure, rollBack, open: null };
    const obeyed: Obeyed = decision === null ? due : yield* obey(asked, decision, about);
    if (obeyed === null) {
      // An answer that was taken back is no failure any more, and neither is a part that has passed since.
      if (decision?.do === 'reopen' || decision?.do === 'run') failure = null;
      continue;
    }
    if ('go' in obeyed) return obeyed;
    if (manner.signal.aborted) return STOPPED;
    if (!session.attended) return yield* afterFailure(asked, obeyed, rollBack);
    failure = obeyed;
  }
}

/**
 * Without a person: what nobody knows is looked into before the run goes on or fails; then it goes as the runbook says
 * (`on-fail`).
 */
async function* afterFailure(
  asked: Asked,
  ended: AttemptEnd,
  rollBack: RollBack,
): AsyncGenerator<RunEvent, Verdict> {
  const { session, planned, manner } = asked;
  if (ended.outcome !== 'unknown') return yield* asItSays(asked, failed(asked, ended), rollBack);
  const why = ended.why ?? 'it was ended by a signal';
  const found = yield* resolveUnknown(session, planned, manner.signal, { since: 'now', why });
  if (found === 'done') return ON;
  return found === 'not-done' ? yield* asItSays(asked, failed(asked, ended), rollBack) : found;
}

/** `rollback` carries out what undoes it, and the run has failed; `goto #procedure` goes on there. */
async function* asItSays(
  { session, planned }: Pick<Asked, 'session' | 'planned'>,
  verdict: Verdict,
  rollBack: RollBack,
): AsyncGenerator<RunEvent, Verdict> {
  const says = planned.step.annotations['on-fail'] ?? 'stop';
  const by = 'runbook';
  const { own, others } = waysBack(session.plan, planned, session.outcomes);
  if (says === 'rollback')
    for (const {
      rollback: { id },
    } of own.length > 0 ? own : others) {
      yield { type: 'note.added', by, text: `on-fail=rollback: #${id}`, stepId: planned.id };
      yield* rollBack(id);
    }
  const target = /^goto #(\S+)$/.exec(says)?.[1];
  if (target === undefined) return verdict;
  const there = stepsOfTarget(session.plan, target);
  // Each host goes its own way.
  const to = there.find(({ on }) => on === planned.on) ?? there[0];
  yield { type: 'note.added', by, text: `on-fail=${says}`, stepId: planned.id };
  if (to !== undefined) return { go: 'jump', to: to.id };
  yield* rollBack(target);
  return verdict;
}

/** A way back that an earlier leg of the run left half gone. */
export interface WayLeft {
  /** What was carried out of it stands behind this event. */
  readonly since: number;
  readonly why: string;
  /** Rollbacks that a person chose; none: the runbook says which. */
  readonly chosen: readonly string[];
}

/**
 * The way back from a step, where it was left half gone: the engine was lost, or the run ended, before the run had failed.
 * `null`: it was not. A run that has failed without having been rolled back is another matter: to go on with it is to try
 * again what failed.
 */
export function wayBackLeft(session: Session, { id, step }: PlannedStep): WayLeft | null {
  const { attended, plan, deps } = session;
  const { report } = deps.past ?? {};
  if (report === undefined || report.outcome === 'failed') return null;
  const before = report.steps.find((one) => one.id === id);
  const last = before?.attempts.findLast(({ probe }) => !probe);
  if (last?.finishedAt === null || before?.outcome === 'passed') return null;
  const since = last?.seq ?? -1;
  const said = report.remarks.filter((one) => one.seq > since && one.stepId === id);
  const chosen = said.flatMap(({ event }) => chosenRollback(event) ?? []);
  const { retries, 'on-fail': says = 'stop' } = step.annotations;
  const isBegun = said.some(
    ({ event }) =>
      event.type === 'note.added' && event.by === 'runbook' && isOnWayBack(event, plan),
  );
  const isDue = !attended && says === 'rollback' && last?.outcome === 'failed';
  if (chosen.length === 0 && !isBegun && !(isDue && retries === undefined)) return null;
  const exit = last?.exitCode == null ? 'before' : `exit code ${last.exitCode}`;
  return { since, why: last?.why ?? exit, chosen: [...new Set(chosen)] };
}

const ROLLED_BACK = 'rolled back with';

const chosenRollback = (event: Remark['event']): string | null =>
  event.type === 'deviation.recorded' && event.what.startsWith(`${ROLLED_BACK} \``)
    ? event.what.slice(ROLLED_BACK.length + 2, -1)
    : null;

/** What `asItSays` notes where it goes back: not where it goes on elsewhere in the plan. */
function isOnWayBack({ text }: { readonly text: string }, { runbook, ...plan }: Plan): boolean {
  if (text.startsWith('on-fail=rollback: ')) return true;
  const target = /^on-fail=goto #(\S+)$/.exec(text)?.[1];
  if (target === undefined) return false;
  if (stepsOfTarget({ ...plan, runbook }, target).length > 0) return false;
  return pickProcedures(runbook, [target]).some((one) => isOfRollback(runbook, one));
}

/** Whether a step of the way back was carried out by an earlier leg of the run. */
export function isBehindOnWayBack(
  { outcomes, deps }: Session,
  { id }: PlannedStep,
  { since }: WayLeft,
): boolean {
  const last = deps.past?.report.steps.find((one) => one.id === id)?.attempts.at(-1);
  const isOver = outcomeFacts(outcomes.get(id) ?? null).settled === true;
  return isOver && last !== undefined && last.seq > since;
}

/** Goes the rest of that way; the run has failed as it had before. */
export async function* goRestOfWayBack(
  session: Session,
  planned: PlannedStep,
  { why, chosen }: WayLeft,
  rollBack: RollBack,
): AsyncGenerator<RunEvent, Verdict> {
  const { id } = planned;
  const ended = { go: 'failed', stepId: id, why: `step \`${id}\` failed: ${why}` } as const;
  const verdict = { ...ended, exitCode: EXIT.failed };
  if (chosen.length === 0) return yield* asItSays({ session, planned }, verdict, rollBack);
  for (const one of chosen) yield* rollBack(one);
  return verdict;
}

/** `null`: the run was stopped while the operator was asked. */
async function ask(
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

interface Circumstances {
  readonly tookMs: number;
  readonly failure: AttemptEnd | null;
  readonly rollBack: RollBack;
  /** The condition that was asked about. */
  readonly open: OpenCondition | null;
}

async function* obey(
  asked: Asked,
  decision: Decision,
  { tookMs, failure, rollBack, open }: Circumstances,
): AsyncGenerator<RunEvent, Obeyed> {
  const { session, planned, isHuman } = asked;
  refuseMisplaced(asked, decision, { failure, open });
  const by = session.by();
  const stepId = planned.id;
  const departed = (what: string, why = ''): RunEvent => ({
    type: 'deviation.recorded',
    by,
    what,
    stepId,
    ...(why === '' ? {} : { why: session.mask(why) }),
  });
  switch (decision.do) {
    case 'run':
      return open === null
        ? yield* runAsFarAsDecided(asked, decision, rollBack)
        : undecided(stepId, open);
    case 'holds':
    case 'does-not-hold':
      yield* answered(asked, decision, open);
      return null;
    case 'confirm':
      if (!isHuman) yield departed('done by hand', decision.note);
      yield* settle(session, planned, 'confirmed', tookMs, decision.note);
      return ON;
    case 'not-applicable':
      if (!isHuman) yield departed('not applicable', decision.why);
      yield* settle(session, planned, 'not-applicable', tookMs, decision.why);
      return ON;
    case 'decline':
      return yield* declined(asked, decision.why, tookMs, false);
    case 'deny':
      return yield* declined(asked, decision.why, tookMs, true);
    case 'settle':
      return yield* settleOther(asked, decision, { tookMs, failure, rollBack, open });
    case 'reopen':
      return yield* reopen(asked, decision);
    case 'go-on':
      yield departed('went on although it failed', decision.why);
      yield* goOn(asked, failure, decision.why);
      return ON;
    case 'skip':
      if (session.attended) yield departed('skipped', decision.why);
      yield* skip(session, planned, by, decision.why);
      return ON;
    case 'wait':
      return { go: 'waiting', stepId, why: session.mask(decision.why), exitCode: EXIT.waiting };
    case 'quit':
      return { go: 'waiting', stepId, why: `saved and left by ${by}`, exitCode: EXIT.waiting };
    case 'jump':
      yield departed(`jumped to \`${decision.to}\``, decision.why);
      return { go: 'jump', to: decision.to };
    case 'note':
      yield { type: 'note.added', by, text: session.mask(decision.text), stepId };
      return null;
    case 'command':
      yield* runCommand(asked, decision.text);
      return null;
    case 'probe':
      return yield* probeAsked(asked, failure);
    case 'rollback':
      yield departed(`${ROLLED_BACK} \`${decision.procedure}\``);
      yield* rollBack(decision.procedure);
      return failed(asked, failure);
    case 'stop':
      return failed(asked, failure);
    default:
      return decision satisfies never;
  }
}

/** What nobody decided is never just done. */
function undecided(stepId: string, { condition }: OpenCondition): Verdict {
  const why = `nobody has said ${whetherWords(condition)}. Say \`--holds ${stepId}\` or \`--not ${stepId}\``;
  return { go: 'waiting', stepId, why, exitCode: EXIT.waiting };
}

/** The operator's word on a condition, and on those it excludes. */
async function* answered(
  { session, planned }: Asked,
  decision: Extract<Decision, { do: 'holds' | 'does-not-hold' }>,
  open: OpenCondition | null,
): AsyncGenerator<RunEvent, void> {
  if (open === null) return;
  const by = session.by();
  const alternatives = open.alternatives.map(({ condition }) => condition);
  if (decision.do === 'holds') {
    const chosen = alternatives.find(({ id }) => id === decision.condition) ?? open.condition;
    const why = decision.why ?? 'said when asked';
    yield* decideCondition(session, planned, chosen, { holds: true, by, why });
    return;
  }
  for (const condition of decision.all ? alternatives : [open.condition])
    yield* decideCondition(session, planned, condition, { holds: false, by, why: decision.why });
}

/**
 * The operator says no: the run ends, unless the runbook says to go on after that. A person at a terminal is asked what
 * now, as after any failure.
 */
async function* declined(
  { session, planned }: Asked,
  why: string,
  tookMs: number,
  isDenied: boolean,
): AsyncGenerator<RunEvent, Obeyed> {
  yield* settle(session, planned, 'declined', tookMs, why);
  if (!isDenied && planned.step.annotations['on-fail'] === 'continue') return ON;
  if (!isDenied && session.attended) return declinedEnd(session.mask(why), tookMs);
  const what = isDenied ? 'was not approved' : 'was declined';
  const exitCode = isDenied ? EXIT.denied : EXIT.failed;
  const { id } = planned;
  return {
    go: 'failed',
    stepId: id,
    why: `step \`${id}\` ${what}: ${session.mask(why)}`,
    exitCode,
  };
}

const declinedEnd = (why: string, durationMs: number): AttemptEnd => ({
  outcome: 'failed',
  why,
  durationMs,
  detail: '',
  error: null,
});

type Settling = Extract<Decision, { do: 'settle' }>;

/** Answers a step that a person carries out, before its turn or at it; what is not so is asked about at once. */
async function* settleOther(
  asked: Asked,
  { stepId, outcome, note }: Settling,
  { tookMs, rollBack }: Circumstances,
): AsyncGenerator<RunEvent, Obeyed> {
  const { session, planned } = asked;
  const other = session.plan.steps.find(({ id }) => id === stepId);
  if (other?.by !== 'person') return null;
  const isOwn = stepId === planned.id;
  yield* settle(session, other, outcome, isOwn ? tookMs : 0, note);
  if (outcome === 'declined' && other.step.annotations['on-fail'] !== 'continue') {
    const end = declinedEnd(session.mask(note ?? ''), tookMs);
    if (isOwn) return end;
    const type = session.deps.stepTypes.get(other.step.type);
    const verdict = yield* decide({ ...asked, planned: other, type }, rollBack, end);
    if (verdict.go !== 'on') return verdict;
  }
  session.done.add(stepId);
  return isOwn ? ON : null;
}

/** Takes an answer back. Where the run has come past it, it goes back there and asks nothing else again. */
async function* reopen(
  { session, planned }: Asked,
  { stepId, why }: Extract<Decision, { do: 'reopen' }>,
): AsyncGenerator<RunEvent, Obeyed> {
  const by = session.by();
  yield { type: 'step.resolved', stepId, outcome: 'not-done', by, why: session.mask(why) };
  session.outcomes.delete(stepId);
  session.done.delete(stepId);
  const { steps } = session.plan;
  const to = steps.findIndex(({ id }) => id === stepId);
  return to >= 0 && to < steps.indexOf(planned) ? { go: 'jump', to: stepId, keeps: true } : null;
}

/** What failed stays failed, and is settled: nobody asks about it again. */
async function* goOn(
  { session, planned }: Asked,
  failure: AttemptEnd | null,
  why: string,
): AsyncGenerator<RunEvent, void> {
  const outcome = session.outcomes.get(planned.id) === 'declined' ? 'declined' : 'failed';
  yield* settle(session, planned, outcome, failure?.durationMs ?? 0, why, true);
}
