import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type IPty, spawn } from '@lydell/node-pty';
import xterm, { type Terminal } from '@xterm/headless';
import { inject } from 'vitest';
import type { StoredEvent } from '../../src/engine/model/event.ts';
import { cleanEnv } from './handrail.ts';

const bin = path.join(import.meta.dirname, '../../dist/handrail.js');
/** A little more than the time in which keys approve nothing. */
const SETTLE_MS = 290;
const MORE = /^-- more: Enter/;
const MOST_CHUNKS = 2000;
const PATIENCE_MS = 200_000;
const AGAIN_MS = 15_000;

/** What a person sits down at. */
export interface Sitting {
  readonly runbook?: string;
  readonly files?: Readonly<Record<string, string>>;
  /** `run {file} --all` when left out; `{file}` is the runbook's path. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly columns?: number;
  readonly rows?: number;
  /** A bash script to be started by; `"$@"` is the call. */
  readonly through?: string;
  /** A folder of an earlier sitting, to go on in. */
  readonly folder?: string;
  /** `false`: whoever sits there turns the pages of a long text with keys of their own. */
  readonly readsOn?: boolean;
  /** Lines that can be scrolled back to. */
  readonly scrollback?: number;
}

/** A person at a real pseudo-terminal, whose screen is an emulator's. */
export interface Person {
  readonly folder: string;
  readonly pid: number;
  /** Everything shown so far, oldest first; long lines as the screen broke them. */
  lines(): readonly string[];
  text(): string;
  /** Beginnings of lines that the terminal had to break because they were too long. */
  broken(): readonly string[];
  /** What was written to the terminal, control sequences and all. */
  raw(): string;
  /** Waits until the text was shown since the last key; returns everything shown since. */
  sees(text: string | RegExp): Promise<string>;
  /** Waits until the text stands on the screen, wherever. */
  shows(text: string | RegExp): Promise<void>;
  /** Waits for a menu, lets the settle window pass, presses the keys one menu after the other. */
  press(...keys: readonly string[]): Promise<void>;
  /** Waits for a question, types an answer and Enter. */
  answer(text: string): Promise<void>;
  /** Waits for a list, types a part of a choice's words and takes the first that is left. */
  choose(part: string): Promise<void>;
  /** Waits until it holds. */
  until(holds: () => boolean): Promise<void>;
  /** Types at once. */
  type(text: string): void;
  resize(columns: number, rows: number): void;
  /** Closes the terminal, as when its window is closed. */
  hangUp(): void;
  signal(name: NodeJS.Signals): void;
  /** Waits for the end; the exit code, 128+n for a signal. */
  ends(): Promise<number>;
  /** Events of the newest run, as stored. */
  events(): readonly StoredEvent[];
  /** Events of that type, fields as they are. */
  eventsOf<T extends StoredEvent['type']>(type: T): readonly Extract<StoredEvent, { type: T }>[];
  runFolder(): string;
}

const sittings = new Set<IPty>();

/** Ends whatever a failed test left behind. */
export function closeTerminals(): void {
  for (const pty of sittings) pty.kill('SIGKILL');
  sittings.clear();
}

/** Starts the real bundle on a pseudo-terminal of its own. */
export function sitDown(sitting: Sitting): Person {
  const bundleError = inject('bundleError');
  if (bundleError !== '') throw new Error(`the bundle does not build: ${bundleError}`);
  const folder = sitting.folder ?? mkdtempSync(path.join(tmpdir(), 'tty-'));
  mkdirSync(path.join(folder, '.handrail'), { recursive: true });
  const file = path.join(folder, 'runbook.md');
  if (sitting.runbook !== undefined) writeFileSync(file, sitting.runbook);
  for (const [name, text] of Object.entries(sitting.files ?? {}))
    writeFileSync(path.join(folder, name), text);
  const args = (sitting.args ?? ['run', '{file}', '--all']).map((word) =>
    word.replaceAll('{file}', file),
  );
  const { columns = 80, rows = 24 } = sitting;
  const call = [process.execPath, bin, ...args];
  const [program = '', ...words] =
    sitting.through === undefined ? call : ['bash', '-c', sitting.through, 'bash', ...call];
  const pty = spawn(program, words, {
    cwd: folder,
    env: cleanEnv(folder, { TERM: 'xterm-256color', USER: 'ada', SUDO_USER: '', ...sitting.env }),
    cols: columns,
    rows,
  });
  sittings.add(pty);
  return personAt(pty, folder, columns || 80, rows, sitting);
}

function personAt(pty: IPty, folder: string, cols: number, rows: number, sitting: Sitting): Person {
  const { scrollback = 5000 } = sitting;
  const screen = new xterm.Terminal({ cols, rows, scrollback, allowProposedApi: true });
  const answers = screen.onData((data) => pty.write(data));
  const written: string[] = [];
  pty.onData((data) => {
    if (written.length < MOST_CHUNKS) written.push(data);
    screen.write(data);
  });
  const { promise: ended, resolve } = Promise.withResolvers<number>();
  let over = false;
  let overAt = 0;
  pty.onExit(({ exitCode, signal }) => {
    over = true;
    overAt = performance.now();
    answers.dispose();
    sittings.delete(pty);
    screen.write('', () => resolve(signal ? 128 + signal : exitCode));
  });
  let mark = 0;
  const lines = (): readonly string[] => linesOf(screen, 0);
  const until = async (what: string, holds: () => boolean): Promise<void> => {
    const deadline = performance.now() + PATIENCE_MS;
    while (!holds()) {
      turnPage();
      if (performance.now() > deadline)
        throw new Error(`not seen: ${what}; the screen was:\n${lines().join('\n')}`);
      if (over && performance.now() - overAt > 200)
        throw new Error(
          `ended before it was seen: ${what}; the screen was:\n${lines().join('\n')}`,
        );
      await sleep(10);
    }
  };
  const cursorLine = (): string => lineAt(screen, cursorRow(screen));
  let askedAt: number | null = null;
  /** A person reads on: a page that asks for it is turned once its keys count, and again where one fell on deaf ears. */
  const turnPage = (): void => {
    if (sitting.readsOn === false || !MORE.test(cursorLine())) askedAt = null;
    else if (askedAt === null) askedAt = performance.now();
    else if (performance.now() - askedAt > SETTLE_MS) {
      askedAt = null;
      pty.write('\r');
    }
  };
  const since = (): string => linesOf(screen, mark).join('\n');
  const typeAt = (text: string): void => {
    mark = cursorRow(screen);
    pty.write(text);
  };
  const runFolder = (): string => {
    const runs = path.join(folder, '.handrail/runs');
    return path.join(runs, readdirSync(runs).toSorted().at(-1) ?? '');
  };
  const events = (): readonly StoredEvent[] =>
    readFileSync(path.join(runFolder(), 'log.jsonl'), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line): StoredEvent => JSON.parse(line));
  /** Nobody waits for ever for a key that fell into the settle window of a picture drawn just then: they press again. */
  const pressedAgain = (key: string, taken: () => boolean): (() => boolean) => {
    let at = performance.now();
    return () => {
      if (taken()) return true;
      if (performance.now() - at > AGAIN_MS) {
        at = performance.now();
        pty.write(key);
      }
      return false;
    };
  };
  return {
    folder,
    pid: pty.pid,
    lines,
    text: () => lines().join('\n'),
    broken: () =>
      Array.from({ length: screen.buffer.active.length }, (_, at) => at)
        .filter((at) => screen.buffer.active.getLine(at)?.isWrapped)
        .map((at) => lineAt(screen, at - 1)),
    raw: () => written.join(''),
    async sees(text) {
      const has = (): boolean =>
        typeof text === 'string' ? flat(since()).includes(flat(text)) : text.test(since());
      await until(String(text), has);
      return since();
    },
    shows: (text) =>
      until(String(text), () =>
        typeof text === 'string'
          ? flat(lines().join('\n')).includes(flat(text))
          : text.test(lines().join('\n')),
      ),
    async press(...keys) {
      for (const key of keys) {
        await until(`a menu for ${key}`, () => cursorLine().startsWith('>'));
        await sleep(SETTLE_MS);
        const before = written.length;
        const line = cursorLine();
        typeAt(key);
        const row = mark;
        // A menu goes on below; a block that is drawn again in its place begins a frame.
        const drawn = (): boolean => written.slice(before).join('').includes('\u001b[?2026h');
        const taken = (): boolean => cursorRow(screen) !== row || cursorLine() !== line || drawn();
        await until(`${key} taken`, pressedAgain(key, taken));
      }
    },
    async answer(text) {
      await until('a question', () => /^(?:\?|.*[:?)] *$)/.test(cursorLine()));
      await sleep(60);
      const row = cursorRow(screen);
      const before = cursorLine();
      typeAt(`${text}\r`);
      await until('an answer taken', () => cursorRow(screen) !== row || cursorLine() !== before);
    },
    async choose(part) {
      await until('a list', () => linesOf(screen, mark).some((line) => line.startsWith('?')));
      await sleep(100);
      pty.write(part);
      await sleep(150);
      typeAt('\r');
    },
    until: (holds) => until('what was waited for', holds),
    type: typeAt,
    resize(columns, height) {
      screen.resize(columns, height);
      pty.resize(columns, height);
    },
    hangUp: () => (pty as unknown as { destroy(): void }).destroy(),
    signal: (name) => process.kill(pty.pid, name),
    ends: () => ended,
    events,
    eventsOf: <T extends StoredEvent['type']>(type: T) =>
      events().filter((event): event is Extract<StoredEvent, { type: T }> => event.type === type),
    runFolder,
  };
}

const cursorRow = ({ buffer: { active } }: Terminal): number => active.baseY + active.cursorY;

function lineAt({ buffer: { active } }: Terminal, row: number): string {
  return active.getLine(row)?.translateToString(true).trimEnd() ?? '';
}

function linesOf(screen: Terminal, from: number): readonly string[] {
  const { active } = screen.buffer;
  // Once lines fall off the top, rows no longer stay where they were.
  const isFull = active.length >= screen.rows + (screen.options.scrollback ?? 0);
  const first = active.type === 'alternate' || isFull ? 0 : from;
  const all = Array.from({ length: Math.max(0, active.length - first) }, (_, at) =>
    lineAt(screen, first + at),
  );
  return all.slice(0, all.findLastIndex((line) => line !== '') + 1);
}

/** Folding leaves no trace in what is looked for. */
const flat = (text: string): string => text.replace(/\s+/g, ' ');
