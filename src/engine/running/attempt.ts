import { formatDuration } from '../../text/duration.ts';
import { sha256Of } from '../../text/sha256.ts';
import { brokenPromise } from '../contracts/broken-promise.ts';
import type { AnyStepType, StepOutput, StepResult } from '../contracts/step-type.ts';
import { HandrailError, isSaid } from '../model/errors.ts';
import type { Attachment, RunEvent } from '../model/event.ts';
import { isError, saidBy } from '../model/guard.ts';
import type { StepOutcome } from '../model/outcome.ts';
import type { PlannedStep } from '../model/plan.ts';
import type { Step } from '../model/runbook.ts';
import { stateFile } from '../record/files.ts';
import { bindCaptured, captureIsSecret, withCapturesChecked } from './captured.ts';
import { type CastRecorder, castRecorder } from './cast.ts';
import { deadline } from './deadline.ts';
import { judge, type Stretch } from './judge.ts';
import { missingInputs } from './missing-inputs.ts';
import { outputFilter } from './output-filter.ts';
import { patiently } from './patience.ts';
import { asPromised } from './promised.ts';
import type { Session } from './session.ts';
import {
  type Attaching,
  attaching,
  cwdOf,
  limitOf,
  ownEnvOf,
  placeOf,
  stepContext,
  timeoutOf,
} from './step-context.ts';

/** What one attempt is to do. */
export interface AttemptRequest {
  readonly planned: PlannedStep;
  /** The planned step itself, its probe, or a copy with edited text. */
  readonly step: Step;
  readonly type: AnyStepType;
  readonly probe: boolean;
  readonly part: { readonly number: number; readonly of: number } | null;
  /** The person wants it to have a terminal of its own, or not. */
  readonly wantsTerminal?: boolean | undefined;
  /** Which piece of the step's text it is; it is all of it where nothing is said. */
  readonly stretch?: Stretch;
  readonly signal: AbortSignal;
  /** Failing would be handled: the runbook says to go on. */
  readonly handled: boolean;
  /** A command of the operator's own: no step of the runbook. */
  readonly own?: boolean;
  /** What the step's outcome is after this attempt, where that is not the attempt's own. */
  settles(outcome: StepOutcome): StepOutcome | null | undefined;
}

/** How an attempt ended, as the engine judges it. */
export interface AttemptEnd extends StepResult {
  readonly durationMs: number;
  /** Numbered differences of expectations that were not met, masked. */
  readonly detail: string;
  /** The step could not be run at all: what the run's exit code has to be then. */
  readonly error: HandrailError | null;
}

/**
 * Runs a step once. The process starts only after the consumer asked for what follows `step.started`:
 * by then it is stored. Leaving the generator early ends the step.
 */
export async function* attempt(
  session: Session,
  request: AttemptRequest,
): AsyncGenerator<RunEvent, AttemptEnd> {
  const { planned, step } = request;
  const number = (session.tries.get(planned.id) ?? 0) + 1;
  session.tries.set(planned.id, number);
  yield startedEvent(session, request, number);
  const inTime = limited(session, request);
  const startMs = session.deps.clock.monoMs();
  const files = attaching(session, planned, number);
  const filter = outputFilter(session, step, captureIsSecret(session, step));
  const cast = castRecorder(session, planned.id, number);
  const ended = yield* withOutput(session, request, number, filter, cast, files);
  const kept = await files.end();
  const durationMs = Math.round((session.deps.clock.monoMs() - startMs) * 10) / 10;
  const judged = await judge(session, request, inTime(ended.result), filter);
  const { expectations, detail } = judged;
  const result = request.probe ? judged.result : await withCapturesChecked(session, judged.result);
  if (!request.probe) yield* bindCaptured(session, planned, result);
  // What is kept of the state belongs to the end that is recorded next.
  const endTurn = await session.ending.take();
  try {
    const state = await keepState(session, request, number);
    const onTerminal = result.facts?.['terminal'] === true;
    const attachments = [...kept, ...(onTerminal ? await cast.keep() : [])];
    const why = ended.error?.message ?? result.why;
    const settles = request.settles(result.outcome);
    yield {
      type: 'step.finished',
      stepId: planned.id,
      try: number,
      outcome: result.outcome,
      ...(result.exitCode === undefined ? {} : { exitCode: result.exitCode }),
      ...(result.signal === undefined ? {} : { signal: result.signal }),
      durationMs,
      stdoutBytes: filter.bytes.stdout,
      stderrBytes: filter.bytes.stderr,
      ...(expectations.length === 0 ? {} : { expectations }),
      ...(result.warnings?.length ? { warnings: result.warnings.map(session.mask) } : {}),
      ...(why === undefined || result.outcome === 'passed' ? {} : { why: session.mask(why) }),
      ...(filter.redactions() === 0 ? {} : { redactions: filter.redactions() }),
      ...(request.handled && !UNHANDLED.has(result.outcome) ? { handled: true } : {}),
      ...(result.facts === undefined ? {} : { facts: result.facts }),
      ...(attachments.length > 0 ? { attachments } : {}),
      ...(state === null ? {} : { state }),
      ...(request.probe ? { probe: true } : {}),
      ...(settles === undefined ? {} : { settles }),
    };
  } finally {
    endTurn();
  }
  const compared = expectations.length === 0 ? {} : { expectations };
  return { ...result, ...compared, durationMs, detail, error: ended.error };
}

/** What ends an attempt because of its procedure's time says so. */
function limited(
  session: Session,
  { planned, step }: AttemptRequest,
): (result: StepResult) => StepResult {
  const limit = limitOf(session, planned);
  if (limit === null) return (result) => result;
  const timeoutMs = timeoutOf(session, planned, step) ?? 0;
  // Both look at the clock: a moment lies between them.
  const isOwn = timeoutMs < limit.leftMs - 50;
  const why = `the time of its procedure \`${limit.procedure}\` is over (${formatDuration(limit.ms)})`;
  return (result) => (result.outcome === 'timed-out' && !isOwn ? { ...result, why } : result);
}

/** A pass needs no handling, and what nobody knows cannot be handled. */
const UNHANDLED: ReadonlySet<StepOutcome> = new Set(['passed', 'unknown']);

function startedEvent(
  session: Session,
  request: AttemptRequest,
  number: number,
): Extract<RunEvent, { type: 'step.started' }> {
  const { planned, step, type, probe, part } = request;
  const { text, masked } = session.filler.tryFill(step.text, type.quoting);
  return {
    type: 'step.started',
    stepId: planned.id,
    stepType: step.type,
    title: session.mask(step.title),
    line: step.line,
    try: number,
    effect: step.effect,
    text: session.mask(masked),
    textSha256: sha256Of(text),
    cwd: cwdOf(session, planned, step),
    env: Object.keys(ownEnvOf(session, planned, step)),
    timeoutMs: timeoutOf(session, planned, step),
    ...(probe ? { probe } : {}),
    ...(request.own === true ? { own: true } : {}),
    ...(part === null ? {} : { part }),
  };
}

/** Passes the step's output on, masked, until the step has ended; a step that cannot run has failed. */
async function* withOutput(
  session: Session,
  request: AttemptRequest,
  number: number,
  filter: ReturnType<typeof outputFilter>,
  cast: CastRecorder,
  files: Attaching,
): AsyncGenerator<RunEvent, { readonly result: StepResult; readonly error: HandrailError | null }> {
  const { planned, step, type } = request;
  const end = deadline(session, request.signal, timeoutOf(session, planned, step));
  let running: AsyncGenerator<StepOutput, StepResult> | undefined;
  const asEvent = (output: StepOutput): RunEvent => {
    cast.see(output);
    return { type: 'step.output', stepId: planned.id, try: number, ...output };
  };
  try {
    refuseMissing(session, step);
    const context = stepContext(session, planned, step, type, {
      text: step.text,
      signal: end.signal,
      isolated: request.probe,
      wantsTerminal: request.wantsTerminal,
      try: number,
      attach: files.attach,
    });
    const begun = type.run?.(step, step.body, context);
    if (begun === undefined)
      throw new HandrailError('STEP_CANNOT_RUN', {
        message: `\`${step.title}\` is a ${step.type} step, which nothing can run.`,
      });
    running = patiently(asPromised(type.name, begun), end.signal, session.deps.clock);
    let next = await running.next();
    while (!next.done) {
      for (const output of filter.push(next.value)) yield asEvent(output);
      next = await running.next();
    }
    running = undefined;
    refuseForged(type.name, next.value, await files.end());
    for (const output of filter.end()) yield asEvent(output);
    return { result: end.named(next.value), error: null };
  } catch (error) {
    for (const output of filter.end()) yield asEvent(output);
    if (isEnding(error, end.signal))
      return { result: end.named({ outcome: 'cancelled' }), error: null };
    const known = asHandrailError(error, step.type);
    return { result: { outcome: 'failed', why: known.message }, error: known };
  } finally {
    end.dispose();
    await running?.return({ outcome: 'cancelled' });
  }
}

/** A file that nobody kept would look as if somebody had taken it away. */
function refuseForged(
  type: string,
  { attachments = [] }: StepResult,
  kept: readonly Attachment[],
): void {
  const forged = attachments.find(({ path }) => !kept.some((one) => one.path === path));
  if (forged === undefined) return;
  const is = `\`run\` returned the attachment \`${forged.path}\``;
  throw brokenPromise(type, is, 'what `attach` answered');
}

/** What a step throws because it was told to end is no fault: what waits for an aborted signal throws that it was. */
function isEnding(error: unknown, signal: AbortSignal): boolean {
  if (!signal.aborted) return false;
  const isAbort = isError(error) && saidBy(error, ({ name }) => name) === 'AbortError';
  return error === signal.reason || isAbort;
}

/** A text with a hole in it is never run. */
function refuseMissing(session: Session, step: Step): void {
  const [name] = missingInputs(session, step);
  if (name === undefined) return;
  const message = `Input \`${name}\` has no value here: what should have given it did not run.`;
  throw new HandrailError('STEP_CANNOT_RUN', { message });
}

/** Kept before the end is recorded: a step whose end is in the log has its state beside it. `null`: it is as it was. */
async function keepState(
  session: Session,
  { planned, step }: AttemptRequest,
  number: number,
): Promise<Attachment | null> {
  const mark = { stepId: planned.id, try: number };
  const place = placeOf(session, planned, step);
  const changes = session.carried.takeChanges(mark, session.secrets(), place);
  if (changes === undefined) return null;
  session.stateSlot.last = 1 - session.stateSlot.last;
  const path = stateFile(session.stateSlot.last);
  await session.deps.keep(path, changes);
  return { path, bytes: Buffer.byteLength(changes), sha256: sha256Of(changes) };
}

/** What is thrown by accident is the step type's, and says so. */
function asHandrailError(error: unknown, type: string): HandrailError {
  if (isSaid(error)) return error;
  const is = `\`run\` threw "${saidBy(error)}"`;
  return brokenPromise(type, is, 'an outcome or a HandrailError', error);
}
