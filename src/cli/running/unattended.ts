import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import type { Operator } from '../../engine/contracts/operator.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import type { RunEvent } from '../../engine/model/event.ts';
import { EXIT, isSettled } from '../../engine/model/outcome.ts';
import { nothingOf } from '../../engine/replay.ts';
import type { Handrail, RunHandle } from '../../library.ts';
import { giveBack } from '../../text/rooms.ts';
import type { Attendance } from '../../world.ts';
import type { Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';
import { followRun } from '../follow.ts';
import type { Outlet } from '../outlet.ts';
import { failureBlock } from '../progress/failure.ts';
import { type FailureWatch, makeFailureWatch, type Outline } from '../progress/failure-watch.ts';
import { Progress } from '../progress/progress.ts';
import { signIfAsked, signingKey } from '../proof/signing-key.ts';
import { closing, type Ending } from './closing.ts';
import { watchSignals } from './signals.ts';
import { type Undone, watchUndone } from './undone.ts';
import { limitYoungMemory, spareMarking } from './young-memory.ts';

/** Carries a run out by policy, from `start` to its signature; returns the exit code. */
export async function runUnattended(
  handrail: Handrail,
  operator: Operator,
  start: (attendance: Attendance) => RunHandle | Promise<RunHandle>,
  invocation: Invocation,
  context: CliContext,
): Promise<number> {
  const key = signingKey(invocation, context);
  const { signal, stop } = watchSignals();
  try {
    const handle = await start({ operator, signal });
    limitYoungMemory(handle.plan.steps.length);
    const mode = `unattended (${invocation.flag('unattended') ? 'asked for' : 'HANDRAIL_UNATTENDED'})`;
    const carried = { handrail, handle, mode };
    const exitCode = await carryOut(carried, invocation, context);
    await signIfAsked(handrail, handle.run, key);
    return exitCode;
  } finally {
    stop();
  }
}

/** A run on its way to the screen. */
interface Carried {
  readonly handrail: Handrail;
  readonly handle: RunHandle;
  readonly mode: string;
}

type Finished = Extract<RunEvent, { type: 'run.finished' }>;

/** Reads a run's events to their end, shows them as asked, and returns the exit code. */
async function carryOut(
  carried: Carried,
  invocation: Invocation,
  context: CliContext,
): Promise<number> {
  const { handrail, handle } = carried;
  const watch = makeFailureWatch(outlineOf(handle));
  const screen = screenOf(carried, invocation, context, watch);
  const undone = watchUndone(handle.plan);
  const seeBytes = spareMarking();
  let finished: Finished | null = null;
  let isResumed = false;
  for await (const event of handle.events) {
    if (event.type === 'step.output') {
      seeBytes(event.chunk.length);
      await screen(event);
      watch.see(event);
      // Nobody has it any more: whoever keeps output keeps a copy.
      giveBack(event.chunk);
      continue;
    }
    watch.see(event);
    undone.see(event);
    await screen(event);
    if (event.type === 'run.finished') finished = event;
    isResumed ||= event.type === 'run.resumed';
  }
  const out = invocation.text('out');
  if (out !== undefined) await copyOfLog(handrail, handle.run, path.resolve(context.cwd, out));
  if (context.env['GITHUB_STEP_SUMMARY']) {
    const { pipelineSummary } = await import('./pipeline-summary.ts');
    await pipelineSummary(handrail, handle.run, context);
  }
  const exitCode = finished?.exitCode ?? EXIT.internal;
  const left = undone.steps(isResumed ? await settledIn(handrail, handle.run) : new Set());
  const { outcomes, unsigned } = undone;
  await tellEnd({
    handrail,
    handle,
    finished,
    exitCode,
    watch,
    left,
    outcomes,
    unsigned,
    invocation,
    context,
  });
  return exitCode;
}

/** Ids of the steps that a run has behind it; none where its record cannot be read any more. */
async function settledIn(handrail: Handrail, run: string): Promise<ReadonlySet<string>> {
  const report = await handrail
    .find(run)
    .then((reader) => handrail.report(reader))
    .catch(nothingOf);
  return new Set(report?.steps.filter(isSettled).map(({ id }) => id));
}

/** How events are shown: as progress, as JSON lines, or not at all. */
function screenOf(
  { handrail, handle, mode }: Carried,
  invocation: Invocation,
  context: CliContext,
  watch: FailureWatch,
): (event: RunEvent) => Promise<void> | undefined {
  if (invocation.flag('json')) return jsonLines(handle.run, context.out);
  if (invocation.flag('quiet')) return () => undefined;
  const { run, where } = handle;
  const outline = outlineOf(handle);
  const exceptions = async (): Promise<readonly string[]> =>
    (await handrail.report(await handrail.find(run))).exceptions;
  const progress = new Progress({ ...context, mode, run, where, outline, watch, exceptions });
  return (event) => progress.show(event);
}

function outlineOf({ plan }: RunHandle): Outline {
  const steps = plan.steps.map(({ id, step }) => ({ id, title: step.title }));
  return { path: plan.runbook.path, steps };
}

interface End {
  readonly handrail: Handrail;
  readonly handle: RunHandle;
  readonly finished: Finished | null;
  readonly exitCode: number;
  readonly watch: ReturnType<typeof makeFailureWatch>;
  readonly left: readonly Undone[];
  readonly outcomes: Ending['outcomes'];
  readonly unsigned: string | null;
  readonly invocation: Invocation;
  readonly context: CliContext;
}

/** Says how it ended: nothing with `--quiet` on success; what failed and how to go on otherwise. */
async function tellEnd(end: End): Promise<void> {
  const { handle, exitCode, watch, invocation, context } = end;
  const isQuiet = invocation.flag('quiet');
  const isJson = invocation.flag('json');
  if (exitCode === EXIT.passed && (isQuiet || isJson)) return;
  if (isJson && watch.failed)
    await context.err.write(
      failureBlock(watch.failed, (_tone, text) => text, { withOutput: true }),
    );
  if (isQuiet && !isJson) await replayed(end);
  const told = closing({
    plan: handle.plan,
    run: handle.run,
    where: handle.where,
    finished: end.finished,
    failed: watch.failed,
    left: end.left,
    outcomes: end.outcomes,
    unsigned: end.unsigned,
    context,
  });
  await (isJson ? context.err : context.out).write(told.text);
  if (told.machineLine !== '') await context.err.write(told.machineLine);
}

/** What `--quiet` held back, from the record. */
async function replayed({ handrail, handle, context }: End): Promise<void> {
  const reader = await handrail.store.read(handle.run);
  if (reader) await followRun(reader, context);
}

async function copyOfLog(handrail: Handrail, run: string, file: string): Promise<void> {
  const text = await handrail.render(await handrail.find(run));
  await writeFile(file, text, { mode: 0o600 }).catch((error: unknown) => {
    throw cannotCopy(file, error);
  });
}

function cannotCopy(file: string, error: unknown): HandrailError {
  const code = error instanceof Error && 'code' in error ? error.code : error;
  return new HandrailError(
    'CONFIGURATION',
    {
      message: `The copy of the run log cannot be written to \`${file}\` (${code}); the run itself is recorded, and \`handrail log\` shows it.`,
    },
    { cause: error },
  );
}

/** Writes every event as a line of JSON; output carries its `text` in the place of bytes. */
function jsonLines(run: string, out: Outlet): (event: RunEvent) => Promise<void> | undefined {
  let decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };
  return (event) => {
    if (event.type === 'step.started')
      decoders = { stdout: new StringDecoder('utf8'), stderr: new StringDecoder('utf8') };
    const { type, ...facts } = event.type === 'step.output' ? withText(event, decoders) : event;
    return out.write(`${JSON.stringify({ run, type, ...facts })}\n`);
  };
}

type Output = Extract<RunEvent, { type: 'step.output' }>;

function withText(
  { chunk, ...facts }: Output,
  decoders: Readonly<Record<Output['stream'], StringDecoder>>,
): Omit<Output, 'chunk'> & { readonly text: string } {
  return { ...facts, text: decoders[facts.stream].write(Buffer.from(chunk)) };
}
