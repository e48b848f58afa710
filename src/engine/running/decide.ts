import type { Decision, Situation } from '../contracts/operator.ts';
import type { RunEvent } from '../model/event.ts';
import { EXIT } from '../model/outcome.ts';
import { mayNotRun } from './approval.ts';
import { type Asked, failed } from './asked.ts';
import type { AttemptEnd } from './attempt.ts';
import { probeAsked, runCommand, runDecided } from './decided.ts';
import { settle, skip } from './settle.ts';
import { cwdOf } from './step-context.ts';
import { ON, STOPPED, type Verdict } from './verdict.ts';

/** Carries out a rollback procedure by its id. */
export type RollBack = (procedure: string) => AsyncGenerator<RunEvent, void>;

/** `null`: ask again. An attempt's end: it failed, ask what now. */
type Obeyed = Verdict | AttemptEnd | null;

/** Asks the operator about a step, and again after a failure, until it is clear how the run goes on. */
export async function* decide(asked: Asked, rollBack: RollBack): AsyncGenerator<RunEvent, Verdict> {
  const { session, planned, manner } = asked;
  if (asked.isHuman || mayNotRun(session, planned)) {
    const question = session.mask(planned.step.title);
    yield { type: 'question.asked', stepId: planned.id, question };
  }
  const askedMs = session.deps.clock.monoMs();
  let failure: AttemptEnd | null = null;
  for (;;) {
    const decision = await ask(asked, failure);
    if (decision === null) return STOPPED;
    const tookMs = session.deps.clock.monoMs() - askedMs;
    const obeyed: Obeyed = yield* obey(asked, decision, { tookMs, failure, rollBack });
    if (obeyed === null) continue;
    if ('go' in obeyed) return obeyed;
    if (manner.signal.aborted) return STOPPED;
    if (!session.attended) return failed(asked, obeyed);
    failure = obeyed;
  }
}

/** `null`: the run was stopped while the operator was asked. */
async function ask(
  { session, planned, manner }: Asked,
  failure: AttemptEnd | null,
): Promise<Decision | null> {
  if (manner.signal.aborted) return null;
  const quoting = session.deps.stepTypes.get(planned.step.type)?.quoting ?? 'none';
  const situation: Situation = {
    plan: session.plan,
    run: session.deps.run,
    planned,
    position: session.plan.steps.indexOf(planned) + 1,
    text: session.mask(session.filler.tryFill(planned.step.text, quoting).masked),
    cwd: cwdOf(session, planned, planned.step),
    elapsedMs: session.elapsedMs(),
    outcomes: session.outcomes,
    tries: session.tries.get(planned.id) ?? 0,
    failure,
  };
  const stopped = session.stop.stopped.then(() => null);
  return Promise.race([session.deps.operator.decide(situation), stopped]);
}

interface Circumstances {
  readonly tookMs: number;
  readonly failure: AttemptEnd | null;
  readonly rollBack: RollBack;
}

async function* obey(
  asked: Asked,
  decision: Decision,
  { tookMs, failure, rollBack }: Circumstances,
): AsyncGenerator<RunEvent, Obeyed> {
  const { session, planned, isHuman } = asked;
  const by = session.deps.operator.name;
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
      return yield* runDecided(asked, decision);
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
      yield departed(`rolled back with \`${decision.procedure}\``);
      yield* rollBack(decision.procedure);
      return failed(asked, failure);
    case 'stop':
      return failed(asked, failure);
    default:
      return decision satisfies never;
  }
}

/** The operator says no: the run ends, unless the runbook says to go on after that. */
async function* declined(
  { session, planned }: Asked,
  why: string,
  tookMs: number,
  isDenied: boolean,
): AsyncGenerator<RunEvent, Verdict> {
  yield* settle(session, planned, 'declined', tookMs, why);
  if (!isDenied && planned.step.annotations['on-fail'] === 'continue') return ON;
  const what = isDenied ? 'was not approved' : 'was declined';
  const exitCode = isDenied ? EXIT.denied : EXIT.failed;
  return { go: 'failed', why: `step \`${planned.id}\` ${what}: ${session.mask(why)}`, exitCode };
}
