import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import type { StepOutput } from '../engine/contracts/step-type.ts';
import { HandrailError } from '../engine/model/errors.ts';
import {
  type FollowOptions,
  followProcess,
  type ProcessEnd,
  type ProcessOutput,
  type StartedProcess,
} from './follow-process.ts';
import { type Guard, openGuard } from './guard.ts';
import { withLocks } from './lock-descriptors.ts';
import type { OutputPipes } from './pipes.ts';
import { startOf } from './process-stat.ts';
import type { Starter, StartRequest } from './starter.ts';

/** A process to start and how it may end. */
export interface ProcessRequest extends FollowOptions, StartRequest {
  /** Inherited by every process of the step, at descriptors 40 and up. */
  readonly lockFds: readonly number[];
  /** Starts it in the engine's place where it can. */
  readonly starter?: Starter | undefined;
  /** Real pipes for its output, asked for once; without them Node's sockets are used. */
  readonly pipes?: (() => OutputPipes | undefined) | undefined;
  /** Feeds its standard input, `null` for its end, and returns the undo. Default: standard input is empty. */
  readonly input?: (write: (data: Uint8Array | null) => void) => () => void;
  /** Its group is ended when the engine is lost. Default: it is left at work. */
  readonly endWithEngine?: boolean;
}

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
  const process = await started(request, guard);
  const { pid, stdin } = process;
  const undo = request.input?.((data) => (data === null ? stdin?.end() : stdin?.write(data)));
  // Whoever reads no input may close it.
  stdin?.on('error', () => undefined);
  const outputs = process.readers.map((reader, index) =>
    outputOf(reader, index === 0 ? 'stdout' : 'stderr'),
  );
  try {
    const following = { pid, outputs, onExit: process.onExit };
    return yield* followProcess(following, request, MAX_WAITING_BYTES);
  } finally {
    undo?.();
    guard?.dismiss();
    stdin?.destroy();
  }
}

/** At the person's terminal the group is the engine's own: nobody else may end it. */
function guardFor(request: ProcessRequest): Guard | undefined {
  if (request.atTerminal === true || request.endWithEngine !== true) return undefined;
  return openGuard(request.graceMs ?? GUARD_GRACE_MS, request.marks);
}

/** A process, and where its output is read. */
interface Running extends Pick<StartedProcess, 'pid' | 'onExit'> {
  readonly readers: readonly [Readable, Readable];
  readonly stdin?: Writable | null;
}

async function started(request: ProcessRequest, guard: Guard | undefined): Promise<Running> {
  try {
    const process = (await request.starter?.start(request)) ?? (await startHere(request));
    guard?.watch(process.pid, startOf(process.pid));
    return process;
  } catch (cause) {
    guard?.dismiss();
    throw cannotStart(request, cause);
  }
}

async function startHere(request: ProcessRequest): Promise<Running> {
  const pipes = request.pipes?.();
  try {
    const child = spawn(request.program, request.args, {
      cwd: request.cwd,
      env: request.env,
      detached: request.atTerminal !== true,
      stdio: stdioOf(request, pipes),
    });
    if (!isStarted(child)) throw await new Promise((resolve) => child.once('error', resolve));
    return {
      pid: child.pid,
      stdin: child.stdin,
      readers: pipes?.readers ?? [readable(child.stdout), readable(child.stderr)],
      onExit: (listener) => void child.once('exit', listener),
    };
  } catch (cause) {
    for (const reader of pipes?.readers ?? []) reader.destroy();
    throw cause;
  } finally {
    pipes?.closeWriters();
  }
}

function isStarted(child: ChildProcess): child is ChildProcess & { readonly pid: number } {
  return child.pid !== undefined;
}

function stdioOf(request: ProcessRequest, pipes: OutputPipes | undefined): StdioOptions {
  const [out, error] = pipes?.writers ?? (['pipe', 'pipe'] as const);
  return withLocks([request.input ? 'pipe' : 'ignore', out, error], request.lockFds);
}

/** The error of a program that cannot be started. */
export function cannotStart(
  { program, cwd, env }: Pick<ProcessRequest, 'program' | 'cwd' | 'env'>,
  cause: unknown,
): HandrailError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const said = cause instanceof Error ? cause.message : String(cause);
  const reasons: Readonly<Record<string, () => string>> = {
    ENOENT: () => `there is no such program on PATH, or no folder \`${cwd}\``,
    E2BIG: () => tooMuch(env),
  };
  const why = reasons[code]?.() ?? said;
  const message = `\`${program}\` cannot be started: ${why}.`;
  return new HandrailError('STEP_CANNOT_RUN', { message }, { cause });
}

/** Most of what a program is started with are values that steps before it captured or exported: it is not at fault. */
function tooMuch(env: ProcessRequest['env']): string {
  const sizes = Object.entries(env).map(([name, value]) => [name, (value ?? '').length] as const);
  const largest = sizes.toSorted(([, one], [, other]) => other - one).slice(0, 3);
  const names = largest.map(([name]) => `\`${name}\``).join(', ');
  const all = sizes.reduce((sum, [, size]) => sum + size, 0);
  return `its variables have ${all} letters together, more than this machine gives to a program; the largest are ${names}. Have steps write such values into files`;
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
