import { realpathSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Clock } from './engine/contracts/clock.ts';
import type { Operator } from './engine/contracts/operator.ts';
import type { RenderContext, Renderer } from './engine/contracts/renderer.ts';
import type { RunReader, RunStore } from './engine/contracts/run-store.ts';
import type { AnyStepType } from './engine/contracts/step-type.ts';
import { writtenSecrets } from './engine/literal-secrets.ts';
import { load } from './engine/load.ts';
import { HandrailError } from './engine/model/errors.ts';
import type { Provenance, RunEvent } from './engine/model/event.ts';
import {
  type BoundInput,
  DEFAULT_REQUEST,
  type Plan,
  type PreparedPlan,
  type RunRequest,
} from './engine/model/plan.ts';
import type { RunReport } from './engine/model/report.ts';
import type { Runbook, SourceText } from './engine/model/runbook.ts';
import type { ConditionDecision } from './engine/model/step-condition.ts';
import { planRun } from './engine/plan.ts';
import { listedSteps } from './engine/planning/changes.ts';
import { withItems } from './engine/planning/each-item.ts';
import {
  knownSteps,
  type ListedStep,
  listSteps,
  underKnownIds,
} from './engine/planning/identity.ts';
import { needingSecond } from './engine/planning/second.ts';
import { findResumable, findRun } from './engine/record/runs.ts';
import type { Verdict } from './engine/record/verdict.ts';
import { replay } from './engine/replay.ts';
import {
  type Changed,
  changedSince,
  recordedDecisions,
  recordedValues,
  refuseAltered,
  refuseFindings,
  refuseLostInputs,
  refuseResume,
  refuseUnknownWords,
  requestAgain,
  toBeGivenAgain,
} from './engine/resume.ts';
import { type Past, type SecondWord, stillOpen } from './engine/running/session.ts';
import { holderInWords } from './engine/running/wait-for-lock.ts';
import { environmentSecrets } from './engine/secrets.ts';
import { type EagerLock, eagerLock } from './host/eager-lock.ts';
import { execute, type Said } from './host/execute.ts';
import { gitFactsOf } from './host/git.ts';
import { keptSource, pastOf, type ResumeRequest, runbookPath } from './host/go-on.ts';
import { openPageCache, type PageCache } from './host/page-cache.ts';
import { prepare } from './host/prepare.ts';
import { provenanceOf, timezoneOf } from './host/provenance.ts';
import { pageOf, type ReadText } from './host/read-page.ts';
import { newRunId } from './host/run-id.ts';
import { systemClock } from './host/system-clock.ts';
import { refuseOverdue } from './host/waiting-limit.ts';
import { stepTypes } from './steps/index.ts';
import { openStore } from './stores/index.ts';

/** The world that runs happen in. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Folder or URL of the run store. */
  readonly state: string;
  /** What runs are recorded as carried out with. */
  readonly version: string;
  readonly clock?: Clock;
  /** Told of every run before it begins, or is gone on with. */
  readonly beginning?: (run: string, state: string) => void;
  /** Told, with its folder or URL, when a run has ended and its record is closed; the run's last event waits for it. */
  readonly ended?: (state: string) => Promise<void>;
  /** Where the signed word of a second person is looked for. */
  readonly secondWord?: (run: string, who: Provenance, store: RunStore) => SecondWord;
  /** What destroys needs a second person's signed word, whatever its step says. */
  readonly destroysNeedsTwo?: boolean;
  /** Step types of your own. They are asked before handrail's; a name of handrail's takes its place. */
  readonly stepTypes?: readonly AnyStepType[];
  /** Renderers of runs of your own, by which `render` can be asked for by name. */
  readonly renderers?: readonly Renderer<'report'>[];
  /** A run store of your own, instead of the one at `state`. */
  readonly store?: RunStore;
}

/** Who answers in a run, and what ends it. */
export interface Attendance {
  readonly operator: Operator;
  /** Aborted with a signal's name as its reason (`SIGTERM`) to end the run. */
  readonly signal: AbortSignal;
  /** The id that a run is known by already: of the signed request it carries out. It was never used before. */
  readonly run?: string;
  /** What others say about the run while it goes on. */
  readonly said?: Said;
}

/** A run that is being carried out. */
export interface RunHandle {
  readonly run: string;
  /** Folder or URL of its record. */
  readonly where: string;
  readonly plan: Plan;
  /** Each event is stored before it comes up here; the last one is `run.finished`. Read it to its end. */
  readonly events: AsyncGenerator<RunEvent, void>;
}

/** A run that could be gone on with. */
export interface Outlook {
  readonly report: RunReport;
  /** The plan of the text as it is now; inputs are not bound yet. */
  readonly plan: Plan;
  /** `null`: the runbook is the same. */
  readonly changed: Changed | null;
}

/** The pipeline, wired: read, plan, run, resume, report, verify, render. */
export interface Handrail {
  readonly store: RunStore;
  read(path: string): Promise<ReadText>;
  /** Reads a text that stands in no file. */
  parse(source: SourceText): Promise<ReadText>;
  /** What would run. What is not said in the request is as in `DEFAULT_REQUEST`. */
  plan(runbook: Runbook, request?: Partial<RunRequest>): Promise<Plan>;
  /** The plan with its inputs bound (asking the operator when attended) and what preflight found. */
  prepare(plan: Plan, operator: Operator): Promise<PreparedPlan>;
  /** The same without a person and without starting a process: what only one could tell is left open. */
  judge(plan: Plan): Promise<Plan>;
  /**
   * Carries out a prepared plan of that text. What the operator or a step type throws ends the run as failed, sealed,
   * and comes up from `events`. Leaving `events` early ends the running step; the run is then interrupted.
   */
  run(plan: PreparedPlan, source: SourceText, attendance: Attendance): RunHandle;
  /** How a run stands that could be gone on with, and what is different now. Throws as `resume` does. */
  outlook(name: string | null, request: ResumeRequest): Promise<Outlook>;
  /** Goes on with a run; without a name, with the newest that can be gone on with. */
  resume(name: string | null, request: ResumeRequest, attendance: Attendance): Promise<RunHandle>;
  find(name: string): Promise<RunReader>;
  report(reader: RunReader): Promise<RunReport>;
  verify(reader: RunReader): Promise<Verdict>;
  /** The run log as markdown, or the run as the renderer of that name makes it. Throws USAGE for an unknown one. */
  render(reader: RunReader, renderer?: string): Promise<string>;
}

/** Wires the pipeline with the lists of step types, renderers and stores. */
export function createHandrail(world: World): Handrail {
  return new WiredHandrail(world);
}

class WiredHandrail implements Handrail {
  readonly store: RunStore;
  readonly #world: World;
  readonly #clock: Clock;
  readonly #env: Readonly<Record<string, string>>;
  readonly #cache: PageCache | null;
  readonly #types: readonly AnyStepType[];
  readonly #typesByName: ReadonlyMap<string, AnyStepType>;
  #rendering: ReturnType<typeof loadRendering> | undefined;

  constructor(world: World) {
    this.#world = world;
    this.#clock = world.clock ?? systemClock;
    this.store = world.store ?? openStore(placeOf(world), this.#clock);
    this.#types = withOwn(world.stepTypes ?? []);
    this.#typesByName = byName(this.#types);
    this.#env = present(world.env);
    // What step types of somebody else's read in a text is not what a later run without them would.
    this.#cache = world.stepTypes === undefined ? openPageCache(world.env) : null;
  }

  async read(path: string): Promise<ReadText> {
    const source = await load(path, this.#world.cwd);
    return { source, runbook: await this.#parse(source) };
  }

  async parse(source: SourceText): Promise<ReadText> {
    return { source, runbook: await this.#parse(source) };
  }

  async plan(
    runbook: Runbook,
    request: Partial<RunRequest> = {},
    decided: readonly ConditionDecision[] = [],
  ): Promise<Plan> {
    const plan = await planRun(
      runbook,
      { ...DEFAULT_REQUEST, ...request },
      async (path) => (await this.read(path)).runbook,
      decided,
    );
    if (this.#world.destroysNeedsTwo !== true) return plan;
    return { ...plan, steps: plan.steps.map(needingSecond), destroysNeedsTwo: true };
  }

  prepare(
    plan: Plan,
    operator: Operator,
    recorded: readonly BoundInput[] = [],
    again: ReadonlySet<string> = new Set(),
  ): Promise<PreparedPlan> {
    return prepare(plan, operator, { ...this.#prepareWorld(), recorded, again, isDry: false });
  }

  judge(plan: Plan): Promise<Plan> {
    const unattended = { ...plan, request: { ...plan.request, attended: false } };
    const world = { ...this.#prepareWorld(), recorded: [], again: new Set<string>(), isDry: true };
    return prepare(unattended, null, world);
  }

  #prepareWorld() {
    const stateFolder = this.store.scheme === 'file' ? this.store.where : undefined;
    return { stepTypes: this.#typesByName, env: this.#env, stateFolder };
  }

  run(plan: PreparedPlan, source: SourceText, attendance: Attendance): RunHandle {
    refuseUnprepared(plan);
    const run = attendance.run ?? newRunId(this.#clock.nowMs());
    const lock = this.#lock(run, plan.runbook);
    const events = this.#execute(run, plan, source, attendance, lock, null);
    return { run, where: join(this.store.where, 'runs', run), plan, events };
  }

  async outlook(name: string | null, request: ResumeRequest): Promise<Outlook> {
    const { report, now: plan, changed } = await this.#lookAt(name, request);
    return { report, plan, changed };
  }

  async resume(
    name: string | null,
    request: ResumeRequest,
    attendance: Attendance,
  ): Promise<RunHandle> {
    const { reader, report, source, now, changed } = await this.#lookAt(name, request);
    refuseUnknownWords(now, report, request.words);
    const past = await pastOf(reader, report, changed, request, this.#env);
    const plan = await this.#prepareRest(now, past, attendance.operator);
    refuseFindings(report, plan);
    const lock = this.#lock(reader.run, now.runbook);
    await refuseBusy(lock);
    const events = this.#execute(reader.run, plan, source, attendance, lock, past);
    return { run: reader.run, where: reader.where, plan, events };
  }

  /** Binds and looks for what is still to be done: what an attempt before has behind it needs nothing any more. */
  async #prepareRest(now: Plan, past: Past, operator: Operator): Promise<Plan> {
    const open = stillOpen(now, past);
    const recorded = recordedValues(past.report, now.runbook);
    const again = toBeGivenAgain(past.report, now.runbook);
    const rest = await this.prepare({ ...now, steps: open }, operator, recorded, again);
    const bound = new Set(rest.values.map((value) => value.name));
    const values = [...rest.values, ...recorded.filter((value) => !bound.has(value.name))];
    return { ...now, values, findings: rest.findings };
  }

  async #lookAt(name: string | null, request: ResumeRequest) {
    const isLast = name === null || name === 'last';
    const reader = isLast ? await findResumable(this.store) : await this.find(name);
    if (await reader.live()) throw busy(`Run ${reader.run} is being carried out right now.`);
    refuseAltered(reader, await this.verify(reader));
    const report = await this.report(reader);
    refuseResume(report);
    refuseLostInputs(report, request.inputs);
    const kept = await keptSource(reader, report);
    const { source, runbook } = await this.#readAgain(report, kept);
    refuseOverdue(report, runbook, this.#clock.nowMs(), request.force);
    const asked = requestAgain(report, request);
    const before = await this.#listed(report, kept, asked);
    const found = await this.#planAgain(runbook, asked, report, before);
    const known = new Map(recordedValues(report, runbook).map((value) => [value.name, value]));
    // What steps captured before is there; what one that is still to come captures is known only then.
    const onPage = { ...underKnownIds(found, before), request: asked };
    const now = withItems(
      onPage,
      (input) => known.get(input),
      () => false,
    );
    const isSameText = source.sha256 === kept.sha256;
    const ran = isSameText ? runbook : await this.#parse(kept);
    const changed = changedSince(before, onPage, report, textsOf(ran, report));
    const isSame = isSameText && changed.changes.length === 0;
    return { reader, report, source, now, changed: isSame ? null : changed };
  }

  /** The steps of a run as its log lists them; an earlier edition wrote less of them, and the text that ran says the rest. */
  async #listed(
    report: RunReport,
    kept: SourceText,
    asked: RunRequest,
  ): Promise<readonly ListedStep[]> {
    const listed = listedSteps(report);
    if (listed.some(({ own }) => own !== undefined)) return listed;
    const plan = await this.plan(await this.#parse(kept), asked);
    const ids = new Set(listed.map(({ id }) => id));
    return listSteps(plan).filter(({ id }) => ids.has(id));
  }

  /** What was asked for by names that an edit has changed is the steps that the run knows, wherever they stand now. */
  async #planAgain(
    runbook: Runbook,
    asked: RunRequest,
    report: RunReport,
    before: readonly ListedStep[],
  ): Promise<Plan> {
    const decided = recordedDecisions(report);
    try {
      return await this.plan(runbook, { ...asked, approve: [] }, decided);
    } catch (error) {
      const isRenamed =
        error instanceof HandrailError &&
        (error.code === 'STEP_NOT_FOUND' || error.code === 'PROCEDURE_NOT_FOUND');
      if (!isRenamed) throw error;
    }
    const names = { procedures: [], all: true, steps: [], from: null, to: null };
    const whole = await this.plan(runbook, { ...asked, ...names, approve: [] }, decided);
    const known = knownSteps(before, listSteps(whole));
    return { ...whole, steps: whole.steps.filter((_, at) => known[at] !== undefined) };
  }

  find(name: string): Promise<RunReader> {
    return findRun(this.store, name);
  }

  report(reader: RunReader): Promise<RunReport> {
    return reportOf(reader);
  }

  async verify(reader: RunReader): Promise<Verdict> {
    const { verifyRun } = await import('./engine/record/verify.ts');
    const { readLedger } = await import('./engine/record/ledger.ts');
    const { byRun } = await readLedger(this.store.ledger());
    return verifyRun(reader, byRun.get(reader.run) ?? []);
  }

  async render(reader: RunReader, renderer = 'run-log'): Promise<string> {
    if (renderer !== 'run-log') {
      const { env, renderers } = this.#world;
      const rendering = await loadRendering(env, renderer, renderers);
      return rendering(reader, (source) => this.#parse(source));
    }
    this.#rendering ??= loadRendering(this.#world.env);
    return (await this.#rendering)(reader, (source) => this.#parse(source));
  }

  async *#execute(
    run: string,
    plan: Plan,
    source: SourceText,
    { operator, signal, said }: Attendance,
    lock: EagerLock,
    past: Past | null,
  ): AsyncGenerator<RunEvent, void> {
    const { env, cwd, version } = this.#world;
    this.#world.beginning?.(run, this.store.where);
    const { identity, ...git } = await gitFactsOf(resolve(cwd, plan.runbook.path));
    const render = async (): Promise<string | undefined> => {
      const reader = await this.store.read(run);
      return reader && this.render(reader);
    };
    const who = provenanceOf({ env, cwd, version, gitIdentity: identity });
    const secrets = [...environmentSecrets(this.#env), ...secretsInText(plan)];
    const deps = {
      run,
      stepTypes: this.#typesByName,
      operator,
      clock: this.#clock,
      signal,
      env: this.#env,
      secrets,
      who,
      git,
      past,
      secondWord: this.#world.secondWord?.(run, who, this.store),
    };
    const warmUp = (): void => {
      this.#rendering ??= loadRendering(env);
    };
    const { store } = this;
    yield* execute({ store, plan, source: source.bytes, lock, deps, render, warmUp, said });
    await this.#world.ended?.(this.store.where);
  }

  #lock(run: string, runbook: Runbook): EagerLock {
    const since = new Date(this.#clock.nowMs()).toISOString();
    const user = this.#env['USER'] ?? this.#env['LOGNAME'] ?? userName();
    return eagerLock(this.store, lockName(runbook), { run, pid: process.pid, since, user });
  }

  async #readAgain(report: RunReport, kept: SourceText): Promise<ReadText> {
    const path = runbookPath(report);
    if (path === undefined) return { source: kept, runbook: await this.#parse(kept) };
    const source = { ...(await load(path, this.#world.cwd)), path: kept.path };
    return { source, runbook: await this.#parse(source) };
  }

  #parse(source: SourceText): Promise<Runbook> {
    return pageOf(source, this.#cache, this.#types);
  }
}

function byName(types: readonly AnyStepType[]): ReadonlyMap<string, AnyStepType> {
  return new Map(types.map((type) => [type.name, type]));
}

const TYPES = byName(stepTypes);

/** Step types of a caller's own are asked first, since ours would take most blocks. */
function withOwn(own: readonly AnyStepType[]): readonly AnyStepType[] {
  if (own.length === 0) return stepTypes;
  const names = new Set(own.map(({ name }) => name));
  return [...own, ...stepTypes.filter(({ name }) => !names.has(name))];
}

/** Where runs are kept: a URL as it is, a folder from the world's own. */
function placeOf({ cwd, state }: World): string {
  return /^[a-z][a-z0-9+]+:/.test(state) ? state : resolve(cwd, state);
}

/** JavaScript has no types to keep an unbound, unchecked plan away from a shell. */
function refuseUnprepared(plan: Plan & { readonly prepared?: boolean }): void {
  if (plan.prepared === true) return;
  throw new HandrailError('USAGE', {
    message:
      'This plan was not prepared: its inputs are not bound and nothing was looked at. Run what `prepare(plan, operator)` answers.',
  });
}

/** What steps did as the run began: as its text has it, or of a linked runbook's as the log has it. */
function textsOf(ran: Runbook, { steps }: RunReport): (id: string) => string {
  const texts = new Map(
    steps.map(({ id, attempts }) => [id, attempts.findLast(({ probe }) => !probe)?.text ?? '']),
  );
  for (const { id, text } of ran.steps) texts.set(id, text);
  return (id) => texts.get(id) ?? '';
}

/** The planned steps' texts as they would run, secrets masked, by planned id. */
export async function plannedTexts(plan: Plan): Promise<ReadonlyMap<string, string>> {
  const { scopedValues } = await import('./engine/running/scope.ts');
  const { tryResolve } = await import('./engine/resolve.ts');
  const { createRedactor } = await import('./engine/redact.ts');
  const values = new Map(plan.values.map((bound) => [bound.name, bound]));
  const redactor = createRedactor(secretsInText(plan).map(({ value }) => value));
  const texts = plan.steps.map(({ id, step, scopes = [] }): readonly [string, string] => {
    const quoting = TYPES.get(step.type)?.quoting ?? 'none';
    const own = scopedValues(values, scopes, (text, known) => tryResolve(text, 'none', known).text);
    return [id, redactor.mask(tryResolve(step.text, quoting, own).masked)];
  });
  return new Map(texts);
}

/**
 * A run rendered by the renderer of that name; without one, the run log as markdown: the text that ran, filled in with
 * what happened; of a manual, where `onlyPicked`, the procedures that it is about. Throws USAGE when there is no such
 * renderer.
 */
export async function renderRun(
  reader: RunReader,
  env: World['env'] = process.env,
  renderer = 'run-log',
  options: Pick<RenderContext, 'onlyPicked'> = {},
): Promise<string> {
  return (await loadRendering(env, renderer, [], options))(reader, parseText);
}

/** Everything that rendering takes, loaded: templates too. */
async function loadRendering(
  env: World['env'],
  name = 'run-log',
  own: readonly Renderer<'report'>[] = [],
  options: Pick<RenderContext, 'onlyPicked'> = {},
): Promise<
  (reader: RunReader, parse: (source: SourceText) => Promise<Runbook>) => Promise<string>
> {
  const renderer = own.find((one) => one.name === name) ?? (await rendererOf(name));
  const { renderReport } = await import('./host/render-run.ts');
  const { openTemplates } = await import('./renderers/formats/template.ts');
  const template = openTemplates({ folder: env['HANDRAIL_TEMPLATES'] ?? null });
  if (name === 'run-log') await template('run-log-head');
  return async (reader, parse) => {
    const report = await reportOf(reader);
    return renderReport(renderer, reader, report, {
      ...options,
      parse,
      template,
      timezone: timezoneOf(env) ?? 'UTC',
      folder: dirname(resolve(report.started.who.cwd, report.started.runbook.path)),
    });
  };
}

/** The run log is what every run needs: it is loaded without the others. */
async function rendererOf(name: string): Promise<Renderer<'report'>> {
  if (name === 'run-log') return (await import('./renderers/run-log.ts')).runLog;
  const { RENDERERS } = await import('./renderers/index.ts');
  const found = RENDERERS.find((renderer) => renderer.name === name);
  if (found?.of === 'report') return found;
  throw new HandrailError('USAGE', {
    message: `There is no rendering of a run called \`${name}\`.`,
  });
}

/** A run without an end is interrupted, unless its engine is still at work. */
async function reportOf(reader: RunReader): Promise<RunReport> {
  const report = await replay(reader.run, reader.lines());
  const isLive = report.outcome === 'interrupted' && (await reader.live());
  return isLive ? { ...report, outcome: 'running' } : report;
}

function parseText(source: SourceText): Promise<Runbook> {
  return pageOf(source, null, stepTypes);
}

/** One run of a runbook at a time, however its path is spelled, unless the runbook names a lock of its own. */
function lockName({ frontmatter, path, folder }: Runbook): string {
  if (frontmatter.lock?.name !== undefined) return `name:${frontmatter.lock.name}`;
  const file = join(folder, path.slice(path.lastIndexOf('/') + 1));
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

/** Secrets that the author wrote into the steps: they run, and are shown nowhere. */
function secretsInText({ steps }: Plan): readonly BoundInput[] {
  return steps.flatMap(({ step }) =>
    writtenSecrets(step).map(({ value, what }) => ({
      name: `line ${step.line}: ${what}`,
      value,
      secret: true,
      source: 'text',
    })),
  );
}

/** A run is not resumed beside another one, nor beside what its own lost engine left at work. */
async function refuseBusy(lock: EagerLock): Promise<void> {
  const taken = await lock.peek();
  if ('release' in taken) return;
  throw busy(`The lock is held by ${holderInWords(taken)}.`);
}

function busy(why: string): HandrailError {
  return new HandrailError('LOCK_HELD', { message: `${why} Wait until it ends, or end it.` });
}

function present(env: World['env']): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** Cron gives no USER; the system knows all the same. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}
