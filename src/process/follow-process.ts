import type { StepOutput } from '../engine/contracts/step-type.ts';
import { lineWatch } from './line-watch.ts';
import { type OutputQueue, outputQueue } from './output-queue.ts';
import { startOf } from './process-stat.ts';
import { endTree, markedWith, membersOf, type ProcessTree } from './process-tree.ts';

/** One stream of a process's output. */
export interface ProcessOutput {
  readonly stream: StepOutput['stream'];
  onChunk(listener: (chunk: Uint8Array) => void): void;
  /** Nobody can write to it any more. */
  onClose(listener: () => void): void;
  pause(): void;
  resume(): void;
  /** Goes on reading into nothing, so that who is left behind can go on writing; does not keep the engine alive. */
  letGo(): void;
}

/** A process that has been started. */
export interface StartedProcess {
  readonly pid: number;
  readonly outputs: readonly ProcessOutput[];
  onExit(listener: (exitCode: number | null, signal: string | null) => void): void;
}

/** How a process may end other than by itself. */
export interface FollowOptions {
  /** Pairs `NAME=value` in the environment that tell the step's processes from all others. */
  readonly marks: readonly string[];
  /**
   * It stays in the engine's own process group, so that it can ask the person on /dev/tty; whom it left behind is told by
   * the marks. Default: it is the first one of a group and session of its own.
   */
  readonly atTerminal?: boolean;
  /** Ends it; the reason `timeout` makes it timed out, any other cancelled. */
  readonly signal: AbortSignal;
  /** `null`: none. */
  readonly timeoutMs: number | null;
  /** Ends it with success at the line of output that matches. */
  readonly until?: RegExp;
  /** Ends it with success after this time. */
  readonly forMs?: number;
  /** Its output stands in rooms that are used again once somebody gives them back: whoever keeps some of it keeps a copy. */
  readonly lends?: boolean;
  /** Between TERM and KILL. Default: 5 s. */
  readonly graceMs?: number;
}

/** How a process ended. */
export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly endedBy: 'itself' | 'timeout' | 'cancelled' | 'until' | 'for';
  /** Processes that it left running in its group, as `PID command line`. */
  readonly leftBehind: readonly string[];
  /** Nobody holds its output any more. */
  readonly closed: boolean;
  /** It had a terminal of its own. */
  readonly onTerminal?: boolean;
}

const DEFAULT_GRACE_MS = 5000;
/** How long output may stay silent after the process has ended while others hold it. */
const SILENCE_MS = 120;
/** How long such others may go on writing into the step's output. */
const LONGEST_DRAIN_MS = 500;
/** Longest time of Node's timers. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * Yields a process's output as it comes, no faster than it is read, and returns when the process has ended and its
 * output is drained. Output that others hold open after its end is waited for briefly. Ends its whole process group as
 * the options say, and when the reader stops reading.
 */
export async function* followProcess(
  started: StartedProcess,
  options: FollowOptions,
  maxWaitingBytes: number,
): AsyncGenerator<StepOutput, ProcessEnd> {
  const flow = {
    pause: () => {
      for (const output of started.outputs) output.pause();
    },
    resume: () => {
      for (const output of started.outputs) output.resume();
    },
  };
  const queue = outputQueue(maxWaitingBytes, flow, options.lends);
  const following = follow(started, options, queue);
  try {
    while (true) {
      const output = queue.shift();
      if (output) yield output;
      else if (following.settled()) break;
      else await queue.changed();
    }
    return await following.end();
  } finally {
    await following.release();
  }
}

interface Following {
  /** The process has ended and its output is drained. */
  settled(): boolean;
  end(): Promise<ProcessEnd>;
  release(): Promise<void>;
}

function follow(started: StartedProcess, options: FollowOptions, queue: OutputQueue): Following {
  const { pid } = started;
  const { marks } = options;
  const tree = { group: pid, start: startOf(pid), marks };
  let exit: { readonly exitCode: number | null; readonly signal: string | null } | undefined;
  let endedBy: ProcessEnd['endedBy'] = 'itself';
  let ending: Promise<void> | undefined;
  let finished = false;

  const stop = (by: ProcessEnd['endedBy']): void => {
    if (ending || finished) return;
    if (!exit) endedBy = by;
    const graceMs = options.graceMs ?? DEFAULT_GRACE_MS;
    ending = endTree(tree, graceMs).finally(queue.wake);
  };
  const outputs = readOutputs(
    started.outputs,
    queue,
    (chunk, matches) => {
      if (endedBy === 'until') return undefined;
      const taken = matches?.(chunk) ?? -1;
      if (taken < 0) return chunk;
      stop('until');
      return chunk.subarray(0, taken);
    },
    options.until,
  );
  started.onExit((exitCode, signal) => {
    exit = { exitCode, signal };
    outputs.expectEnd();
    queue.wake();
  });
  const undo = [
    after(options.timeoutMs, () => stop('timeout')),
    after(options.forMs ?? null, () => stop('for')),
    onAbort(options.signal, (timedOut) => stop(timedOut ? 'timeout' : 'cancelled')),
  ];
  return {
    settled: () => exit !== undefined && outputs.ended(),
    async end() {
      await ending;
      const leftBehind = ending === undefined ? leftBy(tree, options) : [];
      finished = true;
      const { exitCode = null, signal = null } = exit ?? {};
      return { exitCode, signal, endedBy, leftBehind, closed: outputs.closed() };
    },
    async release() {
      for (const each of undo) each();
      if (!exit) stop('cancelled');
      await ending;
      finished = true;
      outputs.letGo();
    },
  };
}

function leftBy(tree: ProcessTree, { atTerminal }: FollowOptions): readonly string[] {
  return atTerminal ? markedWith(tree.marks) : membersOf(tree);
}

interface Outputs {
  /** The process has ended: from now on silence, or too long a time, ends the output too. */
  expectEnd(): void;
  ended(): boolean;
  closed(): boolean;
  letGo(): void;
}

function readOutputs(
  outputs: readonly ProcessOutput[],
  queue: OutputQueue,
  take: (
    chunk: Uint8Array,
    matches: ((chunk: Uint8Array) => number) | undefined,
  ) => Uint8Array | undefined,
  until: RegExp | undefined,
): Outputs {
  let open = outputs.length;
  let abandoned = false;
  let lastChunkAt = 0;
  let expectedSince = 0;
  let timer: NodeJS.Timeout | undefined;
  for (const output of outputs) {
    const matches = until ? lineWatch(until) : undefined;
    output.onChunk((chunk) => {
      lastChunkAt = monoMs();
      const taken = abandoned ? undefined : take(chunk, matches);
      if (taken && taken.length > 0) queue.push({ stream: output.stream, chunk: taken });
    });
    output.onClose(() => {
      open -= 1;
      queue.wake();
    });
  }
  const look = (): void => {
    const now = monoMs();
    // While the reader is behind, nothing is read: that is not silence.
    if (queue.full) lastChunkAt = now;
    const silent = now - Math.max(expectedSince, lastChunkAt) >= SILENCE_MS;
    abandoned = silent || (!queue.full && now - expectedSince > LONGEST_DRAIN_MS);
    if (abandoned) queue.wake();
    else timer = setTimeout(look, SILENCE_MS / 4);
  };
  return {
    expectEnd() {
      expectedSince = monoMs();
      if (open > 0) timer = setTimeout(look, SILENCE_MS);
    },
    ended: () => open === 0 || abandoned,
    closed: () => open === 0,
    letGo() {
      clearTimeout(timer);
      abandoned = true;
      for (const output of outputs) output.letGo();
    },
  };
}

/** Unlike `performance`, `hrtime` is there without loading a module of Node's. */
function monoMs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1_000_000;
}

function after(timeMs: number | null, then: () => void): () => void {
  if (timeMs === null || timeMs > LONGEST_TIMER_MS) return () => undefined;
  const timer = setTimeout(then, timeMs);
  return () => clearTimeout(timer);
}

function onAbort(signal: AbortSignal, then: (timedOut: boolean) => void): () => void {
  const listener = (): void => {
    const { reason } = signal;
    then(reason === 'timeout' || (reason instanceof Error && reason.name === 'TimeoutError'));
  };
  if (signal.aborted) listener();
  else signal.addEventListener('abort', listener, { once: true });
  return () => signal.removeEventListener('abort', listener);
}
