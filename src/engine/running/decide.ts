import type { Decision, OpenCondition } from '../contracts/operator.ts';
import type { RunEvent } from '../model/event.ts';
import { EXIT } from '../model/outcome.ts';
import { askedOf, ruledOutWords } from '../model/step-condition.ts';
import {
  answered,
  declined,
  declinedEnd,
  goOn,
  nothingLeft,
  type Obeyed,
  reopen,
  undecided,
} from './answers.ts';
import { mayNotRun } from './approval.ts';
import { type Asked, ask, failed } from './asked.ts';
import type { AttemptEnd } from './attempt.ts';
import { isPartByPart, narrowed, openCondition, partsOver, whyRuledOut } from './conditions.ts';
import { probeAsked, refuseMisplaced, runCommand, runDecided } from './decided.ts';
import { probeAfter } from './retries.ts';
import { ruleOut, settle, skip } from './settle.ts';
import { resolveUnknown } from './unknown.ts';
import { ON, STOPPED, type Verdict } from './verdict.ts';
import { asItSays, ROLLED_BACK, type RollBack } from './way-back.ts';

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
