import { resolve } from 'node:path';
import { type Clock, keptClock } from './engine/contracts/clock.ts';
import { keptOperator } from './engine/contracts/kept-operator.ts';
import { heldStore } from './engine/contracts/kept-store.ts';
import type { Operator } from './engine/contracts/operator.ts';
import type { RunReader, RunStore } from './engine/contracts/run-store.ts';
import type { AnyStepType } from './engine/contracts/step-type.ts';
import { load } from './engine/load.ts';
import { HandrailError } from './engine/model/errors.ts';
import type { RunEvent } from './engine/model/event.ts';
import {
  type BoundInput,
  DEFAULT_REQUEST,
  type Plan,
  type PlannedStep,
  type PreparedPlan,
  type RunRequest,
  whatRefuses,
} from './engine/model/plan.ts';
import type { RunReport } from './engine/model/report.ts';
import type { InputUse, Runbook, SourceText } from './engine/model/runbook.ts';
import type { ConditionDecision } from './engine/model/step-condition.ts';
import { planRun } from './engine/plan.ts';
import { plannedTexts, secretsInText, type WordsOn } from './engine/planning/planned-texts.ts';
import { needingSecond } from './engine/planning/second.ts';
import { whereOf } from './engine/record/files.ts';
import { findRun } from './engine/record/runs.ts';
import type { Verdict } from './engine/record/verdict.ts';
import { reportOf } from './engine/replay.ts';
import { refuseFindings, refuseUnknownWords } from './engine/resume.ts';
import type { Past } from './engine/running/session.ts';
import { environmentSecrets } from './engine/secrets.ts';
import {
  keptTypes,
  refuseAttendance,
  refuseForeign,
  refuseForged,
  refuseGiven,
  refuseOperator,
  refuseWorld,
  requestOf,
} from './given.ts';
import { droppedBehind, dropping, type EagerLock, lockOf, refuseBusy } from './host/eager-lock.ts';
import { execute } from './host/execute.ts';
import { gitFactsOf } from './host/git.ts';
import {
  DEFAULT_RESUME,
  lookAgain,
  type Pipeline,
  pastOf,
  prepareRest,
  type ResumeRequest,
  refuseUnknownSecrets,
  withRecordedValues,
} from './host/go-on.ts';
import { openPageCache, type PageCache } from './host/page-cache.ts';
import { prepare } from './host/prepare.ts';
import { provenanceOf } from './host/provenance.ts';
import { pageOf, type ReadText, wordsOn } from './host/read-page.ts';
import type { Rendering } from './host/render-run.ts';
import { newRunId } from './host/run-id.ts';
import { systemClock } from './host/system-clock.ts';
import type { Handrail, Outlook, RunHandle } from './library.ts';
import { stepTypes } from './steps/index.ts';
import { openStore } from './stores/index.ts';
import { usedRun } from './stores/used-run.ts';
import type { Attendance, World } from './world.ts';

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
  #rendering: Promise<Rendering> | undefined;

  constructor(world: World) {
    refuseWorld(world);
    this.#world = world;
    this.#clock = world.clock === undefined ? systemClock : keptClock(world.clock, systemClock);
    const { store } = world;
    this.store =
      store === undefined ? openStore(world.state, this.#clock, world.cwd) : heldStore(store);
    this.#types = withOwn(keptTypes(world.stepTypes));
    this.#typesByName = byName(this.#types);
    this.#env = present(world.env);
    // What step types of somebody else's read in a text is not what a later run without them would.
    this.#cache = world.stepTypes === undefined ? openPageCache(world.env) : null;
  }

  async read(path: string): Promise<ReadText> {
    refuseGiven('read', 'path', path);
    const source = await load(path, this.#world.cwd);
    return { source, runbook: await this.#parse(source) };
  }

  async parse(source: SourceText): Promise<ReadText> {
    refuseGiven('parse', 'source', source);
    refuseForged('parse', source);
    return { source, runbook: await this.#parse(source) };
  }

  async plan(
    runbook: Runbook,
    request: Partial<RunRequest> = {},
    decided: readonly ConditionDecision[] = [],
  ): Promise<Plan> {
    refuseGiven('plan', 'runbook', runbook);
    const said = requestOf('plan', request);
    const plan = await planRun(
      runbook,
      { ...DEFAULT_REQUEST, ...said },
      async (path) => (await this.read(path)).runbook,
      decided,
    );
    if (this.#world.destroysNeedsTwo !== true) return plan;
    return { ...plan, steps: plan.steps.map(needingSecond), destroysNeedsTwo: true };
  }

  async prepare(
    plan: Plan,
    operator: Operator,
    recorded: readonly BoundInput[] = [],
    again: ReadonlySet<string> = new Set(),
    behind: readonly PlannedStep[] = [],
    doubtful: ReadonlySet<string> = new Set(),
    gone: readonly InputUse[] = [],
    kept: readonly InputUse[] = [],
  ): Promise<PreparedPlan> {
    refuseGiven('prepare', 'plan', plan);
    refuseForeign('prepare', plan, this.#typesByName);
    refuseOperator('prepare', operator);
    return prepare(plan, keptOperator(operator), {
      ...this.#prepareWorld(),
      recorded,
      again,
      behind,
      doubtful,
      gone,
      kept,
      isDry: false,
    });
  }

  async judge(plan: Plan): Promise<Plan> {
    refuseGiven('judge', 'plan', plan);
    refuseForeign('judge', plan, this.#typesByName);
    const unattended = { ...plan, request: { ...plan.request, attended: false } };
    const world = {
      ...this.#prepareWorld(),
      recorded: [],
      again: new Set<string>(),
      behind: [],
      doubtful: new Set<string>(),
      gone: [],
      kept: [],
      isDry: true,
    };
    return prepare(unattended, null, world);
  }

  #prepareWorld() {
    const stateFolder = this.store.scheme === 'file' ? this.store.where : undefined;
    return { stepTypes: this.#typesByName, env: this.#env, stateFolder };
  }

  run(plan: PreparedPlan, source: SourceText, attendance: Attendance): RunHandle {
    refuseGiven('run', 'plan', plan);
    refuseUnprepared(plan);
    refuseForeign('run', plan, this.#typesByName);
    refuseGiven('run', 'source', source);
    refuseOther(plan, source);
    // The run begins later: whoever uses their bytes again in between must not change what is recorded.
    const own = { ...source, bytes: new Uint8Array(source.bytes) };
    refuseForged('run', own);
    refuseAttendance('run', attendance);
    const run = attendance.run ?? newRunId(this.#clock.nowMs());
    const { lock } = attendance;
    // Begun to be taken with the first event: a run that nobody reads must not keep others out.
    const lockNow = (): EagerLock | null =>
      whatRefuses(plan).length > 0 ? null : (lock ?? this.lock(run, plan.runbook));
    const events = this.#execute(run, plan, own, attendance, lockNow, null);
    const where = whereOf(this.store, run);
    return { run, where, plan, events: lock === undefined ? events : dropping(lock, events) };
  }

  lock(run: string, runbook: Runbook): EagerLock {
    refuseGiven('lock', 'run', run);
    refuseGiven('lock', 'runbook', runbook);
    return lockOf(this.store, run, runbook, { nowMs: this.#clock.nowMs(), env: this.#env });
  }

  async outlook(name: string | null, given: Partial<ResumeRequest> = {}): Promise<Outlook> {
    refuseGiven('outlook', 'newest', name);
    const request = { ...DEFAULT_RESUME, ...requestOf('outlook', given) };
    const { report, now, changed } = await lookAgain(this.#pipeline, name, request);
    const plan = withRecordedValues(now, report);
    return { report, plan, texts: await plannedTexts(plan, this.#wordsOn), changed };
  }

  async resume(
    name: string | null,
    given: Partial<ResumeRequest>,
    attendance: Attendance,
  ): Promise<RunHandle> {
    refuseGiven('resume', 'newest', name);
    const request = { ...DEFAULT_RESUME, ...requestOf('resume', given) };
    refuseAttendance('resume', attendance);
    const { reader, report, source, now, changed } = await lookAgain(this.#pipeline, name, request);
    refuseUnknownWords(now, report, request.words);
    const before = await pastOf(reader, report, changed, request, this.#env);
    const { plan, past } = await prepareRest(this.#pipeline, now, before, attendance.operator);
    refuseFindings(report, plan);
    const known = [
      ...environmentSecrets(this.#env),
      ...(await secretsInText(plan, this.#wordsOn)),
      ...plan.values,
    ];
    const scopes = plan.steps.flatMap((step) => step.scopes ?? []);
    const scoped = scopes.flatMap(({ values }) => Object.keys(values));
    const named = new Set([...known.map((one) => one.name), ...scoped]);
    if (!request.force) refuseUnknownSecrets(report, past, named);
    const lock = this.lock(reader.run, now.runbook);
    await refuseBusy(lock);
    const execution = this.#execute(reader.run, plan, source, attendance, () => lock, past);
    const events = dropping(lock, execution);
    return { run: reader.run, where: reader.where, plan, events };
  }

  get #pipeline(): Pipeline {
    return {
      store: this.store,
      nowMs: this.#clock.nowMs(),
      load: (path) => load(path, this.#world.cwd),
      parse: (source) => this.#parse(source),
      plan: (runbook, request, decided) => this.plan(runbook, request, decided),
      prepare: (plan, operator, ...past) => this.prepare(plan, operator, ...past),
      quotingOf: (name) => this.#typesByName.get(name)?.quoting ?? 'none',
      isKnown: (name) => this.#typesByName.has(name),
      report: reportOf,
      verify: (reader) => this.verify(reader),
    };
  }

  async find(name: string): Promise<RunReader> {
    refuseGiven('find', 'name', name);
    return findRun(this.store, name);
  }

  async report(reader: RunReader): Promise<RunReport> {
    refuseGiven('report', 'reader', reader);
    return reportOf(reader);
  }

  async verify(reader: RunReader): Promise<Verdict> {
    refuseGiven('verify', 'reader', reader);
    const { verifyRun } = await import('./engine/record/verify.ts');
    const { readLedger } = await import('./engine/record/ledger.ts');
    const { byRun } = await readLedger(this.store.ledger());
    return verifyRun(reader, byRun.get(reader.run) ?? []);
  }

  async render(reader: RunReader, renderer = 'run-log'): Promise<string> {
    refuseGiven('render', 'reader', reader);
    refuseGiven('render', 'renderer', renderer);
    if (renderer !== 'run-log') {
      const { env, renderers } = this.#world;
      const { loadRendering } = await import('./host/render-run.ts');
      const rendering = await loadRendering(env, renderer, renderers);
      return rendering(reader, (source) => this.#parse(source), this.#cache);
    }
    this.#rendering ??= loadRunLog(this.#world.env);
    const rendering = await this.#rendering;
    return rendering(reader, (source) => this.#parse(source), this.#cache);
  }

  async *#execute(
    run: string,
    plan: Plan,
    source: SourceText,
    { operator, signal, said, run: given }: Attendance,
    lockNow: () => EagerLock | null,
    past: Past | null,
  ): AsyncGenerator<RunEvent, void> {
    const { env, cwd, version, host } = this.#world;
    const lock = lockNow();
    let broken: { readonly error: unknown } | undefined;
    try {
      // Not every store looks before it begins one, and the record of the first would be lost.
      if (past === null && given !== undefined && (await this.store.read(run)) !== undefined)
        throw usedRun(this.store.where, run);
      this.#world.beginning?.(run, this.store.where);
      const { identity, ...git } = await gitFactsOf(resolve(cwd, plan.runbook.path));
      const render = async (): Promise<string | undefined> => {
        const reader = await this.store.read(run);
        return reader && this.render(reader);
      };
      const who = provenanceOf({ env, cwd, version, gitIdentity: identity, host });
      const secrets = [
        ...environmentSecrets(this.#env),
        ...(await secretsInText(plan, this.#wordsOn)),
      ];
      const deps = {
        run,
        stepTypes: this.#typesByName,
        operator: keptOperator(operator),
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
        this.#rendering ??= loadRunLog(env);
      };
      const { store } = this;
      yield* execute({ store, plan, source: source.bytes, lock, deps, render, warmUp, said });
    } catch (error) {
      broken = { error };
    } finally {
      // What breaks before the run is begun must not keep the next one out; what was thrown first is what matters.
      await droppedBehind(lock, broken);
    }
    await this.#world.ended?.(this.store.where);
  }

  readonly #wordsOn: WordsOn = (page) => wordsOn(page, this.#cache);

  #parse(source: SourceText): Promise<Runbook> {
    return pageOf(source, this.#cache, this.#types);
  }
}

function byName(types: readonly AnyStepType[]): ReadonlyMap<string, AnyStepType> {
  return new Map(types.map((type) => [type.name, type]));
}

/** Step types of a caller's own are asked first, since ours would take most blocks. */
function withOwn(own: readonly AnyStepType[]): readonly AnyStepType[] {
  if (own.length === 0) return stepTypes;
  const names = new Set(own.map(({ name }) => name));
  return [...own, ...stepTypes.filter(({ name }) => !names.has(name))];
}

/** JavaScript has no types to keep an unbound, unchecked plan away from a shell. */
function refuseUnprepared(plan: Plan & { readonly prepared?: boolean }): void {
  if (plan.prepared === true) return;
  throw new HandrailError('USAGE', {
    message:
      'This plan was not prepared: its inputs are not bound and nothing was looked at. Run what `prepare(plan, operator)` answers.',
  });
}

/** The record would hold a text that is not the one that ran. */
function refuseOther({ runbook }: Plan, source: SourceText): void {
  if (runbook.sha256 === source.sha256) return;
  throw new HandrailError('USAGE', {
    message: `The plan is of another text than the source (\`${source.path}\`): what is recorded has to be what runs. Give the \`source\` that was read with the plan's \`runbook\`.`,
  });
}

/** The run log is what every run needs. */
async function loadRunLog(env: World['env']): Promise<Rendering> {
  const { loadRendering } = await import('./host/render-run.ts');
  return loadRendering(env);
}

function present(env: World['env']): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
