import { type ChildProcess, spawn } from 'node:child_process';

/** A notice's command, ready to be run. */
export interface NoticeCommand {
  readonly command: string;
  /** For its standard input. */
  readonly input: string;
  /** Then it is ended, with everything it started. */
  readonly timeoutMs: number;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

const GRACE_MS = 500;
const MAX_SAID_BYTES = 4096;

/**
 * Runs a notice's command in a process group of its own. Resolves with one phrase when it failed. It is over when the
 * command is, or its time: nothing that it leaves behind, and nobody who keeps its output open, can hold the run.
 */
export function runNotice(notice: NoticeCommand): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn('bash', ['--noprofile', '--norc', '-c', notice.command], {
      cwd: notice.cwd,
      env: notice.env,
      detached: true,
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    const said = lastWords(child);
    let timedOut = false;
    const end = (): void => {
      timedOut = true;
      signal(child, 'SIGTERM');
      timer = setTimeout(() => signal(child, 'SIGKILL'), GRACE_MS);
    };
    let timer = setTimeout(end, notice.timeoutMs);
    const settle = (how: string | undefined): void => {
      clearTimeout(timer);
      if (timedOut) signal(child, 'SIGKILL');
      letGo(child);
      const words = said();
      resolve(how === undefined || words === '' ? how : `${how}: ${words}`);
    };
    child.stdin.on('error', () => undefined);
    child.stdin.end(notice.input);
    child.once('error', (error) => settle(error.message));
    child.once('exit', (code, by) => {
      if (timedOut) settle('its time was over');
      else if (code === 0) settle(undefined);
      else {
        const how = code === null ? `ended by ${by}` : `exit code ${code}`;
        // What it said last may still be in the pipe; whoever else keeps that open is not waited for.
        child.once('close', () => settle(how));
        clearTimeout(timer);
        timer = setTimeout(settle, GRACE_MS, how);
      }
    });
  });
}

/** The last line of its error output, as far as it was read. */
function lastWords(child: ChildProcess): () => string {
  let text = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-MAX_SAID_BYTES);
  });
  return () => (text.trim().split('\n').at(-1) ?? '').slice(0, 200);
}

function signal({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, name);
  } catch {
    // Nothing of it is there any more.
  }
}

/** Who was left behind may go on writing; the engine does not wait for it. */
function letGo(child: ChildProcess): void {
  child.stdin?.destroy();
  child.stderr?.destroy();
  child.unref();
}
