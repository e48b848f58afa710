import { nearest } from '../text/nearest.ts';
import { sha256Of } from '../text/sha256.ts';
import { capturesOf } from './inputs/captures.ts';
import type { QuotingOf } from './inputs.ts';
import type { Diagnostic } from './model/diagnostic.ts';
import { changesSomething } from './model/effect.ts';
import { HandrailError } from './model/errors.ts';
import { canGoOn, isSettled, outcomeFacts } from './model/outcome.ts';
import {
  type BoundInput,
  type Plan,
  type PlannedStep,
  type RunRequest,
  whatRefuses,
} from './model/plan.ts';
import type { AttemptReport, RunReport, StepReport } from './model/report.ts';
import type { InputUse, Runbook } from './model/runbook.ts';
import type { ConditionDecision } from './model/step-condition.ts';
import { changesSince, type StepChange } from './planning/changes.ts';
import type { ListedStep } from './planning/identity.ts';
import { CHAIN } from './record/files.ts';
import type { Verdict } from './record/verdict.ts';
import type { GoneWith } from './running/captured-before.ts';
import { type KeptState, readKeptState } from './running/carried.ts';
import { type Past, stillOpen, type Word } from './running/session.ts';
import { isInDoubt, isSaidDone, leftItsShell, lostCall } from './running/unknown.ts';

/** Whether there is anything to go on with. */
export function isResumable(report: RunReport): boolean {
  const { outcome, steps, seal } = report;
  if (canGoOn(report)) return steps.length > 0;
  // Nobody vouches for an end without a seal: what its steps say is gone through again, and sealed.
  if (outcome === 'passed') return seal === null && steps.length > 0;
  // An earlier edition recorded a resume that was refused as the run's own end.
  return outcome === 'refused' && steps.some(({ attempts }) => attempts.length > 0);
}

/** Throws RUN_NOT_RESUMABLE with the reason, when a run is over or never was. */
export function refuseResume(report: RunReport): void {
  if (isResumable(report)) return;
  const whys: Readonly<Record<string, string>> = {
    passed: 'it passed: nothing is left to do',
    refused: 'preflight refused it: mend what it found, and run the runbook anew',
    skipped: 'it never began: the lock was held. Run the runbook anew',
    running: 'it is running',
  };
  const isOpen = report.seal === null && outcomeFacts(report.outcome).over === true;
  const open = isOpen ? '. Its record stays without a seal: its engine was lost as it ended' : '';
  const why = `${rolledBackWords(report) ?? whys[report.outcome] ?? `it is ${report.outcome}`}${open}`;
  throw new HandrailError('RUN_NOT_RESUMABLE', {
    message: `Run ${report.run} cannot be resumed: ${why}.`,
  });
}

/** `null`: it was not, and not by half either. */
function rolledBackWords({ rolledBack, rollbackLeft }: RunReport): string | null {
  const named = (ids: readonly string[]): string => ids.map((id) => `#${id}`).join(', ');
  const [left, gone] = [named(rollbackLeft), named(rolledBack)];
  if (left !== '')
    return `it was rolled back by half (${left}), and what its steps had done may be undone. Roll it back to the end, then run the runbook anew`;
  return gone === ''
    ? null
    : `it was rolled back (${gone}), and what its steps had done is undone. Run the runbook anew`;
}

/**
 * Throws RUN_NOT_RESUMABLE where what is left is for a step type that nobody here knows: its steps would look as if they had
 * been taken from the page, and be passed over.
 */
export function refuseForeignSteps(
  { run, steps }: RunReport,
  listed: readonly ListedStep[],
  isKnown: (type: string) => boolean,
): void {
  const behind = new Set(steps.filter(isSettled).map(({ id }) => id));
  const [foreign] = listed.filter((step) => !isKnown(step.type) && !behind.has(step.id));
  if (foreign === undefined) return;
  throw new HandrailError('RUN_NOT_RESUMABLE', {
    message: `Run ${run} cannot be resumed here: its step \`${foreign.id}\` (line ${foreign.line}) is of the type \`${foreign.type}\`, which nobody here knows. Resume it with the program that it was run with, or give \`createHandrail\` the same \`stepTypes\`.`,
  });
}

/** The request of a run as it was recorded, with what is given anew; values are not recorded in it. */
export function requestAgain(
  report: RunReport,
  again: Pick<RunRequest, 'attended' | 'inputs' | 'approve' | 'holds' | 'not'>,
): RunRequest {
  const recorded = report.started.request;
  const list = (name: string): readonly string[] => {
    const value = recorded[name];
    return Array.isArray(value) ? value.map(String) : [];
  };
  const text = (name: string): string | null => {
    const value = recorded[name];
    return typeof value === 'string' ? value : null;
  };
  const { timeoutMs, parallel } = recorded;
  return {
    procedures: list('procedures'),
    all: recorded['all'] === true,
    steps: list('steps'),
    from: text('from'),
    to: text('to'),
    tags: list('tags'),
    inputs: again.inputs,
    attended: again.attended,
    approve: [...list('approve'), ...again.approve],
    holds: [...again.holds, ...without(list('holds'), again.not)],
    not: [...again.not, ...without(list('not'), again.holds)],
    timeoutMs: typeof timeoutMs === 'number' ? timeoutMs : null,
    on: list('on'),
    keepGoing: recorded['keepGoing'] === true,
    parallel: typeof parallel === 'number' && parallel > 1 ? parallel : 1,
    reason: text('reason'),
    ticket: text('ticket'),
    incident: text('incident'),
    environment: text('environment'),
  };
}

const without = (names: readonly string[], others: readonly string[]): readonly string[] =>
  names.filter((name) => !others.includes(name));

/** What the run's log holds about conditions, as it was decided last. */
export function recordedDecisions({ conditions }: RunReport): readonly ConditionDecision[] {
  const decisions = conditions.map(({ condition, holds, by, why }) => ({
    condition,
    holds,
    by,
    why,
  }));
  return [...new Map(decisions.map((one) => [one.condition, one])).values()];
}

/** Values that the run's log holds, as they were bound last: everything but what is, or has become, a secret. */
export function recordedValues(report: RunReport, runbook: Runbook): readonly BoundInput[] {
  const values = new Map<string, BoundInput>();
  for (const { name, value, source, secret } of report.inputs) {
    if (value === undefined || secret || isSecretNow(name, runbook)) values.delete(name);
    else values.set(name, { name, value, source, secret });
  }
  return [...values.values()];
}

/**
 * Inputs that a person gave and whose value is not in the log: nothing but a person can give it again. A default or a
 * command would silently be another value.
 */
export function toBeGivenAgain(report: RunReport, runbook: Runbook): ReadonlySet<string> {
  const known = new Set(recordedValues(report, runbook).map(({ name }) => name));
  const given = report.inputs.filter(({ name, source }) => isGiven(source) && !known.has(name));
  return new Set([...given.map(({ name }) => name), ...lostInputs(report)]);
}

/**
 * Throws RUN_NOT_RESUMABLE when the log lacks a value that the run was given, and nobody gives it again; also then where
 * it was cut off in the write that it begins with: nobody vouches for what is left of that.
 */
export function refuseLostInputs(
  report: RunReport,
  inputs: Readonly<Record<string, string>>,
  { name: verdict }: Verdict,
): void {
  if (verdict === 'crash tail' && isCutBeginning(report)) {
    const message = `Run ${report.run} cannot be resumed: its log was cut off while what it was asked to do and its values were written, before any step. Look at what is there, and start a fresh run.`;
    throw new HandrailError('RUN_NOT_RESUMABLE', { message });
  }
  const lost = lostInputs(report).filter((name) => !Object.hasOwn(inputs, name));
  if (lost.length === 0) return;
  const names = lost.map((name) => `\`${name}\``).join(', ');
  const message = `Run ${report.run} was given ${names}, and its log lost the value. Give it again with --input or --inputs.`;
  throw new HandrailError('RUN_NOT_RESUMABLE', { message });
}

function isCutBeginning({ started, inputs, steps }: RunReport): boolean {
  const isUntouched = steps.every(({ attempts }) => attempts.length === 0);
  return isUntouched && inputs.length < (started.bound?.length ?? 0);
}

/** Names that the opening of a run says are bound with it, and whose values do not follow. */
function lostInputs({ started, inputs, steps }: RunReport): readonly string[] {
  const bound = new Set(inputs.map(({ name }) => name));
  const isUntouched = steps.every(({ attempts }) => attempts.length === 0);
  // An earlier edition named what was given, used or not, and had the values on disk before the first step.
  const given = started.bound ?? (isUntouched ? givenNames(started.request) : []);
  return given.filter((name) => !bound.has(name));
}

function givenNames(request: Readonly<Record<string, unknown>>): readonly string[] {
  const names = request['inputs'];
  return Array.isArray(names) ? names.map(String) : [];
}

function isGiven(source: string): boolean {
  return source === '--input' || source === 'operator' || source.startsWith('file ');
}

function isSecretNow(name: string, { frontmatter, inputs }: Runbook): boolean {
  if (frontmatter.inputs?.[name]?.secret === true) return true;
  return inputs.some((input) => input.name === name && input.secret);
}

/** Throws RUN_NOT_RESUMABLE for a record that is not what was written: what has run cannot be told from it. */
export function refuseAltered(
  { run }: { readonly run: string },
  { name, message, line }: Verdict,
): void {
  // An unlisted end has a line: an earlier edition could be lost between the two.
  if (name === 'unlisted' && line === null)
    throw new HandrailError('RUN_NOT_RESUMABLE', {
      message: `Run ${run} cannot be resumed here: the chain of all runs of this state folder (${CHAIN}) does not know it. Resume it where it ran, or carry the whole state folder here.`,
    });
  if (name !== 'altered' && name !== 'truncated') return;
  const why = `${message}. What of it has run cannot be told from its log`;
  const whole = `Run ${run} cannot be resumed: ${why}; look at what is there before anything is run again. \`handrail verify ${run}\` says more.`;
  throw new HandrailError('RUN_NOT_RESUMABLE', { message: whole });
}

/**
 * Throws STEP_NOT_FOUND for a word about a step that neither the run nor its text has, and USAGE for one about a step that
 * is not in doubt: it would settle nothing, and what somebody says is done would be done once more in silence.
 */
export function refuseUnknownWords(
  { steps, runbook }: Plan,
  report: RunReport,
  words: readonly Word[],
): void {
  const ids = [...steps.map(({ id }) => id), ...report.steps.map(({ id }) => id)];
  const known = new Set([...ids, ...steps.map(({ step }) => step.id)]);
  const unknown = words.find(({ step }) => step !== 'last' && !known.has(step));
  if (unknown !== undefined) {
    const { step: name } = unknown;
    const data = { name, path: runbook.path, nearest: nearest(name, ids) };
    throw new HandrailError('STEP_NOT_FOUND', data);
  }
  const doubtful = new Set(report.steps.flatMap((step) => (isInDoubt(step) ? step.id : [])));
  const texts = steps.flatMap(({ id, step }) => (doubtful.has(id) ? step.id : []));
  const settled = new Set([...doubtful, ...texts]);
  const [last] = words.filter(({ step }) => step === 'last');
  const open = [...doubtful].filter((id) => hasToBeSaid(id, steps, report));
  if (last !== undefined && open.length > 1) {
    const which = open.map((id) => `\`${id}\``).join(', ');
    const each = open.map((id) => `--${last.outcome} ${id}`).join(' ');
    const message = `${open.length} steps of run ${report.run} are of unknown outcome (${which}): \`last\` does not say which. Say it of each, as in \`${each}\`.`;
    throw new HandrailError('USAGE', { message });
  }
  const idle = words.find(({ step, outcome }) =>
    step === 'last' ? outcome === 'done' && doubtful.size === 0 : !settled.has(step),
  );
  if (idle === undefined) return;
  const which = idle.step === 'last' ? `No step of run ${report.run}` : `Step \`${idle.step}\``;
  const not = idle.step === 'last' ? 'is' : 'is not';
  const message = `${which} ${not} of unknown outcome: there is nothing for --${idle.outcome} to settle. Resume without it; what is still to be done is carried out.`;
  throw new HandrailError('USAGE', { message });
}

/** Of what was ended half-way only that has to be settled which changes something, or is no longer in the text. */
function hasToBeSaid(id: string, steps: Plan['steps'], report: RunReport): boolean {
  const planned = steps.find((one) => one.id === id);
  if (planned === undefined || changesSomething(planned.step.effect)) return true;
  return report.steps.some((one) => one.id === id && one.outcome === 'unknown');
}

/** Throws when something stands against going on without a person: the run stays as it was, to be resumed later. */
export function refuseFindings({ run }: RunReport, plan: Plan): void {
  const errors = whatRefuses(plan);
  if (errors.length === 0) return;
  const what = errors.map((error) =>
    [`Line ${error.line}: ${error.message}`, error.hint ?? ''].join(' ').trim(),
  );
  const message = `Run ${run} was not resumed, and is as it was. ${what.join(' ')} Resume it once that is mended.`;
  const isUnreachable = errors.every(({ rule }) => rule === 'unreachable');
  throw new HandrailError(isUnreachable ? 'UNREACHABLE' : 'RUNBOOK_REFUSED', {
    message,
    findings: plan.findings,
  });
}

/** What the runbook's changes mean for going on. */
export interface Changed {
  readonly changes: readonly StepChange[];
  readonly findings: readonly Diagnostic[];
  /** Whether a person has to say that the run may go on all the same. */
  readonly refuses: boolean;
}

/**
 * Compares the steps that a run has with those of its text as it is now. Changes behind the cursor warn, changes at it or
 * in the order need `--force`; other words around a step, and what comes after, are only said.
 */
export function changedSince(
  before: readonly ListedStep[],
  now: Plan,
  report: RunReport,
  textOf: (id: string) => string = () => '',
): Changed {
  const changes = changesSince(before, now, report, textOf);
  const refusing = changes.filter(
    ({ where, what }) => (where === 'at' && what !== 'renamed') || what === 'moved',
  );
  const findings = changes
    .filter(({ where, what }) => (where !== 'after' && what !== 'renamed') || what === 'moved')
    .map(
      (change): Diagnostic => ({
        rule: 'changed-runbook',
        severity: refusing.includes(change) ? 'error' : 'warning',
        line: change.line,
        column: 1,
        message: `Step \`${change.id}\` was ${change.what} since this run began (${change.where} the step to go on with).`,
      }),
    );
  return { changes, findings, refuses: refusing.length > 0 };
}

/**
 * Of the two kept states, the later one whose attempt has its end in the log. `altered`: the log vouches for one, and
 * neither is it.
 */
export function stateToGoOnWith(
  texts: readonly (string | undefined)[],
  report: RunReport,
): { readonly state: KeptState; readonly slot: number } | null | 'altered' {
  const ended = endedAttempts(report);
  const vouched = [...ended.values()]
    .filter(({ state }) => state !== null)
    .sort((one, other) => other.seq - one.seq)[0]?.state;
  let best: { readonly state: KeptState; readonly slot: number; readonly seq: number } | null =
    null;
  for (const [slot, text] of texts.entries()) {
    if (text === undefined) continue;
    if (vouched != null && sha256Of(text) !== vouched.sha256) continue;
    const state = readKeptState(text);
    if (state === null) continue;
    const seq = ended.get(`${state.after.stepId}#${state.after.try}`)?.seq;
    if (seq !== undefined && (best === null || seq > best.seq)) best = { state, slot, seq };
  }
  return best === null && vouched != null ? 'altered' : best;
}

function endedAttempts({ steps }: RunReport): ReadonlyMap<string, AttemptReport> {
  const ended = new Map<string, AttemptReport>();
  for (const { id, attempts } of steps)
    for (const attempt of attempts)
      if (attempt.finishedAt !== null) ended.set(`${id}#${attempt.try}`, attempt);
  return ended;
}

/** What steps that are found done had set and captured: for those to come, and of what an earlier step gave under that name. */
export async function goneValues(
  plan: Plan,
  past: Past,
  quotingOf: QuotingOf,
): Promise<{
  readonly gone: readonly GoneWith[];
  readonly uses: readonly InputUse[];
  /** What nobody can give. */
  readonly findings: readonly Diagnostic[];
}> {
  const known = new Map(past.report.steps.map((step) => [step.id, step]));
  const isSaid = (planned: PlannedStep): boolean => isSaidDone(planned, past);
  const lost = plan.steps.filter(
    (planned) => isSaid(planned) || wasFoundDone(known.get(planned.id)),
  );
  if (lost.length === 0) return { gone: [], uses: [], findings: [] };
  const { lostCalls, lostUses, valuesSetBy } = await import('./inputs.ts');
  const open = stillOpen(plan, past).filter((planned) => !isSaid(planned));
  const at = (planned: PlannedStep): number => plan.steps.indexOf(planned);
  const leftShells = plan.steps.filter(({ id }) => leavesShell(known.get(id)));
  const gone = lost.map((planned): GoneWith => {
    const isNewer = (one: PlannedStep): boolean =>
      placeIn(one) === placeIn(planned) && at(one) > at(planned);
    const isShell = quotingOf(planned.step.type) === 'shell';
    return {
      planned,
      variables: isShell ? valuesSetBy(planned.step) : [],
      captures: capturesOf(planned.step),
      isOlder: !leftShells.some(isNewer),
    };
  });
  const uses = lost.filter(isSaid).flatMap((planned) => {
    const isThere = (one: PlannedStep): boolean => leavesShell(known.get(one.id));
    const behind = plan.steps.slice(0, at(planned)).filter(isThere);
    const rest = open.filter((one) => at(one) > at(planned));
    return lostUses({ behind, lost: planned, rest }, plan.runbook, quotingOf);
  });
  const findings = lost.filter(isSaid).flatMap((planned) => {
    const rest = open.filter((one) => at(one) > at(planned));
    return lostCalls({ lost: planned, rest }, quotingOf).map(
      (call): Diagnostic => ({
        rule: 'lost-call',
        severity: 'error',
        line: call.step.line,
        column: 1,
        ...lostCall(planned, 'said with --done', call),
      }),
    );
  });
  return { gone, uses, findings };
}

function wasFoundDone(step: StepReport | undefined): boolean {
  if (step === undefined) return false;
  if (step.outcome === 'skipped') return step.by === 'probe';
  return step.outcome === 'passed' && step.resolution?.outcome === 'done' && !leftItsShell(step);
}

const leavesShell = (step: StepReport | undefined): boolean =>
  step !== undefined && leftItsShell(step);

/** As it is written: two steps with the same words run at the same place. */
function placeIn({ step, on }: PlannedStep): string | undefined {
  return step.annotations.in ?? step.annotations.host ?? on;
}
