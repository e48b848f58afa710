import type { IPty } from '@lydell/node-pty';
import type { StepOutput, TerminalHandle } from '../engine/contracts/step-type.ts';
import { quoted } from './bash-quoting.ts';
import { followProcess, type ProcessEnd, type StartedProcess } from './follow-process.ts';
import { cannotStart, type ProcessRequest, runProcess } from './process.ts';
import { signalName } from './signal-name.ts';

/** A process that gets a terminal of its own, which shows and reads on the person's. */
export interface TerminalRequest extends Omit<ProcessRequest, 'pipes' | 'input' | 'starter'> {
  readonly terminal: TerminalHandle;
  /** It draws on the whole screen: it is not shown behind a margin. */
  readonly whole: boolean;
}

/**
 * Output that may wait for its reader. Larger than elsewhere: what a terminal holds when its process has ended and the
 * reader is behind is lost 200 ms later.
 */
const MAX_WAITING_BYTES = 8 * 1024 * 1024;

/**
 * Starts one process on a pseudo-terminal of its own and yields what it shows, byte by byte as it is, as standard
 * output. What the person types goes to it, and so does the terminal's size. Otherwise like `runProcess`, but that the
 * locks are passed on only where node-pty is missing and `script` takes its place.
 */
export async function* runTerminalProcess(
  request: TerminalRequest,
): AsyncGenerator<StepOutput, ProcessEnd> {
  const pty = await loadPty();
  const end = yield* pty ? onPty(pty, request) : runThroughScript(request);
  return { ...end, onTerminal: true, endedBy: isStopped(end, request) ? 'cancelled' : end.endedBy };
}

const INTERRUPTED = 130;

/** Ctrl-C goes to the process itself, which it may end. */
function isStopped({ exitCode, signal, endedBy }: ProcessEnd, request: TerminalRequest): boolean {
  if (endedBy !== 'itself' || !request.terminal.interrupted) return false;
  return signal === 'SIGINT' || exitCode === INTERRUPTED;
}

async function loadPty(): Promise<typeof import('@lydell/node-pty') | undefined> {
  try {
    return await import('@lydell/node-pty');
  } catch {
    return undefined;
  }
}

async function* onPty(
  { spawn }: typeof import('@lydell/node-pty'),
  request: TerminalRequest,
): AsyncGenerator<StepOutput, ProcessEnd> {
  const { terminal } = request;
  let pty: IPty;
  try {
    pty = spawn(request.program, [...request.args], {
      cwd: request.cwd,
      env: { ...request.env },
      cols: columnsOf(request),
      rows: terminal.rows || 24,
      encoding: null,
    });
  } catch (cause) {
    throw cannotStart(request, cause);
  }
  const undo = [
    terminal.onInput((data) => pty.write(Buffer.from(data).toString('utf8')), request),
    terminal.onResize((columns, rows) => resize(pty, columns, rows)),
  ];
  try {
    return yield* followProcess(startedOn(pty), request, MAX_WAITING_BYTES);
  } finally {
    for (const each of undo) each();
  }
}

const columnsOf = ({ terminal, whole }: TerminalRequest): number =>
  (whole ? terminal.columns : terminal.paneColumns) || 80;

function resize(pty: IPty, columns: number, rows: number): void {
  try {
    pty.resize(columns || 80, rows || 24);
  } catch {
    // The process has just ended, and its terminal with it.
  }
}

function startedOn(pty: IPty): StartedProcess {
  const closed: (() => void)[] = [];
  return {
    pid: pty.pid,
    outputs: [
      {
        stream: 'stdout',
        // Without an encoding node-pty hands on bytes, whatever its types say.
        onChunk: (listener) => void pty.onData((data: unknown) => listener(bytesOf(data))),
        onClose: (listener) => void closed.push(listener),
        pause: () => pty.pause(),
        resume: () => pty.resume(),
        letGo: () => undefined,
      },
    ],
    onExit(listener) {
      // It is told when the terminal has been read to its end.
      pty.onExit(({ exitCode, signal }) => {
        const name = signalName(signal);
        for (const each of closed) each();
        listener(name === null ? exitCode : null, name);
      });
    },
  };
}

function bytesOf(data: unknown): Uint8Array {
  return data instanceof Uint8Array ? data : Buffer.from(String(data));
}

/** util-linux's `script` makes the terminal where node-pty is not installed; it keeps the size it began with. */
export async function* runThroughScript(
  request: TerminalRequest,
): AsyncGenerator<StepOutput, ProcessEnd> {
  const { terminal } = request;
  const size = `stty cols ${columnsOf(request)} rows ${terminal.rows || 24} 2>/dev/null`;
  const command = [request.program, ...request.args].map(quoted).join(' ');
  return yield* runProcess({
    ...request,
    program: 'script',
    args: ['-qefc', `${size}; exec ${command}`, '/dev/null'],
    env: { ...request.env, SHELL: '/bin/sh' },
    input: (write) => terminal.onInput(write, request),
  });
}
