import { promisedBy } from '../contracts/broken-promise.ts';
import type { Recalled } from '../contracts/step-type.ts';
import type { LostCall, QuotingOf } from '../inputs.ts';
import { HandrailError } from '../model/errors.ts';
import type { RunEvent } from '../model/event.ts';
import { fields, maybe, oneOf, text } from '../model/guard.ts';
import { EXIT } from '../model/outcome.ts';
import { areAllBehind, type PartOf, withPart } from '../model/parts.ts';
import type { PlannedStep } from '../model/plan.ts';
import type { StepReport } from '../model/report.ts';
import { askValue } from './missing-inputs.ts';
import { runProbe } from './probe.ts';
import type { Past, Session, Word } from './session.ts';
import { placeOf, stepContext } from './step-context.ts';
import { unknownOutcome, type Verdict } from './verdict.ts';

type Resolved = 'done' | 'not-done';
type Unresolved = Extract<Verdict, { go: 'waiting' }>;

/**
 * Finds out what became of a step whose engine was lost while it ran: the word given with `--done` or
 * `--not-done` says it, else the place where it ran, else its probe, else the operator, else the runbook (`on-unknown`). A
 * verdict: nobody can say, or what it had set is gone and nobody gives it; nothing is settled then. `not-done`: something
 * of it is left to do. `since`: when its outcome was lost; a word was given before this leg of the run began, and says
 * nothing of what was begun in it. `why`: why nobody knows.
 */
export async function* resolveUnknown(
  session: Session,
  planned: PlannedStep,
  signal: AbortSignal,
  { since, why: unknown }: { readonly since: 'before' | 'now'; readonly why: string },
): AsyncGenerator<RunEvent, Resolved | Unresolved> {
  const said = since === 'before' ? byWord(session, planned.id, planned.step.id) : null;
  const found =
    said ??
    (await byPlace(session, planned, signal)) ??
    (yield* byProbe(session, planned, signal)) ??
    (await byPeople(session, planned));
  if (found === null) return unknownOutcome(planned, unknown);
  const part = found.isWhole === true ? null : underWay(session, planned.id);
  const { outcome, by, why } = found;
  if (outcome === 'done' && part === null) {
    // What a word says was looked at before this leg began.
    if (said !== null) session.lostShells.add(planned.id);
    const lost = said === null ? yield* withoutItsShell(session, planned, why) : null;
    if (lost !== null) return lost;
  }
  const about = part === null ? {} : { part };
  yield { type: 'step.resolved', stepId: planned.id, outcome, by, why, ...about };
  session.outcomes.delete(planned.id);
  if (outcome === 'not-done') return outcome;
  if (part !== null) {
    session.parts.set(planned.id, withPart(session.parts.get(planned.id), part));
    return 'not-done';
  }
  session.parts.delete(planned.id);
  session.outcomes.set(planned.id, 'passed');
  return outcome;
}

/** Goes on behind a step that is found done, without what it left in its shell; a verdict: what comes next needs that. */
export async function* withoutItsShell(
  session: Session,
  planned: PlannedStep,
  reason: string,
): AsyncGenerator<RunEvent, Unresolved | null> {
  const [call] = await lostCallsOf(session, planned);
  if (call !== undefined) {
    const { message, hint } = lostCall(planned, reason, call);
    const why = `${message.replace(/\.$/, '')}. ${hint}`;
    return { go: 'waiting', stepId: planned.id, why, exitCode: EXIT.refused };
  }
  const lost = yield* stillLost(session, planned);
  if (lost.length > 0) return lostWithIt(planned, reason, lost);
  session.lostShells.add(planned.id);
  return null;
}

async function lostCallsOf(session: Session, planned: PlannedStep): Promise<readonly LostCall[]> {
  const { steps } = session.plan;
  const at = steps.findIndex(({ id }) => id === planned.id);
  const { lostCalls } = await import('../inputs.ts');
  const rest = steps.slice(at + 1).filter(({ id }) => !session.done.has(id));
  return lostCalls({ lost: planned, rest }, quotingIn(session));
}

function quotingIn({ deps }: Session): QuotingOf {
  return (name) => deps.stepTypes.get(name)?.quoting ?? 'none';
}

/** Says of a function or alias that is gone what is the case, and what to do. */
export function lostCall(
  { id }: PlannedStep,
  reason: string,
  { name, step }: LostCall,
): { readonly message: string; readonly hint: string } {
  return {
    message: `Step \`${id}\` was done (${reason.replace(/\.$/, '')}), and \`${name}\`, which it had defined and step \`${step.id}\` calls, is gone with its shell.`,
    hint: `Define \`${name}\` in step \`${step.id}\` too, or have \`${id}\` done again with \`--not-done ${id}\`.`,
  };
}

/** Names that only a step which is found done had set, those left out that the operator gives now. */
async function* stillLost(
  session: Session,
  planned: PlannedStep,
): AsyncGenerator<RunEvent, readonly string[]> {
  const { runbook, steps, request, values } = session.plan;
  const at = steps.findIndex(({ id }) => id === planned.id);
  const { lostUses, valuesSetBy } = await import('../inputs.ts');
  const quotingOf = quotingIn(session);
  const uses = lostUses(
    {
      behind: steps.slice(0, Math.max(at, 0)).filter((one) => hasItsShell(session, one)),
      lost: planned,
      rest: steps.slice(at + 1).filter(({ id }) => !session.done.has(id)),
    },
    runbook,
    quotingOf,
  );
  const lost: string[] = [];
  for (const { name, spelling } of uses) {
    // What else holds a value of that name, such as an earlier step's, holds an older one.
    const given = values.find((value) => value.name === name);
    if (given !== undefined && Object.hasOwn(request.inputs, name)) await session.bind(given);
    else {
      const isVariable = spelling.startsWith('$');
      if (!session.attended || !(yield* askValue(session, name, isVariable))) lost.push(name);
    }
  }
  const names = quotingOf(planned.step.type) === 'shell' ? valuesSetBy(planned.step) : [];
  if (lost.length === 0) session.carried.supersede(names, placeOf(session, planned, planned.step));
  return lost;
}

/** Whether what a step left in the shell is there for those behind it. */
function hasItsShell({ deps, done, tries, lostShells }: Session, { id }: PlannedStep): boolean {
  if (!done.has(id) || lostShells.has(id)) return false;
  const before = deps.past?.report.steps.find((one) => one.id === id);
  if ((tries.get(id) ?? 0) > (before?.attempts.at(-1)?.try ?? 0)) return true;
  return deps.past?.kept != null && before !== undefined && leftItsShell(before);
}

/** Of one whose engine was lost, or whose shell was killed, nobody has the variables, whoever says that it was done. */
export function leftItsShell({ attempts }: Pick<StepReport, 'attempts'>): boolean {
  const last = attempts.findLast(({ probe }) => !probe);
  if (last === undefined || last.finishedAt === null) return false;
  return last.signal === null || last.state !== null;
}

function lostWithIt({ id }: PlannedStep, reason: string, names: readonly string[]): Unresolved {
  const what = names.map((name) => `\`${name}\``).join(', ');
  const say = names.map((name) => `\`--input ${name}=…\``).join(' ');
  const why = `step \`${id}\` was done (${reason.replace(/\.$/, '')}), and ${what}, which it had set, ${names.length === 1 ? 'is' : 'are'} gone with its shell. Give ${names.length === 1 ? 'it' : 'them'} with ${say}`;
  return { go: 'waiting', stepId: id, why, exitCode: EXIT.refused };
}

/** The part of its fence that ran when the engine was lost, where others are left; `null`: it was all that was left. */
function underWay({ parts, deps }: Session, id: string): PartOf | null {
  const before = deps.past?.report.steps.find((one) => one.id === id);
  const part = before?.attempts.findLast(({ probe }) => !probe)?.part ?? null;
  return part === null || areAllBehind(withPart(parts.get(id), part)) ? null : part;
}

interface Finding {
  readonly outcome: Resolved;
  readonly by: string;
  readonly why: string;
  /** Whoever says so speaks of the whole step, not of the part of it that ran. */
  readonly isWhole?: boolean;
}

const FOUND = maybe(fields({ outcome: oneOf(['done', 'not-done']), why: text }));

/** What the place wrote down where it ran; what has to be seen of its output is seen by nobody any more. */
async function byPlace(
  session: Session,
  planned: PlannedStep,
  signal: AbortSignal,
): Promise<Finding | null> {
  const { step } = planned;
  const type = session.deps.stepTypes.get(step.type);
  const before = session.deps.past?.report.steps.find((one) => one.id === planned.id);
  const last = before?.attempts.findLast(({ probe }) => !probe);
  if (type?.recall === undefined || last === undefined || last.part !== null) return null;
  if (session.outcomes.get(planned.id) !== 'unknown' || step.expectation !== null) return null;
  try {
    const context = stepContext(session, planned, step, type, {
      text: step.text,
      signal,
      isolated: true,
      wantsTerminal: false,
      try: last.try,
    });
    const recall = async (): Promise<Recalled | undefined> =>
      type.recall?.(step, step.body, context);
    const said = await promisedBy(type.name, 'recall', FOUND, recall);
    return said === undefined ? null : { ...said, by: placeOf(session, planned, step) ?? 'itself' };
  } catch (error) {
    // Where nobody answers nobody can say.
    if (error instanceof HandrailError) return null;
    throw error;
  }
}

/** A probe that cannot come to its end says nothing. */
async function* byProbe(
  session: Session,
  planned: PlannedStep,
  signal: AbortSignal,
): AsyncGenerator<RunEvent, Finding | null> {
  const ended = yield* runProbe(session, planned, signal, () => null);
  if (ended === null || ended.error !== null) return null;
  const by = `probe \`${planned.probe?.id ?? ''}\``;
  if (ended.outcome === 'passed')
    return { outcome: 'done', by, why: 'its probe passed', isWhole: true };
  if (ended.outcome === 'failed') return { outcome: 'not-done', by, why: 'its probe failed' };
  return null;
}

const wordOn = (words: readonly Word[], ids: readonly string[]): Word | undefined =>
  words.find(({ step }) => step === 'last' || ids.includes(step));

/** Whether a word given beforehand settles that a whole step was done: it is not run, and its shell is gone. */
export function isSaidDone({ id, step }: PlannedStep, { report, words }: Past): boolean {
  const before = report.steps.find((one) => one.id === id);
  const part = before?.attempts.findLast(({ probe }) => !probe)?.part ?? null;
  if (before === undefined || part !== null || !isInDoubt(before)) return false;
  return wordOn(words, [id, step.id])?.outcome === 'done';
}

/** What somebody said beforehand; nobody and nothing knows it better. */
function byWord(session: Session, ...ids: readonly string[]): Finding | null {
  const { past, who } = session.deps;
  const word = wordOn(past?.words ?? [], ids);
  if (word === undefined) return null;
  const flag = word.outcome === 'done' ? '--done' : '--not-done';
  return { outcome: word.outcome, by: who.user ?? session.by(), why: `said with ${flag}` };
}

/**
 * Steps of unknown outcome that the text no longer has: nobody forgets them. The word given with `--done` or `--not-done`
 * settles one; without it the run waits.
 */
export async function* resolveForgotten(session: Session): AsyncGenerator<RunEvent, string | null> {
  const planned = new Set(session.plan.steps.map(({ id }) => id));
  for (const step of session.deps.past?.report.steps ?? []) {
    const { id } = step;
    if (!isInDoubt(step) || planned.has(id)) continue;
    const found = byWord(session, id);
    if (found === null) return id;
    yield { type: 'step.resolved', stepId: id, ...found };
    session.outcomes.delete(id);
    if (found.outcome === 'done') session.outcomes.set(id, 'passed');
  }
  return null;
}

/**
 * Whether somebody may have to say what became of it: what ran out of its time was ended half-way, too, unless the author
 * said beforehand that the run goes on all the same.
 */
export function isInDoubt({ outcome, own, attempts }: StepReport): boolean {
  if (own) return false;
  if (outcome === 'timed-out') return attempts.at(-1)?.handled !== true;
  return outcome === 'unknown' || outcome === 'cancelled';
}

async function byPeople(session: Session, planned: PlannedStep): Promise<Finding | null> {
  const { operator } = session.deps;
  const policy = planned.step.annotations['on-unknown'] ?? 'ask';
  if (policy === 'ask' || session.attended) {
    const answer = await operator.resolve(planned);
    if (answer !== undefined) return { ...answer, by: session.by() };
  }
  if (policy === 'ask') return null;
  const outcome = policy === 'done' ? 'done' : 'not-done';
  return { outcome, by: 'runbook', why: `the runbook says on-unknown=${policy}` };
}
