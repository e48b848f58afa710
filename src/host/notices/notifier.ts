import { hostname } from 'node:os';
import { resolve } from 'node:path';
import type { RunStore } from '../../engine/contracts/run-store.ts';
import { commandAbout } from '../../engine/model/command-about.ts';
import { median } from '../../engine/model/durations.ts';
import type { RunEvent } from '../../engine/model/event.ts';
import type { Frontmatter } from '../../engine/model/frontmatter.ts';
import type { Occasion } from '../../engine/model/occasion.ts';
import { canGoOn, saidOutcome } from '../../engine/model/outcome.ts';
import type { Plan, PlannedStep } from '../../engine/model/plan.ts';
import type { RunReport } from '../../engine/model/report.ts';
import type { Notifier } from '../../engine/notices/announce.ts';
import { type History, type NoticeFacts, occasionsOfEnd } from '../../engine/notices/occasion.ts';
import { WITNESS_DIGITS } from '../../engine/record/anchor.ts';
import { exceptionsOf } from '../../engine/record/fold-run.ts';
import { newestReports } from '../../engine/record/runs.ts';
import { replay } from '../../engine/replay.ts';
import { parseDuration } from '../../text/duration.ts';
import type { Addressee } from './send.ts';

type Entry = NonNullable<Frontmatter['notify']>[number];
type Finished = Extract<RunEvent, { type: 'run.finished' }>;

/** What the notifier needs of the run. */
export interface NotifierDeps {
  readonly plan: Plan;
  readonly run: string;
  readonly user: string;
  readonly env: Readonly<Record<string, string>>;
  readonly store: RunStore;
  readonly now: () => string;
  /** Takes secrets out of what a notice's command or service said. */
  readonly mask: (text: string) => string;
}

/** How many earlier runs are looked through for the last outcome and the usual time. */
const MOST_RUNS = 40;
const LEAST_FOR_USUAL = 3;
const MOST_TIMEOUT_MS = 60_000;

/** The notifier of a runbook's `notify`; `null` when it names nobody. */
export function notifierOf(deps: NotifierDeps): Notifier | null {
  const entries = deps.plan.runbook.frontmatter.notify ?? [];
  if (entries.length === 0) return null;
  return {
    async atEnd({ outcome, durationMs }) {
      const wantsHistory = entries.some(({ on }) => on.includes('recovery') || on.includes('slow'));
      const history = wantsHistory ? await historyOf(deps) : { previous: null, usualMs: null };
      return occasionsOfEnd(outcome, durationMs, history);
    },
    async tell(occasions, event) {
      const told: Promise<RunEvent>[] = [];
      for (const entry of entries) {
        const occasion = occasions.find((one) => entry.on.includes(one));
        if (occasion !== undefined) told.push(tellOne(entry, occasion, event, deps));
      }
      return Promise.all(told);
    },
  };
}

async function tellOne(
  entry: Entry,
  occasion: Occasion,
  event: RunEvent,
  deps: NotifierDeps,
): Promise<RunEvent> {
  const addressee = addresseeOf(entry, deps.env);
  const [{ sendNotice }, { runNotice }] = await Promise.all([
    import('./send.ts'),
    import('./run-notice.ts'),
  ]);
  const why = await sendNotice(
    addressee,
    {
      ...factsOf(occasion, event, deps, await waitsFor(occasion, deps)),
      ...(await endOf(event, deps)),
      ...(await witness(deps)),
    },
    (command, input, timeoutMs) =>
      runNotice({
        command,
        input,
        timeoutMs,
        cwd: deps.plan.runbook.folder,
        env: { ...deps.env, HANDRAIL_NOTICE: occasion, HANDRAIL_RUN_ID: deps.run },
      }),
  );
  const to = addressee.label;
  return why === undefined
    ? { type: 'notification.sent', on: occasion, to }
    : { type: 'notification.failed', on: occasion, to, why: deps.mask(hidden(why, addressee)) };
}

/** `$NAME` in a webhook comes from the environment: a webhook's address is often its secret. */
function addresseeOf(
  { command, webhook, format = 'json', key, timeout = '' }: Entry,
  env: NotifierDeps['env'],
): Addressee {
  const url = webhook === undefined ? undefined : fromEnvironment(webhook, env);
  const label = command !== undefined ? (command.split(/\s/)[0] ?? 'command') : hostOf(url ?? '');
  const timeoutMs = parseDuration(timeout);
  return {
    label,
    format,
    ...(timeoutMs === undefined ? {} : { timeoutMs: Math.min(timeoutMs, MOST_TIMEOUT_MS) }),
    ...(command === undefined ? {} : { command }),
    ...(url === undefined ? {} : { webhook: url }),
    ...(key === undefined ? {} : { key: fromEnvironment(key, env) }),
  };
}

/** `$NAME` and `${NAME}` with their values; one that is not set is nothing. */
function fromEnvironment(text: string, env: NotifierDeps['env']): string {
  return text.replace(
    /\$(?:\{(\w+)\}|(\w+))/g,
    (_, braced, bare) => env[String(braced ?? bare)] ?? '',
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'webhook';
}

function hidden(why: string, { webhook = '', key = '' }: Addressee): string {
  return [webhook, key].reduce((said, one) => (one === '' ? said : said.replaceAll(one, '…')), why);
}

function factsOf(
  occasion: Occasion,
  event: RunEvent,
  { plan, run, user, store, now }: NotifierDeps,
  waiting: PlannedStep | null,
): NoticeFacts {
  const { runbook, procedures, request } = plan;
  const finished: Finished | null = event.type === 'run.finished' ? event : null;
  const goesOn = finished !== null && canGoOn(finished);
  const failed = plan.steps.find(({ id }) => id === finished?.stepId);
  const step = (waiting ?? failed)?.step.title ?? null;
  return {
    occasion,
    run,
    runbook: resolve(runbook.path),
    title: procedures.length === 1 ? (procedures[0]?.title ?? runbook.title) : runbook.title,
    procedures: procedures.map(({ id }) => id),
    host: hostname(),
    user,
    outcome: finished?.outcome ?? 'running',
    at: now(),
    durationMs: finished?.durationMs ?? null,
    exitCode: finished?.exitCode ?? null,
    step,
    why: finished?.why ?? null,
    // Whoever reads it sits elsewhere, in a shell of another folder, as another user.
    resume: goesOn ? commandAbout('resume', run, store.where) : null,
    approve: waiting === null ? null : approvalOf(waiting, run, store.where),
    incident: request.incident,
  };
}

/** Where the chain of all runs stands, for whoever keeps the notice. */
async function witness({ store }: NotifierDeps): Promise<Pick<NoticeFacts, 'chain'>> {
  const end = await store.remembered().catch(() => null);
  return end === null ? {} : { chain: `line ${end.size}, ${end.head.slice(0, WITNESS_DIGITS)}` };
}

/** A run that passed with exceptions says so here as everywhere. */
async function endOf(
  event: RunEvent,
  { store, run }: NotifierDeps,
): Promise<Partial<Pick<NoticeFacts, 'outcome'>>> {
  if (event.type !== 'run.finished' || event.outcome !== 'passed') return {};
  const reader = await store.read(run);
  const report = reader && (await replay(run, reader.lines()).catch(() => undefined));
  return { outcome: saidOutcome({ ...event, exceptions: exceptionsOf(report?.steps ?? []) }) };
}

/** The step that a waiting run waits for. */
async function waitsFor(
  occasion: Occasion,
  { store, plan, run }: NotifierDeps,
): Promise<PlannedStep | null> {
  if (occasion !== 'waiting') return null;
  const reader = await store.read(run);
  const report = reader && (await replay(run, reader.lines()).catch(() => undefined));
  return plan.steps.find(({ id }) => id === report?.waitingFor?.stepId) ?? null;
}

/** How a step gets its yes: from somebody else's signature, or from whoever goes on with the run. */
function approvalOf(
  { id, needsApproval, needsSecond }: PlannedStep,
  run: string,
  state: string,
): string | null {
  if (needsSecond === true) return commandAbout('approve', run, state, [id]);
  return needsApproval ? commandAbout('resume', run, state, ['--approve', id]) : null;
}

/** How runs of the same procedures went before this one. */
async function historyOf({ store, plan, run }: NotifierDeps): Promise<History> {
  const same: RunReport[] = [];
  for await (const { report } of newestReports(store, MOST_RUNS, run))
    if (report && isSame(report, plan)) same.push(report);
  const durations = same
    .filter(({ outcome }) => outcome === 'passed')
    .flatMap(({ durationMs }) => durationMs ?? []);
  const usual = median(durations);
  return {
    previous: same.find(({ outcome }) => outcome !== 'skipped')?.outcome ?? null,
    usualMs: durations.length < LEAST_FOR_USUAL ? null : usual,
  };
}

function isSame({ started }: RunReport, { runbook, procedures }: Plan): boolean {
  return (
    resolve(started.who.cwd, started.runbook.path) === resolve(runbook.path) &&
    started.procedures.join('\n') === procedures.map(({ id }) => id).join('\n')
  );
}
