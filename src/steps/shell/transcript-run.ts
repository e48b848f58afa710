import type { StepContext, StepOutput, StepResult } from '../../engine/contracts/step-type.ts';
import type { TranscriptEntry } from '../../engine/model/block.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import type { Step } from '../../engine/model/runbook.ts';
import type { ProcessEnd } from '../../process/follow-process.ts';
import { unguessable } from '../../process/random-bytes.ts';
import { openAttempt } from './attempt.ts';
import { shellHome } from './home.ts';
import { shellResult } from './result.ts';
import { endedAsSaid, transcriptReader, transcriptScript } from './transcript-script.ts';
import { transformOutput } from './transform-output.ts';

/** What a command of a transcript did. */
interface Observed {
  readonly command: string;
  readonly output: string;
  readonly exitCode: number;
}

/** Output of all commands together that is kept for comparing. */
const MAX_OBSERVED_BYTES = 4 * 1024 * 1024;

/**
 * Carries out a transcript's commands one by one in one shell, going on after failures as a person would. `observed` is a
 * JSON array of `{command, output, exitCode}`; a command that ends otherwise than its text says fails the step.
 */
export async function* runTranscript(
  step: Step,
  entries: readonly TranscriptEntry[],
  context: StepContext,
): AsyncGenerator<StepOutput, StepResult> {
  const filled = filledEntries(step, entries, context.text);
  const nonce = unguessable(16).toString('hex');
  const home = await shellHome(context.resources);
  const options = { ...context.shell, errexit: false, pipefail: false };
  const attempt = await openAttempt(
    step,
    transcriptScript(filled, nonce),
    context,
    options,
    home,
    true,
  );
  const observer = observe(entries, nonce);
  try {
    const end = yield* transformOutput(attempt.run(), observer.see);
    yield* observer.rest();
    const observed = observer.end(end);
    const left = attempt.finish(end);
    const result = shellResult(step, end, context.timeoutMs, left);
    const verdict = left.lost === undefined ? judged(step, entries, end, observed, result) : result;
    return { ...verdict, observed: JSON.stringify(observed) };
  } finally {
    attempt.close();
  }
}

/** The commands with inputs filled in, taken from the filled text by their lines. */
function filledEntries(
  step: Step,
  entries: readonly TranscriptEntry[],
  text: string,
): readonly TranscriptEntry[] {
  if (text === step.text) return entries;
  const lines = text.split('\n');
  if (lines.length !== step.text.split('\n').length) {
    const message = `A transcript's command cannot take a value of several lines (line ${step.textLine}). Write it as a script without prompts.`;
    throw new HandrailError('STEP_CANNOT_RUN', { message });
  }
  return entries.map((entry) => {
    const count = entry.command.split('\n').length;
    return { ...entry, command: lines.slice(entry.line, entry.line + count).join('\n') };
  });
}

/** Collects each command's output; commands are recorded as their author wrote them, without filled-in values. */
function observe(
  entries: readonly TranscriptEntry[],
  nonce: string,
): {
  readonly see: (output: StepOutput) => readonly StepOutput[];
  /** Output that was held back until the end. */
  readonly rest: () => readonly StepOutput[];
  readonly end: (end: ProcessEnd) => readonly Observed[];
} {
  const reader = transcriptReader(nonce);
  const done: Observed[] = [];
  let output: Uint8Array[] = [];
  let room = MAX_OBSERVED_BYTES;
  const close = (exitCode: number): void => {
    const command = entries[done.length]?.command;
    if (command === undefined) return;
    done.push({ command, output: Buffer.concat(output).toString('utf8'), exitCode });
    output = [];
  };
  const take = (chunk: Uint8Array): StepOutput => {
    output.push(chunk.subarray(0, room));
    room -= Math.min(room, chunk.length);
    return { stream: 'stdout', chunk };
  };
  return {
    see({ chunk }) {
      const shown: StepOutput[] = [];
      for (const piece of reader.next(chunk)) {
        if ('exitCode' in piece) close(piece.exitCode);
        else shown.push(take(piece.chunk));
      }
      return shown;
    },
    rest: () => (reader.rest().length > 0 ? [take(reader.rest())] : []),
    end({ exitCode, endedBy }) {
      // The shell itself ended in this command: `exit`, or a program it became.
      if (endedBy === 'itself' && exitCode !== null) close(exitCode);
      return done;
    },
  };
}

function judged(
  step: Step,
  entries: readonly TranscriptEntry[],
  end: ProcessEnd,
  observed: readonly Observed[],
  result: StepResult,
): StepResult {
  if (end.endedBy !== 'itself' || end.exitCode === null) return result;
  const accepted = step.annotations.exit ?? [0];
  const wrong = observed.findIndex(({ exitCode }, index) => {
    const entry = entries[index];
    return entry !== undefined && !endedAsSaid(entry, exitCode, accepted);
  });
  const { why: _, ...rest } = result;
  const got = observed[wrong];
  if (got) {
    const why = `\`${got.command}\` (line ${step.textLine + (entries[wrong]?.line ?? 0)}) ended with exit code ${got.exitCode}.`;
    return { ...rest, outcome: 'failed', exitCode: got.exitCode, why };
  }
  const missed = entries[observed.length];
  if (!missed) return { ...rest, outcome: 'passed', exitCode: 0 };
  const why = `The shell ended before \`${missed.command}\` (line ${step.textLine + missed.line}).`;
  return { ...rest, outcome: 'failed', why };
}
