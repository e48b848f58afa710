import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StepOutput, TerminalHandle } from '../../src/engine/contracts/step-type.ts';
import type { ProcessEnd } from '../../src/process/follow-process.ts';
import {
  runTerminalProcess,
  runThroughScript,
  type TerminalRequest,
} from '../../src/process/terminal-process.ts';
import { type StepOptions, type TestRun, testRun } from '../steps/support.ts';

let folder: string;
let run: TestRun;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'terminal-')));
  run = testRun(folder, { TERM: 'xterm' });
});
afterEach(async () => {
  await run.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A person's terminal that a test types at. */
function person(columns = 100, rows = 30) {
  const typed = new Set<(data: Uint8Array) => void>();
  const resized = new Set<(columns: number, rows: number) => void>();
  const terminal: TerminalHandle = {
    columns,
    rows,
    paneColumns: columns - 4,
    interrupted: false,
    onInput(listener) {
      typed.add(listener);
      return () => void typed.delete(listener);
    },
    onResize(listener) {
      resized.add(listener);
      return () => void resized.delete(listener);
    },
  };
  return {
    terminal,
    listeners: () => typed.size + resized.size,
    type: (text: string) => typed.forEach((listener) => void listener(Buffer.from(text))),
    resize: (width: number, height: number) =>
      resized.forEach((listener) => void listener(width, height)),
  };
}

/** Runs a step on the person's terminal; `react` is told all output so far, whenever there is more. */
async function attended(
  text: string,
  at: ReturnType<typeof person>,
  react: (seen: string) => void = () => undefined,
  options: StepOptions = {},
) {
  const step = run.start(text, {
    annotations: { interactive: true },
    ...options,
    context: { terminal: at.terminal, attended: true, ...options.context },
  });
  let seen = '';
  let next = await step.next();
  while (!next.done) {
    seen += Buffer.from(next.value.chunk).toString();
    react(seen);
    next = await step.next();
  }
  return { ...next.value, seen };
}

describe('a step that talks to the person', () => {
  test("has a terminal of the person's size on all three descriptors and on /dev/tty", async () => {
    const { seen, outcome } = await attended(
      '[ -t 0 ] && [ -t 1 ] && [ -t 2 ] && echo all; stty size; echo tty > /dev/tty; echo "$TERM"',
      person(),
    );
    expect({ seen, outcome }).toEqual({
      seen: 'all\r\n30 100\r\ntty\r\nxterm\r\n',
      outcome: 'passed',
    });
  });

  test('reads what is typed, once it asks', async () => {
    const at = person();
    let typed = false;
    const ran = await attended('read -rp "Name? " name; echo "Hello $name"', at, (seen) => {
      if (!typed && seen.includes('Name? ')) at.type('wörld\r');
      typed ||= seen.includes('Name? ');
    });
    expect(ran.seen).toContain('Hello wörld');
    expect(at.listeners()).toBe(0);
  });

  test('carries its state on like any other', async () => {
    await run.run('A=1; f() { echo "f$A"; }; cd /usr');
    const { seen } = await attended('f; pwd; A=2; alias e=echo; exit 0', person());
    expect(seen).toBe('f1\r\n/usr\r\n');
    expect((await run.run('f; e x')).stdout).toBe('f2\nx\n');
  });

  test('hears Ctrl-C from the terminal', async () => {
    const at = person();
    // Bash loses a Ctrl-C that comes while it starts a command; a person's next one is heard.
    const ran = await attended('echo ready; sleep 30', at, (seen) => {
      if (seen === 'ready\r\n') setTimeout(() => at.type('\x03'), 150);
    });
    expect(ran).toMatchObject({ outcome: 'failed', signal: 'SIGINT' });
  });

  test('is told when the window changes', async () => {
    const at = person();
    const ran = await attended(
      'trap "stty size; exit" WINCH; echo ready; while :; do sleep 0.05; done',
      at,
      (seen) => {
        if (seen === 'ready\r\n') at.resize(40, 12);
      },
    );
    expect(ran.seen).toBe('ready\r\n12 40\r\n');
  });

  test('says its exit code, and ends in time', async () => {
    expect(await attended('exit 3', person())).toMatchObject({ outcome: 'failed', exitCode: 3 });
    const late = await attended('sleep 30', person(), undefined, { context: { timeoutMs: 200 } });
    expect(late).toMatchObject({ outcome: 'timed-out' });
  });

  test('loses no output', async () => {
    const { seen } = await attended('stty -onlcr; seq 1 100000', person());
    expect(seen.length).toBe(588_895);
  });

  test('is every one whose output nobody reads back, or says so', async () => {
    const terminal = async (step: StepOptions): Promise<boolean> =>
      (
        await attended('[ -t 1 ] && echo yes || echo no', person(), undefined, step)
      ).seen.startsWith('yes');
    expect(await terminal({ annotations: {} })).toBe(true);
    expect(await terminal({ annotations: { capture: 'answer' } })).toBe(false);
    expect(await terminal({ annotations: { interactive: false } })).toBe(false);
    expect(await terminal({ annotations: { interactive: true } })).toBe(true);
  });
});

describe.each([
  ['node-pty', runTerminalProcess],
  ['script', runThroughScript],
])('a terminal by %s', (_, start) => {
  async function on(
    at: ReturnType<typeof person>,
    script: string,
    request: Partial<TerminalRequest> = {},
    react: (seen: string) => void = () => undefined,
  ): Promise<ProcessEnd & { readonly seen: string }> {
    const output: AsyncGenerator<StepOutput, ProcessEnd> = start({
      program: 'bash',
      args: ['-c', script],
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', TERM: 'xterm' },
      lockFds: [],
      marks: [],
      signal: new AbortController().signal,
      timeoutMs: null,
      terminal: at.terminal,
      whole: true,
      ...request,
    });
    let seen = '';
    let next = await output.next();
    while (!next.done) {
      seen += Buffer.from(next.value.chunk).toString();
      react(seen);
      next = await output.next();
    }
    return { ...next.value, seen };
  }

  test('has the size, takes what is typed and hands on the exit code', async () => {
    const at = person(90, 20);
    let typed = false;
    const end = await on(
      at,
      "stty size; read -rp 'it''s? ' x; echo \"<$x>\"; exit 4",
      {},
      (seen) => {
        if (!typed && seen.includes('? ')) {
          typed = true;
          at.type('yes\r');
        }
      },
    );
    expect(end.seen).toContain('20 90');
    expect(end.seen).toContain('<yes>');
    expect(end.exitCode).toBe(4);
  });

  test('ends with everybody on it', async () => {
    const end = await on(person(), 'sleep 30 & echo $!; sleep 30', { timeoutMs: 300 });
    expect(end.endedBy).toBe('timeout');
    const stat = `/proc/${Number.parseInt(end.seen, 10)}/stat`;
    expect(existsSync(stat) ? readFileSync(stat, 'utf8') : ') Z ').toContain(') Z ');
  });
});
