import { keptStore } from '../engine/contracts/kept-store.ts';
import type { RunStore, RunWriter } from '../engine/contracts/run-store.ts';
import { HandrailError, isSaid } from '../engine/model/errors.ts';
import type { RunEvent } from '../engine/model/event.ts';
import type { RunOutcome } from '../engine/model/outcome.ts';
import type { BoundInput, Plan } from '../engine/model/plan.ts';
import { announce, type Notifier } from '../engine/notices/announce.ts';
import { RENDERED, runbookOf, whereOf } from '../engine/record/files.ts';
import { journal } from '../engine/record/journal.ts';
import type { Entering } from '../engine/record/output-log.ts';
import { unreadable } from '../engine/record/read-event.ts';
import { createRedactor } from '../engine/redact.ts';
import { runPlan } from '../engine/run.ts';
import { finishedEvent } from '../engine/running/closing.ts';
import type { RunDeps } from '../engine/running/session.ts';
import { sha256Of } from '../text/sha256.ts';
import type { EagerLock } from './eager-lock.ts';

/** A run that is ready to be carried out. */
export interface Execution {
  readonly store: RunStore;
  readonly plan: Plan;
  /** The exact text that runs. */
  readonly source: Uint8Array;
  readonly lock: EagerLock | null;
  readonly deps: Omit<RunDeps, 'keep' | 'lock' | 'masks'>;
  /** Renders the run log once the run has ended; `undefined` where nothing is rendered. */
  readonly render: (run: string) => Promise<string | undefined>;
  /** Loads what rendering takes; called while the first step is at work. */
  readonly warmUp: () => void;
  /** What others have said about the run, taken as soon as it can be recorded. */
  readonly said?: Said | undefined;
}

/** Facts that come from outside while a run goes on, such as the signed request it carries out. */
export interface Said {
  take(): readonly RunEvent[];
}

/**
 * Carries a run out: every event is stored before it is yielded, the log is sealed after the last one, and the
 * rendered run log is kept beside it. Leaving early ends the running step.
 */
export async function* execute(execution: Execution): AsyncGenerator<RunEvent, void> {
  const { plan, lock, deps } = execution;
  const at = (): string => new Date(deps.clock.nowMs()).toISOString();
  const { run } = deps;
  const path = whereOf(execution.store, run);
  const store = keptStore(execution.store, run, path);
  let writer: RunWriter | undefined;
  const ended: { outcome?: RunOutcome } = {};
  const broken: Broken = {};
  const unfinished = (error: unknown): unknown =>
    // What broke the run stands in its record, which has its end all the same.
    'error' in broken && error === broken.error
      ? error
      : asUnfinished(error, { run, path }, ended.outcome);
  try {
    writer = await openWriter(store, execution);
    const { head } = writer;
    const open = writer;
    if (deps.past !== null) await store.enter({ run, what: 'resumed', head, at: at() });
    const keep = (name: string, text: string): Promise<void> => open.keep(name, text);
    const masker: { mask?: Mask } = {};
    const mask = maskOf(execution, masker);
    const notifier = await notifierFor(execution, mask);
    const masks = (own: Mask): void => {
      masker.mask = own;
    };
    const events = announce(
      closed(told(runPlan(plan, { ...deps, lock, keep, masks }), execution.said), execution, {
        broken,
        mask,
      }),
      notifier,
    );
    const entering: Entering = {
      async opening(first) {
        await store.enter({ run, what: 'created', head: first, at: at() });
      },
      async seal(seal) {
        await store.enter({ run, what: 'sealed', ...seal, at: at() });
      },
    };
    yield* watched(warmed(journal(events, writer, entering), execution.warmUp), ended);
    const rendered = await execution.render(run);
    if (rendered !== undefined) {
      await writer.keep(RENDERED, rendered);
      await store.enter({ run, what: 'rendered', head: sha256Of(rendered), at: at() });
    }
    if ('error' in broken) throw broken.error;
  } catch (error) {
    // What was thrown first is what matters.
    await writer?.close().catch(() => undefined);
    writer = undefined;
    throw unfinished(error);
  } finally {
    await writer?.close().catch((error) => Promise.reject(unfinished(error)));
  }
}

/**
 * Records what was said from outside between the run's own events; never within the write that it begins with or
 * after its last one.
 */
async function* told(
  events: AsyncGenerator<RunEvent, void>,
  said: Said | undefined,
): AsyncGenerator<RunEvent, void> {
  let hasBegun = false;
  for await (const event of events) {
    const isBound = event.type === 'input.bound';
    if (hasBegun && !isBound && said !== undefined) yield* said.take();
    hasBegun = true;
    yield event;
  }
}

/** What an operator or a step type threw, once the record is closed. */
interface Broken {
  error?: unknown;
}

/** Whoever answers or works for the engine may throw: the record gets its end all the same, and then the error goes on. */
async function* closed(
  events: AsyncGenerator<RunEvent, void>,
  { plan, deps }: Execution,
  { broken, mask }: { readonly broken: Broken; readonly mask: Mask },
): AsyncGenerator<RunEvent, void> {
  const masked = (event: RunEvent): RunEvent => withMasked(event, mask);
  const originMs = deps.clock.monoMs();
  let hasBegun = false;
  let hasEnded = false;
  try {
    for await (const event of events) {
      refuseUnreadable(event);
      hasBegun = true;
      hasEnded = event.type === 'run.finished';
      yield masked(event);
    }
  } catch (error) {
    if (!hasBegun) throw error;
    broken.error = error;
    // How it ended has been said: what goes wrong behind that changes nothing of it.
    if (!hasEnded) yield masked(finishedEvent(plan, deps, originMs).broken(error));
  }
}

/** What step types, operators and whoever ends a run say in words of their own: they may hold anything. */
const OWN_WORDS: ReadonlySet<string> = new Set(['why', 'how', 'signal', 'facts']);

function withMasked(event: RunEvent, mask: Mask): RunEvent {
  if (event.type === 'step.output') return event;
  const said = Object.entries(event).filter(([name]) => OWN_WORDS.has(name));
  const words = said.map(([name, value]): readonly [string, unknown] => [
    name,
    within(value, mask),
  ]);
  const findings =
    event.type !== 'run.finished'
      ? undefined
      : event.findings?.map((one) => ({ ...one, message: mask(one.message) }));
  if (words.length === 0 && findings === undefined) return event;
  return { ...event, ...Object.fromEntries(words), ...(findings && { findings }) };
}

function within(value: unknown, mask: Mask): unknown {
  if (typeof value === 'string') return mask(value);
  if (Array.isArray(value)) return value.map((one) => within(one, mask));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, one]) => [mask(name), within(one, mask)]);
  return Object.fromEntries(entries);
}

/** What no reader would take must not get into a record: it would look altered for good. */
function refuseUnreadable(event: RunEvent): void {
  const misfit = unreadable(event);
  if (misfit === undefined) return;
  const message = `the event \`${event.type}\` cannot be recorded: ${misfit.is}, where ${misfit.expected} was expected`;
  throw new HandrailError('INTERNAL', { message });
}

/** Notes how the run ended, for what may go wrong after that. */
async function* watched(
  events: AsyncGenerator<RunEvent, void>,
  ended: { outcome?: RunOutcome },
): AsyncGenerator<RunEvent, void> {
  for await (const event of events) {
    yield event;
    if (event.type === 'run.finished') ended.outcome = event.outcome;
  }
}

/** Once a run has its end nothing of it is left to run, and it was not that nothing was run. */
function asUnfinished(
  error: unknown,
  place: { readonly run: string; readonly path: string },
  outcome: RunOutcome | undefined,
): unknown {
  if (!isSaid(error) || outcome === undefined) return error;
  // What it wrote cannot be read for the rendering: somebody was at it meanwhile.
  const isGone = GONE.has(error.code);
  if (!isGone && !WRITING.has(error.code)) return error;
  const why = isGone ? 'its log was cut or taken away meanwhile' : error.data['why'];
  const data = { ...place, ...error.data, why, outcome };
  return new HandrailError('LOG_UNFINISHED', data, { cause: error });
}

const WRITING: ReadonlySet<string> = new Set(['LOG_LOST', 'LOG_UNWRITABLE', 'STORE_FAILED']);
const GONE: ReadonlySet<string> = new Set(['RUN_NOT_RESUMABLE', 'RUN_NOT_FOUND']);

type Mask = (text: string) => string;

/** How the run masks, once it has said so; before that what is known to be secret at its beginning. */
function maskOf({ plan, deps }: Execution, masker: { readonly mask?: Mask }): Mask {
  const known = (): readonly BoundInput[] => [
    ...deps.secrets,
    ...plan.values.filter(({ secret }) => secret),
  ];
  return (text) => masker.mask?.(text) ?? createRedactor(known()).mask(text);
}

/** Loaded only where a runbook names somebody to be told. */
async function notifierFor({ store, plan, deps }: Execution, mask: Mask): Promise<Notifier | null> {
  if (!plan.runbook.frontmatter.notify?.length) return null;
  const { notifierOf } = await import('./notices/notifier.ts');
  const now = (): string => new Date(deps.clock.nowMs()).toISOString();
  const user = deps.who.user ?? '';
  return notifierOf({ plan, run: deps.run, user, env: deps.env, store, now, mask });
}

const WARM_UP_MS = 3;

/** The engine has nothing to do while a step's process starts: time to load what comes after it. */
async function* warmed(
  events: AsyncGenerator<RunEvent, void>,
  warmUp: () => void,
): AsyncGenerator<RunEvent, void> {
  let timer: NodeJS.Timeout | undefined;
  try {
    for await (const event of events) {
      if (event.type === 'step.started') timer ??= setTimeout(warmUp, WARM_UP_MS);
      yield event;
    }
  } finally {
    clearTimeout(timer);
  }
}

/** A resumed run keeps the text it goes on with beside the one it began with. */
async function openWriter(
  store: Pick<RunStore, 'create' | 'reopen'>,
  { source, deps }: Execution,
): Promise<RunWriter> {
  if (deps.past === null) return store.create(deps.run, source);
  const writer = await store.reopen(deps.run);
  const attempt = deps.past.report.attempts + 1;
  if (deps.past.changed) await writer.keep(runbookOf(attempt), source);
  return writer;
}
