import { emitKeypressEvents, type Interface, type Key as NodeKey } from 'node:readline';
import type { ReadStream } from 'node:tty';

/** One key a person pressed; `end` is the end of input: the terminal is gone or was closed. */
export interface Key {
  /** `r`, `!`, `return`, `escape`, `ctrl-c`, `end`. */
  readonly name: string;
}

/** Keys that arrive before a person can have read the screen approve nothing. */
export const SETTLE_MS = 250;
/** How long an Esc waits for the rest of an escape sequence. */
const ESCAPE_MS = 50;
/** Longer than any list takes to be drawn anew; whoever needs the terminal takes it back before. */
const MOST_HELD_MS = 300;
/** Behind a question a plan may be looked at anew before the next one is asked. */
const MOST_HELD_BEHIND_QUESTION_MS = 3000;

/** The person's keyboard. It is in raw mode only while a key is waited for, or between two keys of one list. */
export interface Keyboard {
  /**
   * The next key pressed after the settle window of a question opened at that time (monotonic ms), or `end`. With `held`
   * the terminal stays in raw mode behind it, until the next key is asked for or `rest` is called: what is typed in
   * between is not echoed into what is drawn.
   */
  next(openedAt: number, held?: boolean): Promise<Key>;
  /** Gives the terminal back to whoever reads or writes next: a question, a step, a pager. */
  rest(): void;
  /** As `held`, from now on: between two questions nothing that is typed ahead is echoed, a secret least of all. */
  hold(): void;
  /** As `hold`, for as long as somebody else asks a question and sets the mode as it likes; returns the end of it. */
  lendMode(): () => void;
  /** What the person types, raw, while a step has the terminal; returns the undo. */
  raw(listener: (data: Uint8Array) => void): () => void;
  readonly ended: boolean;
  /** Stops this process as Ctrl-Z would; resolves when it goes on, with the milliseconds it stood still. */
  suspend(): Promise<number>;
  /** Whoever waits for a key, now or later, is told the end. */
  close(): void;
}

/** A keyboard on a terminal. */
export function openKeyboard(stdin: ReadStream): Keyboard {
  let ended = false;
  const closing = new AbortController();
  const markEnded = (): void => {
    ended = true;
  };
  stdin.once('end', markEnded);
  stdin.once('close', markEnded);
  stdin.on('error', markEnded);
  emitKeypressEvents(stdin, { escapeCodeTimeout: ESCAPE_MS } as unknown as Interface);
  const early: EarlyKey[] = [];
  let holding: NodeJS.Timeout | undefined;
  const rest = (): void => {
    if (holding === undefined) return;
    handOver();
    setRaw(stdin, false);
  };
  const handOver = (): void => {
    clearTimeout(holding);
    holding = undefined;
  };
  const holdFor = (most: number): void => {
    handOver();
    setRaw(stdin, true);
    holding = setTimeout(rest, most);
    holding.unref();
  };
  return {
    rest,
    hold: () => holdFor(MOST_HELD_BEHIND_QUESTION_MS),
    lendMode() {
      handOver();
      setRaw(stdin, true);
      const undo = keepRaw(stdin, closing.signal);
      return () => {
        undo();
        if (closing.signal.aborted) setRaw(stdin, false);
        else holdFor(MOST_HELD_BEHIND_QUESTION_MS);
      };
    },
    next(openedAt, held = false) {
      handOver();
      for (let key = early.shift(); key !== undefined; key = early.shift())
        if (counts(key, openedAt)) return Promise.resolve({ name: key.name });
      return ended
        ? Promise.resolve({ name: 'end' })
        : nextKey(
            stdin,
            openedAt,
            closing.signal,
            early,
            held ? () => holdFor(MOST_HELD_MS) : undefined,
          );
    },
    raw(listener) {
      rest();
      early.length = 0;
      return lend(stdin, listener);
    },
    get ended() {
      return ended;
    },
    suspend() {
      rest();
      return suspend();
    },
    close() {
      ended = true;
      rest();
      closing.abort();
      setRaw(stdin, false);
      stdin.pause();
    },
  };
}

/** Where nobody could let it go on, the kernel does not stop it: then it goes on at once. */
const NOT_STOPPED_MS = 100;

async function suspend(): Promise<number> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stoppedAt = Date.now();
  process.once('SIGCONT', resolve);
  const timer = setTimeout(resolve, NOT_STOPPED_MS);
  // The whole group: whoever started this process (npx, a script) waits with it.
  process.kill(0, 'SIGTSTP');
  await promise;
  clearTimeout(timer);
  process.off('SIGCONT', resolve);
  return Date.now() - stoppedAt;
}

/** A key that came together with the one that was waited for. */
interface EarlyKey extends Key {
  readonly atMs: number;
}

const counts = ({ name, atMs }: EarlyKey, openedAt: number): boolean =>
  name === 'ctrl-c' || atMs - openedAt >= SETTLE_MS;

function nextKey(
  stdin: ReadStream,
  openedAt: number,
  signal: AbortSignal,
  early: EarlyKey[],
  hold?: () => void,
): Promise<Key> {
  const { promise, resolve } = Promise.withResolvers<Key>();
  let isTaken = false;
  let isPasted = false;
  /** All keys of a piece of input are told before anything else happens. */
  const onData = (data: Uint8Array | string): void => {
    isPasted = hold === undefined && looksPasted(data);
    queueMicrotask(() => {
      isPasted = false;
    });
  };
  const onKey = (text: string | undefined, key: NodeKey): void => {
    if (isPasted) return;
    for (const name of namesOf(text, key)) {
      const pressed = { name, atMs: performance.now() };
      if (isTaken) early.push(pressed);
      else if (counts(pressed, openedAt)) {
        isTaken = true;
        resolve({ name });
      }
    }
  };
  const onEnd = (): void => resolve({ name: 'end' });
  stdin.on('keypress', onKey);
  stdin.prependListener('data', onData);
  for (const event of ['end', 'close', 'error']) stdin.once(event, onEnd);
  // Whoever had the terminal in between has set its mode back.
  const onContinue = (): void => {
    setRaw(stdin, false);
    setRaw(stdin, true);
  };
  process.on('SIGCONT', onContinue);
  signal.addEventListener('abort', onEnd, { once: true });
  setRaw(stdin, true);
  stdin.resume();
  return promise.finally(() => {
    stdin.off('keypress', onKey);
    stdin.off('data', onData);
    for (const event of ['end', 'close', 'error']) stdin.off(event, onEnd);
    process.off('SIGCONT', onContinue);
    signal.removeEventListener('abort', onEnd);
    if (hold === undefined || signal.aborted) setRaw(stdin, false);
    else hold();
    stdin.pause();
  });
}

/** So much arrives at once only where somebody pastes: nobody meant its letters as keys. */
const PASTED = 4;

function looksPasted(data: Uint8Array | string): boolean {
  const text = typeof data === 'string' ? data : new TextDecoder().decode(data);
  return (
    text.length >= PASTED &&
    !text.includes('\u001b') &&
    !text.includes('\u0003') &&
    new Set(text).size > 1
  );
}

/** Esc and a key right behind it arrive as one: a person pressed two. */
function namesOf(text: string | undefined, key: NodeKey): readonly string[] {
  const name = nameOf(text, key);
  if (name === undefined) return [];
  return key.meta && name.length === 1 ? ['escape', name] : [name];
}

function nameOf(text: string | undefined, key: NodeKey): string | undefined {
  if (key.ctrl) return key.name === undefined ? undefined : `ctrl-${key.name}`;
  if (key.name === 'enter') return 'return';
  if (key.name !== undefined && key.name.length > 1) return key.name;
  return text ?? key.name;
}

/** Nobody takes the terminal out of raw mode until the undo or the end, but for Ctrl-Z: the shell gets it as it was. */
function keepRaw(stdin: ReadStream, end: AbortSignal): () => void {
  const own = stdin.setRawMode;
  let isStopping = false;
  const onKey = (_text: unknown, key: NodeKey | undefined): void => {
    isStopping = key?.ctrl === true && key.name === 'z';
  };
  stdin.prependListener('keypress', onKey);
  stdin.setRawMode = (raw) => (raw || isStopping || end.aborted ? own.call(stdin, raw) : stdin);
  return () => {
    stdin.off('keypress', onKey);
    stdin.setRawMode = own;
  };
}

function lend(stdin: ReadStream, listener: (data: Uint8Array) => void): () => void {
  stdin.on('data', listener);
  setRaw(stdin, true);
  stdin.resume();
  return () => {
    stdin.off('data', listener);
    setRaw(stdin, false);
    stdin.pause();
  };
}

function setRaw(stdin: ReadStream, raw: boolean): void {
  try {
    stdin.setRawMode(raw);
  } catch {
    // The terminal is gone: the end of input says so.
  }
}
