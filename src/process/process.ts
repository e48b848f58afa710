import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { StepOutput } from '../engine/contracts/step-type.ts';
import { HandrailError } from '../engine/model/errors.ts';
import {
  type FollowOptions,
  followProcess,
  type ProcessEnd,
  type ProcessOutput,
} from './follow-process.ts';
import { type Guard, openGuard } from './guard.ts';
import type { OutputPipes } from './pipes.ts';

/** A process to start and how it may end. */
export interface ProcessRequest extends FollowOptions {
  readonly program: string;
  /** Seen by everybody in `ps`: never a script, a value or a secret. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Inherited by every process of the step, at descriptors 40 and up. */
  readonly lockFds: readonly number[];
  /** Real pipes for its output; without them Node's sockets are used. */
  readonly pipes?: OutputPipes | undefined;
  /** Feeds its standard input, `null` for its end, and returns the undo. Default: standard input is empty. */
  readonly input?: (write: (data: Uint8Array | null) => void) => () => void;
  /** Its group is ended when the engine is lost. Default: it is left at work. */
  readonly endWithEngine?: boolean;
}

/** First descriptor of the locks: out of the way of what scripts use themselves. */
const FIRST_LOCK_FD = 40;
/** Output that may wait for its reader. */
const MAX_WAITING_BYTES = 512 * 1024;
const GUARD_GRACE_MS = 5000;

/**
 * Starts one process, in a process group of its own unless it may ask at the terminal, and yields its output as it comes, no faster than it is read. Ends
 * the whole group on timeout, abort, `until` and `for`, and when the reader stops reading. Returns when the process
 * itself has ended and its output is drained; throws STEP_CANNOT_RUN when it cannot be started.
 */
export async function* runProcess(request: ProcessRequest): AsyncGenerator<StepOutput, ProcessEnd> {
  const guard = guardFor(request);
  const child = await start(request, guard);
  const readers = request.pipes?.readers ?? [readable(child.stdout), readable(child.stderr)];
  const undo = request.input?.((data) =>
    data === null ? child.stdin?.end() : child.stdin?.write(data),
  );
  // Whoever reads no input may close it.
  child.stdin?.on('error', () => undefined);
  const process = {
    pid: child.pid,
    outputs: readers.map((reader, index) => outputOf(reader, index === 0 ? 'stdout' : 'stderr')),
    onExit: (listener: (code: number | null, signal: string | null) => void) =>
      void child.once('exit', listener),
  };
  try {
    return yield* followProcess(process, request, MAX_WAITING_BYTES);
  } finally {
    undo?.();
    guard?.dismiss();
    child.stdin?.destroy();
  }
}

/** At the person's terminal the group is the engine's own: nobody else may end it. */
function guardFor(request: ProcessRequest): Guard | undefined {
  if (request.atTerminal === true || request.endWithEngine !== true) return undefined;
  return openGuard(request.graceMs ?? GUARD_GRACE_MS);
}

async function start(
  request: ProcessRequest,
  guard: Guard | undefined,
): Promise<ChildProcess & { readonly pid: number }> {
  try {
    const child = spawn(request.program, request.args, {
      cwd: request.cwd,
      env: request.env,
      detached: request.atTerminal !== true,
      stdio: stdioOf(request),
    });
    if (isStarted(child)) {
      guard?.watch(child.pid);
      return child;
    }
    throw await new Promise<Error>((resolve) => child.once('error', resolve));
  } catch (cause) {
    guard?.dismiss();
    for (const reader of request.pipes?.readers ?? []) reader.destroy();
    throw cannotStart(request, cause);
  } finally {
    request.pipes?.closeWriters();
  }
}

function isStarted(child: ChildProcess): child is ChildProcess & { readonly pid: number } {
  return child.pid !== undefined;
}

function stdioOf(request: ProcessRequest): StdioOptions {
  const [out, error] = request.pipes?.writers ?? (['pipe', 'pipe'] as const);
  const stdio: ('ignore' | 'pipe' | number)[] = [request.input ? 'pipe' : 'ignore', out, error];
  if (request.lockFds.length === 0) return stdio;
  while (stdio.length < FIRST_LOCK_FD) stdio.push('ignore');
  return [...stdio, ...request.lockFds];
}

/** The error of a program that cannot be started. */
export function cannotStart(
  { program, cwd }: Pick<ProcessRequest, 'program' | 'cwd'>,
  cause: unknown,
): HandrailError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const said = cause instanceof Error ? cause.message : String(cause);
  const why =
    code === 'ENOENT' ? `there is no such program on PATH, or no folder \`${cwd}\`` : said;
  const message = `\`${program}\` cannot be started: ${why}.`;
  return new HandrailError('STEP_CANNOT_RUN', { message }, { cause });
}

function readable(stream: Readable | null): Readable {
  if (!stream) throw new HandrailError('INTERNAL', { message: 'a process has no output stream' });
  return stream;
}

function outputOf(reader: Readable, stream: StepOutput['stream']): ProcessOutput {
  reader.once('error', () => reader.destroy());
  return {
    stream,
    onChunk: (listener) => void reader.on('data', listener),
    onClose: (listener) => void reader.once('close', listener),
    pause: () => void reader.pause(),
    resume: () => void reader.resume(),
    letGo() {
      if (reader.destroyed) return;
      reader.resume();
      if ('unref' in reader && typeof reader.unref === 'function') reader.unref();
    },
  };
}
