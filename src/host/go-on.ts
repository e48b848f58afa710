import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Operator } from '../engine/contracts/operator.ts';
import type { RunReader, RunStore } from '../engine/contracts/run-store.ts';
import { MASK } from '../engine/inputs/hole.ts';
import type { QuotingOf } from '../engine/inputs.ts';
import { decode } from '../engine/load.ts';
import { HandrailError } from '../engine/model/errors.ts';
import type { Attachment } from '../engine/model/event.ts';
import type {
  BoundInput,
  Plan,
  PlannedStep,
  PreparedPlan,
  RunRequest,
} from '../engine/model/plan.ts';
import type { RunReport } from '../engine/model/report.ts';
import type { InputUse, Runbook, SourceText } from '../engine/model/runbook.ts';
import type { ConditionDecision } from '../engine/model/step-condition.ts';
import { listedSteps, withPartsOfPassed } from '../engine/planning/changes.ts';
import { withItems } from '../engine/planning/each-item.ts';
import {
  knownSteps,
  type ListedStep,
  listSteps,
  underKnownIds,
} from '../engine/planning/identity.ts';
import { WRITTEN } from '../engine/planning/planned-texts.ts';
import { RUNBOOK, stateFile } from '../engine/record/files.ts';
import { readChain } from '../engine/record/read-chain.ts';
import { findResumable, findRun } from '../engine/record/runs.ts';
import type { Verdict } from '../engine/record/verdict.ts';
import { strayOutputs } from '../engine/record/wrong-file.ts';
import {
  type Changed,
  changedSince,
  goneValues,
  recordedDecisions,
  recordedValues,
  refuseAltered,
  refuseForeignSteps,
  refuseLostInputs,
  refuseResume,
  requestAgain,
  stateToGoOnWith,
  toBeGivenAgain,
} from '../engine/resume.ts';
import { isShellName } from '../engine/running/captured-before.ts';
import { type KeptState, lostSecrets, unknownSecrets } from '../engine/running/carried.ts';
import { saidBefore } from '../engine/running/said.ts';
import { type Past, stillOpen, type Word } from '../engine/running/session.ts';
import { isInDoubt, isSaidDone, leftItsShell } from '../engine/running/unknown.ts';
import { environmentSecrets } from '../engine/secrets.ts';
import { formatDuration, parseDuration } from '../text/duration.ts';
import { sha256Of } from '../text/sha256.ts';
import { busy } from './eager-lock.ts';
import type { ReadText } from './read-page.ts';

/** What is given to a resume. */
export interface ResumeRequest
  extends Pick<RunRequest, 'attended' | 'inputs' | 'approve' | 'holds' | 'not'> {
  readonly words: readonly Word[];
  /** Go on although the runbook changed at the step to go on with, or its order did. */
  readonly force: boolean;
  /** The seal is to be signed from here on: who takes the signature away leaves the wish for it behind. */
  readonly signed?: true;
}

/** What is given when nothing is said: nothing new, without a person. */
export const DEFAULT_RESUME: ResumeRequest = {
  attended: false,
  inputs: {},
  approve: [],
  holds: [],
  not: [],
  words: [],
  force: false,
};

/** What looking at a run again takes of the pipeline. */
export interface Pipeline {
  readonly store: RunStore;
  readonly nowMs: number;
  readonly load: (path: string) => Promise<SourceText>;
  readonly parse: (source: SourceText) => Promise<Runbook>;
  readonly plan: (
    runbook: Runbook,
    request: Partial<RunRequest>,
    decided?: readonly ConditionDecision[],
  ) => Promise<Plan>;
  readonly prepare: (
    plan: Plan,
    operator: Operator,
    recorded: readonly BoundInput[],
    again: ReadonlySet<string>,
    behind: readonly PlannedStep[],
    doubtful: ReadonlySet<string>,
    gone: readonly InputUse[],
    kept: readonly InputUse[],
  ) => Promise<PreparedPlan>;
  readonly quotingOf: QuotingOf;
  /** Whether there is a step type of that name. */
  readonly isKnown: (type: string) => boolean;
  readonly report: (reader: RunReader) => Promise<RunReport>;
  readonly verify: (reader: RunReader) => Promise<Verdict>;
}

/** Binds and looks for what is still to be done: what an attempt before has behind it needs nothing any more. */
export async function prepareRest(
  pipeline: Pipeline,
  now: Plan,
  past: Past,
  operator: Operator,
): Promise<{ readonly plan: Plan; readonly past: Past }> {
  const { gone, uses, findings } = await goneValues(now, past, pipeline.quotingOf);
  const open = stillOpen(now, past).filter((planned) => !isSaidDone(planned, past));
  const inShells = new Set(gone.flatMap(({ variables, captures }) => [...variables, ...captures]));
  // What was given in the place of what a shell had set stands where that would stand.
  const recorded = recordedValues(past.report, now.runbook).map((value) =>
    inShells.has(value.name) && isShellName(value.name) ? { ...value, variable: true } : value,
  );
  const again = toBeGivenAgain(past.report, now.runbook);
  const behind = stepsBehind(now, open, past);
  const inDoubt = past.report.steps.filter(isInDoubt).map(({ id }) => id);
  const rest = await pipeline.prepare(
    { ...now, steps: open },
    operator,
    recorded,
    again,
    behind,
    new Set(inDoubt),
    uses,
    secretsKept(now, past),
  );
  const bound = new Set(rest.values.map((value) => value.name));
  const values = [...rest.values, ...recorded.filter((value) => !bound.has(value.name))];
  const all = [...findings, ...rest.findings];
  return { plan: { ...now, values, findings: all }, past: { ...past, gone } };
}

/** Inputs of the page whose values what earlier steps left needs, and that are not recorded. */
function secretsKept({ runbook }: Plan, { kept }: Past): readonly InputUse[] {
  if (kept === null) return [];
  const marked = new Set(unknownSecrets(kept.state, new Set()));
  return runbook.inputs.filter(({ name }) => marked.has(name));
}

/** Throws RUN_NOT_RESUMABLE where what earlier steps left holds a secret that nobody knows now: nothing would stand in its place. */
export function refuseUnknownSecrets(
  { run }: RunReport,
  { kept }: Past,
  known: ReadonlySet<string>,
): void {
  if (kept === null) return;
  const names = unknownSecrets(kept.state, known);
  if (names.length === 0) return;
  const isWritten = names.some((name) => name.startsWith(WRITTEN));
  const what = isWritten
    ? 'secrets that stood on the page and are no longer there'
    : `the secret ${names.map((name) => `\`${name}\``).join(', ')}, which has no value now`;
  const message = `Run ${run} was not resumed, and is as it was: what its steps left in their shell holds ${what}. Give it again or put it back and resume, or start a fresh run; --force goes on without.`;
  throw new HandrailError('RUN_NOT_RESUMABLE', { message });
}

/** Steps that were carried out, where what they left in the shell is still there. */
function stepsBehind(now: Plan, open: Plan['steps'], past: Past): Plan['steps'] {
  if (past.kept === null) return [];
  const isOpen = new Set(open.map(({ id }) => id));
  const left = new Set(past.report.steps.flatMap((step) => (leftItsShell(step) ? step.id : [])));
  return now.steps.filter(({ id }) => left.has(id) && !isOpen.has(id));
}

/** The plan with what the log holds of its values, for showing: those of secrets stand in no log. */
export function withRecordedValues(plan: Plan, report: RunReport): Plan {
  const hidden = report.inputs
    .filter(({ value }) => value === undefined)
    .map(({ name, source }): BoundInput => ({ name, value: MASK, source, secret: true }));
  const known = recordedValues(report, plan.runbook);
  const values = new Map([...hidden, ...known].map((bound) => [bound.name, bound]));
  const steps = plan.steps.map((planned) => saidBefore(planned, values));
  return { ...plan, steps, values: [...values.values()] };
}

/** A run that could be gone on with: how it stands, and its text and plan as they are now. */
export async function lookAgain(pipeline: Pipeline, name: string | null, request: ResumeRequest) {
  const isLast = name === null || name === 'last';
  const reader = isLast ? await findResumable(pipeline.store) : await findRun(pipeline.store, name);
  if (await reader.live()) throw busy(`Run ${reader.run} is being carried out right now.`);
  const verdict = await pipeline.verify(reader);
  refuseAltered(reader, verdict);
  const report = await pipeline.report(reader);
  refuseResume(report);
  refuseLostInputs(report, request.inputs, verdict);
  const kept = await keptSource(reader, report);
  const { source, runbook } = await readAgain(pipeline, report, kept);
  refuseOverdue(report, runbook, pipeline.nowMs, request.force);
  const asked = requestAgain(report, request);
  const before = await stepsOf(pipeline, report, kept, asked);
  refuseForeignSteps(report, before, pipeline.isKnown);
  const found = await planAgain(pipeline, runbook, asked, report, before);
  const known = new Map(recordedValues(report, runbook).map((value) => [value.name, value]));
  // What steps captured before is there; what one that is still to come captures is known only then.
  const isSameText = source.sha256 === kept.sha256;
  const ran = isSameText ? runbook : await pipeline.parse(kept);
  const textOf = textsOf(ran, report);
  const named = underKnownIds(found, before);
  const onPage = { ...withPartsOfPassed(named, before, report, textOf), request: asked };
  const now = withItems(
    onPage,
    (input) => known.get(input),
    () => false,
  );
  const changed = changedSince(before, onPage, report, textOf);
  const isSame = isSameText && changed.changes.length === 0;
  return { reader, report, source, now, changed: isSame ? null : changed };
}

/** The steps of a run as its log lists them; an earlier edition wrote less of them, and the text that ran says the rest. */
async function stepsOf(
  pipeline: Pipeline,
  report: RunReport,
  kept: SourceText,
  asked: RunRequest,
): Promise<readonly ListedStep[]> {
  const known = listedSteps(report);
  if (known.some(({ own }) => own !== undefined)) return known;
  const plan = await pipeline.plan(await pipeline.parse(kept), asked);
  const ids = new Set(known.map(({ id }) => id));
  return listSteps(plan).filter(({ id }) => ids.has(id));
}

/** What was asked for by names that an edit has changed is the steps that the run knows, wherever they stand now. */
async function planAgain(
  pipeline: Pipeline,
  runbook: Runbook,
  asked: RunRequest,
  report: RunReport,
  before: readonly ListedStep[],
): Promise<Plan> {
  const decided = recordedDecisions(report);
  try {
    return await pipeline.plan(runbook, { ...asked, approve: [] }, decided);
  } catch (error) {
    const isRenamed =
      error instanceof HandrailError &&
      (error.code === 'STEP_NOT_FOUND' || error.code === 'PROCEDURE_NOT_FOUND');
    if (!isRenamed) throw error;
  }
  const names = { procedures: [], all: true, steps: [], from: null, to: null };
  const whole = await pipeline.plan(runbook, { ...asked, ...names, approve: [] }, decided);
  const known = knownSteps(before, listSteps(whole));
  return { ...whole, steps: whole.steps.filter((_, at) => known[at] !== undefined) };
}

async function readAgain(
  pipeline: Pipeline,
  report: RunReport,
  kept: SourceText,
): Promise<ReadText> {
  const path = runbookPath(report);
  if (path === undefined) return { source: kept, runbook: await pipeline.parse(kept) };
  const source = { ...(await pipeline.load(path)), path: kept.path };
  return { source, runbook: await pipeline.parse(source) };
}

/** What steps did as the run began: as its text has it, or of a linked runbook's as the log has it. */
function textsOf(ran: Runbook, { steps }: RunReport): (id: string) => string {
  const texts = new Map(
    steps.map(({ id, attempts }) => [id, attempts.findLast(({ probe }) => !probe)?.text ?? '']),
  );
  for (const { id, text } of ran.steps) texts.set(id, text);
  return (id) => texts.get(id) ?? '';
}

const MAX_LOST_ENGINES = 3;

/** The text that a run began with, as it is kept beside its log. */
export async function keptSource(reader: RunReader, report: RunReport): Promise<SourceText> {
  const bytes = await reader.file(RUNBOOK);
  if (bytes === undefined)
    throw new HandrailError('RUN_NOT_RESUMABLE', {
      message: `Run ${report.run} cannot be resumed: its copy of the runbook is missing from ${reader.where}.`,
    });
  const path = pathOf(report);
  const { sha256 } = report.started.runbook;
  if (sha256Of(bytes) !== sha256)
    throw new HandrailError('RUN_NOT_RESUMABLE', {
      message: `Run ${report.run} cannot be resumed: its copy of the runbook in ${reader.where} is not the text that its log vouches for. \`handrail verify ${report.run}\` says more.`,
    });
  const shown = report.started.runbook.path;
  return { path: shown, folder: dirname(path), bytes, text: decode(bytes), sha256 };
}

/** Where the runbook stood, and probably still stands; `undefined`: it is gone. */
export function runbookPath(report: RunReport): string | undefined {
  const path = pathOf(report);
  return existsSync(path) ? path : undefined;
}

/** What a run goes on from. Throws RUN_NOT_RESUMABLE when the runbook changed too much, or it was lost too often. */
export async function pastOf(
  reader: RunReader,
  report: RunReport,
  changed: Changed | null,
  request: ResumeRequest,
  env: Readonly<Record<string, string>>,
): Promise<Past> {
  if (changed?.refuses && !request.force) throw refusedChange(report, changed);
  if (!request.attended && !request.force && lostTooOften(report)) throw lostEngines(report);
  const texts = await Promise.all(
    [0, 1].map(async (slot) => {
      const bytes = await reader.file(stateFile(slot));
      return bytes && Buffer.from(bytes).toString();
    }),
  );
  const kept = stateToGoOnWith(texts, report);
  if (kept === 'altered' && !request.force) throw alteredState(report);
  if (kept !== null && kept !== 'altered' && !request.force)
    refuseLostSecrets(report, kept.state, env);
  return {
    report,
    kept: kept === 'altered' ? null : kept,
    left: await leftBehind(reader),
    gone: [],
    words: request.words,
    changed: changed !== null,
    changes: (changed?.changes ?? []).map(({ id, what, line }) => ({ id, what, line })),
    forced: request.force && changed?.refuses === true,
    ...(request.signed && { signed: request.signed }),
  };
}

/** Output that no event vouches for: of attempts whose engine was lost. */
async function leftBehind(reader: RunReader): Promise<Past['left']> {
  const chain = await readChain(reader.run, reader.lines(), new Set());
  const left: Attachment[] = [];
  for (const path of await strayOutputs(reader, { ...chain, open: [] })) {
    const found = await reader.digest(path);
    if (found !== undefined) left.push({ path, ...found });
  }
  return left;
}

/** Going on without them would run commands with nothing in the place of a secret. */
function refuseLostSecrets(
  { run }: RunReport,
  kept: KeptState,
  env: Readonly<Record<string, string>>,
): void {
  const lost = lostSecrets(kept, new Set(environmentSecrets(env).map(({ name }) => name)));
  if (lost.length === 0) return;
  const again = lost.filter((name) => name !== '').map((name) => `\`${name}\``);
  const replaced = again.length < lost.length;
  const names = again.length > 0 ? again.join(', ') : 'values of secrets that they replaced later';
  const what = replaced
    ? 'which cannot be given again: start a fresh run'
    : `and no secret is kept in the record: set ${again.length === 1 ? 'it' : 'them'} in the environment and resume`;
  const message = `Run ${run} was not resumed, and is as it was: its steps had computed ${names}, ${what}; --force goes on without.`;
  throw new HandrailError('RUN_NOT_RESUMABLE', { message });
}

function alteredState({ run }: RunReport): HandrailError {
  const message = `Run ${run} cannot be gone on with: the variables and functions that its steps left are not those that its log vouches for. Look at \`handrail verify ${run}\`; --force goes on without them.`;
  return new HandrailError('RUN_NOT_RESUMABLE', { message });
}

function refusedChange(report: RunReport, { findings }: Changed): HandrailError {
  const what = findings.map(({ line, message }) => `line ${line}: ${message}`).join(' ');
  const all = `The runbook changed since run ${report.run} began. ${what} Look at it, then resume with --force, or start a fresh run.`;
  return new HandrailError('RUN_NOT_RESUMABLE', { message: all, findings });
}

/** Recovery has a budget: a step that loses its engine again and again needs a person. */
function lostTooOften(report: RunReport): boolean {
  return report.steps.some(
    ({ attempts }) =>
      attempts.filter(({ outcome, probe }) => outcome === 'unknown' && !probe).length >=
      MAX_LOST_ENGINES,
  );
}

function lostEngines(report: RunReport): HandrailError {
  const message = `Run ${report.run} lost its engine ${MAX_LOST_ENGINES} times at the same step. Resume it at a terminal, or with --force.`;
  return new HandrailError('RUN_NOT_RESUMABLE', { message });
}

function pathOf({ started }: RunReport): string {
  return resolve(started.who.cwd, started.runbook.path);
}

/** Throws RUN_NOT_RESUMABLE when a run has waited for a person longer than its runbook allows (`waiting: 8h`). */
function refuseOverdue(
  { run, outcome, lastEventAt }: RunReport,
  { frontmatter }: Runbook,
  nowMs: number,
  isForced: boolean,
): void {
  const limitMs = parseDuration(frontmatter.waiting ?? '');
  if (limitMs === undefined || outcome !== 'waiting' || isForced) return;
  const waitedMs = nowMs - Date.parse(lastEventAt);
  if (waitedMs <= limitMs) return;
  const message = `Run ${run} has waited for a person for ${formatDuration(waitedMs)}; its runbook allows ${formatDuration(limitMs)} (\`waiting\`). Start a fresh run, or resume it with --force when what came before still holds.`;
  throw new HandrailError('RUN_NOT_RESUMABLE', { message });
}
