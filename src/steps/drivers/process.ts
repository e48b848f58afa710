import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { StepOutput } from '../../engine/contracts/step-type.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { lineWatch } from './line-watch.ts';
import { type OutputQueue, outputQueue } from './output-queue.ts';
import type { OutputPipes } from './pipes.ts';
import { endTree, membersOf, type ProcessTree } from './process-tree.ts';

/** A process to start and how it may end. */
export interface ProcessRequest {
  readonly program: string;
  /** Seen by everybody in `ps`: never a script, a value or a secret. */
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Inherited by every process of the step, at descriptors 40 and up. */
  readonly lockFds: readonly number[];
  /** Pairs `NAME=value` that tell the step's processes from all others. */
  readonly marks: readonly string[];
  readonly signal: AbortSignal;
  /** `null`: none. */
  readonly timeoutMs: number | null;
  /** Ends it with success at the line of output that matches. */
  readonly until?: RegExp;
  /** Ends it with success after this time. */
  readonly forMs?: number;
  /** Between TERM and KILL. Default: 5 s. */
  readonly graceMs?: number;
  /** Real pipes for its output; without them Node's sockets are used. */
  readonly pipes?: OutputPipes | undefined;
}

/** How a process ended. */
export interface ProcessEnd {
  readonly pid: number;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly endedBy: 'itself' | 'timeout' | 'cancelled' | 'until' | 'for';
  /** Processes that it left running in its group, as `PID command line`. */
  readonly leftBehind: readonly string[];
  /** Everybody who could write to its output has ended. */
  readonly closed: boolean;
}

/** First descriptor of the locks: out of the way of what scripts use themselves. */
const FIRST_LOCK_FD = 40;
const DEFAULT_GRACE_MS = 5000;
/** Output that may wait for its reader. */
const MAX_WAITING_BYTES = 512 * 1024;
/** How long output may stay silent after the process has ended while others hold its pipes. */
const SILENCE_MS = 120;
/** How long such others may go on writing into the step's output. */
const LONGEST_DRAIN_MS = 2000;

/**
 * Starts one process in a process group of its own, with empty standard input, and yields its output as it comes, no
 * faster than it is read. Ends the whole group on timeout, abort, `until` and `for`, and when the reader stops reading.
 * Returns when the process itself has ended and its output is drained; throws STEP_CANNOT_RUN when it cannot be started.
 */
export async function* runProcess(request: ProcessRequest): AsyncGenerator<StepOutput, ProcessEnd> {
  const child = await start(request);
  const readers = request.pipes?.readers ?? [readerOf(child.stdout), readerOf(child.stderr)];
  const queue = outputQueue(MAX_WAITING_BYTES, {
    pause: () => readers.forEach((reader) => reader.pause()),
    resume: () => readers.forEach((reader) => reader.resume()),
  });
  const state = watch(child, readers, queue, request);
  try {
    while (true) {
      const output = queue.shift();
      if (output) yield output;
      else if (state.settled()) break;
      else await queue.changed();
    }
    return await state.end();
  } finally {
    await state.release();
  }
}

async function start(request: ProcessRequest): Promise<ChildProcess & { readonly pid: number }> {
  try {
    const child = spawn(request.program, request.args, {
      cwd: request.cwd,
      env: request.env,
      detached: true,
      stdio: stdioOf(request),
    });
    if (isStarted(child)) return child;
    const [error] = await new Promise<[Error]>((resolve) =>
      child.once('error', (reason) => resolve([reason])),
    );
    throw error;
  } catch (cause) {
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
  const stdio: ('ignore' | 'pipe' | number)[] = [
    'ignore',
    ...(request.pipes?.writers ?? (['pipe', 'pipe'] as const)),
  ];
  if (request.lockFds.length === 0) return stdio;
  while (stdio.length < FIRST_LOCK_FD) stdio.push('ignore');
  return [...stdio, ...request.lockFds];
}

function cannotStart(request: ProcessRequest, cause: unknown): HandrailError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const why =
    code === 'ENOENT'
      ? `there is no such program on PATH, or no folder \`${request.cwd}\``
      : cause instanceof Error
        ? cause.message
        : String(cause);
  const message = `\`${request.program}\` cannot be started: ${why}.`;
  return new HandrailError('STEP_CANNOT_RUN', { message }, { cause });
}

function readerOf(stream: Readable | null): Readable {
  if (!stream) throw new HandrailError('INTERNAL', { message: 'a process has no output stream' });
  return stream;
}

interface Watch {
  /** The process has ended and its output is drained. */
  settled(): boolean;
  end(): Promise<ProcessEnd>;
  release(): Promise<void>;
}

function watch(
  child: ChildProcess & { readonly pid: number },
  readers: readonly Readable[],
  queue: OutputQueue,
  request: ProcessRequest,
): Watch {
  const tree: ProcessTree = { group: child.pid, marks: request.marks };
  let exit: { readonly code: number | null; readonly signal: string | null } | undefined;
  let exitedAt = 0;
  let endedBy: ProcessEnd['endedBy'] = 'itself';
  let ending: Promise<void> | undefined;
  let open = readers.length;
  let abandoned = false;
  let lastOutputAt = 0;
  let drainTimer: NodeJS.Timeout | undefined;

  const stop = (by: ProcessEnd['endedBy']): void => {
    if (ending || (exit && open === 0)) return;
    if (!exit) endedBy = by;
    ending = endTree(tree, request.graceMs ?? DEFAULT_GRACE_MS).finally(queue.wake);
  };
  const timers = [
    ...later(request.timeoutMs, () => stop('timeout')),
    ...later(request.forMs ?? null, () => stop('for')),
  ];
  const onAbort = (): void => stop(isTimeout(request.signal.reason) ? 'timeout' : 'cancelled');
  request.signal.addEventListener('abort', onAbort, { once: true });
  if (request.signal.aborted) onAbort();

  const watchDrain = (): void => {
    const now = performance.now();
    if (queue.full) lastOutputAt = now;
    const silent = now - Math.max(exitedAt, lastOutputAt) >= SILENCE_MS;
    if (silent || (!queue.full && now - exitedAt > LONGEST_DRAIN_MS)) abandoned = true;
    if (abandoned) queue.wake();
    else drainTimer = setTimeout(watchDrain, SILENCE_MS / 4);
  };
  child.once('exit', (code, signal) => {
    exit = { code, signal };
    exitedAt = performance.now();
    if (open > 0) drainTimer = setTimeout(watchDrain, SILENCE_MS);
    queue.wake();
  });
  readers.forEach((reader, index) => {
    const stream = index === 0 ? 'stdout' : 'stderr';
    const matched = request.until ? lineWatch(request.until) : undefined;
    reader.on('data', (chunk: Buffer) => {
      lastOutputAt = performance.now();
      if (abandoned || endedBy === 'until') return;
      const taken = matched?.(chunk) ?? -1;
      queue.push({ stream, chunk: taken < 0 ? chunk : chunk.subarray(0, taken) });
      if (taken >= 0) stop('until');
    });
    reader.once('error', () => reader.destroy());
    reader.once('close', () => {
      open -= 1;
      queue.wake();
    });
  });

  return {
    settled: () => exit !== undefined && (open === 0 || abandoned),
    async end() {
      await ending;
      return {
        pid: child.pid,
        exitCode: exit?.code ?? null,
        signal: exit?.signal ?? null,
        endedBy,
        leftBehind: ending ? [] : membersOf(child.pid),
        closed: open === 0,
      };
    },
    async release() {
      for (const timer of timers) clearTimeout(timer);
      clearTimeout(drainTimer);
      request.signal.removeEventListener('abort', onAbort);
      abandoned = true;
      if (!exit) stop('cancelled');
      await ending;
      for (const reader of readers) letGo(reader);
    },
  };
}

/** Goes on reading into nothing, so that whoever is left behind can go on writing; does not keep the engine alive. */
function letGo(reader: Readable): void {
  if (reader.destroyed) return;
  reader.resume();
  if ('unref' in reader && typeof reader.unref === 'function') reader.unref();
}

function later(timeMs: number | null, then: () => void): readonly NodeJS.Timeout[] {
  // Longer times overflow Node's timer and would fire at once.
  if (timeMs === null || timeMs > 2 ** 31 - 1) return [];
  return [setTimeout(then, timeMs)];
}

function isTimeout(reason: unknown): boolean {
  return reason === 'timeout' || (reason instanceof Error && reason.name === 'TimeoutError');
}
