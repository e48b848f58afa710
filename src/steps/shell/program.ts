import type { StepContext, StepOutput, StepResult } from '../../engine/contracts/step-type.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import {
  signal as aborting,
  bytes,
  type Fields,
  figure,
  type Guard,
  guard,
  list,
  maybe,
  orNull,
  record,
  recordOf,
  refuse,
  refuseUnknown,
  text,
  whole,
  word,
} from '../../engine/model/guard.ts';
import type { Step } from '../../engine/model/runbook.ts';
import { runProcess } from '../../process/process.ts';
import { shellResult } from './result.ts';
import { untilPattern } from './until-pattern.ts';

/** A program that a step type starts. */
export interface ProgramRequest {
  readonly program: string;
  /** Seen by everybody in the list of processes: never a script, a value or a secret. */
  readonly args: readonly string[];
  /** Its standard input: where text with values in it belongs. Default: empty. */
  readonly input?: string | Uint8Array;
}

const STEP: Fields = { type: text, annotations: record };
const REQUEST: Readonly<Record<keyof ProgramRequest, Guard>> = {
  program: word,
  args: list(text),
  input: maybe(guard('a text or a Uint8Array', (value) => text(value) || bytes(value))),
};
const CONTEXT: Fields = {
  cwd: word,
  env: recordOf(text),
  lockFds: list(whole),
  signal: aborting,
  timeoutMs: orNull(figure),
};

/**
 * Runs a program as a step's command is run: in a process group of its own, with the step's folder, environment and locks;
 * what it prints comes as it is printed. It is ended with all that it started when the time is over, the run is ended or
 * nobody reads on. The step's own words (`exit`, `until`, `for`, `on-engine-death`) hold. Throws STEP_CANNOT_RUN.
 */
export async function* runProgram(
  step: Step,
  request: ProgramRequest,
  context: StepContext,
): AsyncGenerator<StepOutput, StepResult> {
  refuse('runProgram', 'its step', step, STEP);
  refuse('runProgram', 'its request', request, {});
  refuseUnknown('runProgram', 'its request', request, REQUEST);
  refuse('runProgram', 'its request', request, REQUEST);
  refuse('runProgram', 'its context', context, CONTEXT);
  const { program, args, input } = request;
  const { cwd, env, lockFds, signal, timeoutMs, place } = context;
  if (place != null) {
    const message = `\`${program}\` runs on this machine alone, and the step names \`${place}\`: a step of the type \`${step.type}\` cannot be carried out elsewhere.`;
    throw new HandrailError('STEP_CANNOT_RUN', { message });
  }
  const { annotations } = step;
  const until = untilPattern(annotations);
  const end = yield* runProcess({
    ...{ program, args, cwd, env, lockFds, signal, timeoutMs },
    marks: marksOf(env),
    endWithEngine: annotations['on-engine-death'] === 'kill',
    ...(until === undefined ? {} : { until }),
    ...(annotations.for === undefined ? {} : { forMs: annotations.for }),
    ...(input === undefined ? {} : { input: (write) => given(input, write) }),
  });
  return shellResult(step, end, timeoutMs, { values: {}, warnings: [] });
}

function given(
  input: string | Uint8Array,
  write: (data: Uint8Array | null) => void,
): () => undefined {
  write(Buffer.from(input));
  write(null);
  return () => undefined;
}

const MARKS = ['HANDRAIL_RUN_ID', 'HANDRAIL_STEP_ID'];

/** Pairs `NAME=value` in its environment that tell a step's processes from all others; empty where the run sets none. */
export function marksOf(env: Readonly<Record<string, string>>): readonly string[] {
  const marks = MARKS.flatMap((name) => (env[name] ? [`${name}=${env[name]}`] : []));
  return marks.length === MARKS.length ? marks : [];
}
