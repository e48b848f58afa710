import type {
  GuardedText,
  StepContext,
  StepOutput,
  StepResult,
} from '../../engine/contracts/step-type.ts';
import type { TranscriptEntry } from '../../engine/model/block.ts';
import { capturedText } from '../../engine/model/captured-text.ts';
import type { ExpectationResult } from '../../engine/model/event.ts';
import type { Step } from '../../engine/model/runbook.ts';
import { asShown } from '../../text/as-shown.ts';
import { openAttempt } from './attempt.ts';
import { shellHome } from './home.ts';
import { shellResult } from './result.ts';
import { runTranscript } from './transcript-run.ts';
import { outputCollector, transformOutput } from './transform-output.ts';

/** What a shell step's body may say about how it is run. */
export interface RunnableBody {
  /** Commands with their expected output, in order; absent or empty for a plain script. */
  readonly transcript?: readonly TranscriptEntry[] | undefined;
}

/** Longest standard output that becomes an input or is handed back. */
const MAX_CAPTURED_BYTES = 1024 * 1024;

/** Runs a shell step: its script, or its transcript's commands one by one. */
export async function* runShell(
  step: Step,
  body: RunnableBody,
  context: StepContext,
): AsyncGenerator<StepOutput, StepResult> {
  const { transcript = [] } = body;
  const { capture } = step.annotations;
  if (transcript.length > 0) return yield* runTranscript(step, transcript, context);
  if (capture === undefined) return yield* runText(step, context.text, context);
  const { stdout, overflowed, result } = yield* runShellText(step, context.text, context);
  return result.outcome === 'passed' ? withCapture(result, capture, stdout, overflowed) : result;
}

/** How text ran, with the beginning of what it printed. */
export interface ShellTextResult {
  readonly result: StepResult;
  /** Up to 1 MiB of standard output. */
  readonly stdout: string;
  /** There was more. */
  readonly overflowed: boolean;
}

/** Runs text (a threshold's check, an item's command) in the run's shell as the step says, and hands back what it printed. */
export async function* runShellText(
  step: Step,
  text: string,
  context: StepContext,
): AsyncGenerator<StepOutput, ShellTextResult> {
  const collector = outputCollector(MAX_CAPTURED_BYTES);
  const result = yield* transformOutput(runText(step, text, context, true), collector.see);
  return { result, stdout: collector.text(), overflowed: collector.overflowed() };
}

async function* runText(
  step: Step,
  text: string,
  context: StepContext,
  isRead = false,
): AsyncGenerator<StepOutput, StepResult> {
  const pieces =
    text === context.text && staysOpen(step) ? await context.shell.guarded?.(text) : [];
  return pieces === undefined || pieces.length === 0
    ? yield* runAtOnce(step, text, context, isRead)
    : yield* runGuarded(step, pieces, context, isRead);
}

/** Its shell's state goes on from one piece to the next. */
const staysOpen = ({ annotations }: Step): boolean =>
  !annotations.isolated && !annotations.verify && annotations.interpreter === undefined;

/** Runs a script piece by piece; where one printed something else than a comment says, what stands below does not run. */
async function* runGuarded(
  step: Step,
  pieces: readonly GuardedText[],
  context: StepContext,
  isRead: boolean,
): AsyncGenerator<StepOutput, StepResult> {
  const expectations: ExpectationResult[] = [];
  let so: StepResult = { outcome: 'passed' };
  for (const { line, text, look } of pieces) {
    const collector = outputCollector(MAX_CAPTURED_BYTES);
    const at = { ...step, textLine: step.textLine + line };
    const result = yield* transformOutput(runAtOnce(at, text, context, isRead), collector.see);
    const warnings = [...(so.warnings ?? []), ...(result.warnings ?? [])];
    so = { ...result, warnings, captured: { ...so.captured, ...result.captured }, expectations };
    if (result.outcome !== 'passed' || (result.exitCode ?? 0) !== 0) return so;
    expectations.push(...look(asShown(collector.text())));
    const missed = expectations.find(({ passed }) => !passed);
    if (missed === undefined) continue;
    const { exitCode: _, ...rest } = so;
    const why = `the output is not what line ${missed.line} expects`;
    return { ...rest, outcome: 'failed', why, facts: { ...so.facts, failedLine: at.textLine } };
  }
  return so;
}

async function* runAtOnce(
  step: Step,
  text: string,
  context: StepContext,
  isRead: boolean,
): AsyncGenerator<StepOutput, StepResult> {
  const home = await shellHome(context.resources);
  const attempt = await openAttempt(step, text, context, context.shell, home, isRead);
  try {
    const end = yield* attempt.run();
    return shellResult(step, end, context.timeoutMs, attempt.finish(end));
  } finally {
    attempt.close();
  }
}

function withCapture(
  result: StepResult,
  name: string,
  stdout: string,
  overflowed: boolean,
): StepResult {
  if (overflowed) {
    const why = `The output is larger than ${MAX_CAPTURED_BYTES} bytes: it cannot become the input \`${name}\`.`;
    return { ...result, outcome: 'failed', why };
  }
  return { ...result, captured: { ...result.captured, [name]: capturedText(stdout) } };
}
