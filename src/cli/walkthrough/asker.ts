import type { Outlet } from '../outlet.ts';
import { inLineAbove } from './board.ts';
import { type Canvas, clip, fold } from './canvas.ts';
import { type ClockWords, clockLine } from './clock-line.ts';
import type { Keyboard } from './keyboard.ts';
import { type Choice, choiceSentence, keyLine } from './keys.ts';
import type { Questions } from './questions.ts';

/** Lets a person choose one of a few things: by one key, or in plain mode by a word and Enter. */
export interface Asker {
  /**
   * The key of the choice; `end` when the terminal is gone, `ctrl-c` when the person wants out, `suspended` after the
   * person stopped handrail with Ctrl-Z and went on.
   */
  choose(choices: readonly Choice[], options?: ChooseOptions): Promise<string>;
  say(lines: readonly string[]): Promise<void>;
  /** Says text of the page: a screenful at a time where it would not stand on the screen with what comes `below` it. */
  tell(lines: readonly string[], below: number): Promise<void>;
  /**
   * The next key by name, whatever it is; keys typed within the settle window after `openedAt` do not count. What is
   * `drawn` for it comes once the keyboard listens; `tick` is called every second, where lines may be rewritten.
   */
  key(openedAt: number, drawn: () => Promise<void>, tick?: () => void): Promise<string>;
  readonly questions: Questions;
  /** How long handrail stood still when it was suspended last. */
  readonly awayMs: number;
}

export interface ChooseOptions {
  /** Said behind the keys, such as "Enter is off: it destroys". */
  readonly remark?: string;
  /** The key that Enter stands for; without it Enter does nothing. */
  readonly enter?: string;
  /** The clocks of the stop, above the prompt; they go on while it waits. */
  readonly clocks?: () => ClockWords;
}

export function createAsker(deps: {
  readonly keyboard: Keyboard;
  readonly questions: Questions;
  readonly out: Outlet;
  readonly canvas: () => Canvas;
  /** A line may be rewritten: a real terminal and not plain. */
  readonly redraw: boolean;
}): Asker {
  const { keyboard, questions, out, canvas, redraw } = deps;
  const say = async (lines: readonly string[]): Promise<void> => {
    if (lines.length > 0) await out.write(`${lines.join('\n')}\n`);
  };
  let awayMs = 0;
  /** Waits until the person wants to read on; whether they want the rest at once. */
  const turned = async (): Promise<'page' | 'all'> => {
    const openedAt = performance.now();
    const pressed = keyboard.next(openedAt);
    const { style, width } = canvas();
    await out.write(style('dim', clip(MORE, width - 1)));
    for (let key = pressed; ; key = keyboard.next(openedAt)) {
      const { name } = await key;
      if (name === 'ctrl-z') awayMs = await keyboard.suspend();
      const turns = TURNS[name];
      if (turns === undefined) continue;
      await out.write('\r\u001b[K');
      return turns;
    }
  };
  return {
    questions,
    say,
    async tell(lines, below) {
      const { plain, rows } = canvas();
      let at = 0;
      for (const end of plain || !redraw ? [] : pageEnds(lines.length, below, rows)) {
        await say(lines.slice(at, end));
        at = end;
        if (keyboard.ended || (await turned()) === 'all') break;
      }
      await say(lines.slice(at));
    },
    async key(openedAt, drawn, tick) {
      const pressed = keyboard.next(openedAt, true);
      await drawn();
      const stop = redraw && tick !== undefined ? every(tick) : undefined;
      const { name } = await pressed.finally(() => stop?.());
      if (name === 'ctrl-d') return 'end';
      if (name !== 'ctrl-z') return name;
      awayMs = await keyboard.suspend();
      return 'suspended';
    },
    get awayMs() {
      return awayMs;
    },
    async choose(choices, options = {}) {
      if (keyboard.ended) return 'end';
      if (canvas().plain) return byWord(choices, options, { questions, say, canvas });
      const { width, style } = canvas();
      const { remark = '' } = options;
      const isShort = options.clocks !== undefined && remark.length * 2 <= width;
      const above = remark === '' || isShort ? [] : fold(remark, width);
      const clocks = (): string =>
        options.clocks === undefined
          ? ''
          : clockLine(options.clocks(), canvas(), isShort ? remark : '');
      await say([
        ...keyLine(choices, canvas()),
        ...above.map((line) => style('dim', line)),
        ...(options.clocks === undefined ? [] : [clocks()]),
      ]);
      // The settle window begins before the person can see that a key is waited for.
      const pressed = byKey(choices, options, keyboard);
      await out.write('> ');
      const stop = redraw && options.clocks !== undefined ? ticking(out, clocks) : undefined;
      const key = await pressed.finally(() => stop?.());
      await out.write(`${shown(key)}\n`);
      if (key === 'suspended') awayMs = await keyboard.suspend();
      return key;
    },
  };
}

const MORE = '-- more: Enter goes on, + shows all';
const TURNS: Readonly<Record<string, 'page' | 'all'>> = {
  return: 'page',
  space: 'page',
  '+': 'all',
  // The menu below answers these.
  end: 'all',
  'ctrl-c': 'all',
  'ctrl-d': 'all',
};
/** Lines that may scroll off: the heading at the top of a passage and the blank lines around it; the stop says where it is. */
const MAY_GO = 5;

/** Behind which of so many lines a person is waited for, so that all of them and `below` more can be read. */
export function pageEnds(count: number, below: number, rows: number): readonly number[] {
  const ends: number[] = [];
  let at = 0;
  while (at < count && count - at + below > rows + MAY_GO) {
    at = Math.min(count, at + Math.max(1, rows - 2));
    ends.push(at);
  }
  return ends;
}

const TICK_MS = 1000;

/** Writes the line above the prompt anew each time it says something else: the cursor comes back to where it was. */
function ticking(out: Outlet, line: () => string): () => void {
  let last = line();
  return every(() => {
    const now = line();
    if (now === last) return;
    last = now;
    void out.write(inLineAbove(1, now));
  });
}

function every(tick: () => void): () => void {
  const timer = setInterval(tick, TICK_MS);
  timer.unref();
  return () => clearInterval(timer);
}

async function byKey(
  choices: readonly Choice[],
  { enter }: ChooseOptions,
  keyboard: Keyboard,
): Promise<string> {
  const openedAt = performance.now();
  for (;;) {
    const { name } = await keyboard.next(openedAt);
    if (name === 'end' || name === 'ctrl-c') return name;
    if (name === 'ctrl-d') return 'end';
    if (name === 'ctrl-z') return 'suspended';
    if (name === 'return' && enter !== undefined) return enter;
    if (choices.some(({ key }) => key === name)) return name;
  }
}

async function byWord(
  choices: readonly Choice[],
  { enter, clocks }: ChooseOptions,
  { questions, say, canvas }: Pick<Asker, 'questions' | 'say'> & { canvas: () => Canvas },
): Promise<string> {
  const fallback = choices.find(({ key }) => key === enter)?.word;
  for (;;) {
    if (clocks !== undefined)
      await say(fold(`Time: ${clocks().parts.join(', ')}.`, canvas().width));
    await say(choiceSentence(choices, canvas()));
    const answer = await questions.text('Answer:', fallback === undefined ? {} : { fallback });
    if (answer === undefined) return 'end';
    const wanted = answer.trim().toLowerCase();
    const found = choices.find(({ key, word }) => wanted === word || wanted === key);
    if (found) return found.key;
    await say([`"${wanted}" is not one of the choices.`]);
  }
}

const SHOWN: Readonly<Record<string, string>> = {
  end: '',
  'ctrl-c': '^C',
  suspended: '^Z',
  return: '',
  space: '',
};
const shown = (key: string): string => SHOWN[key] ?? key;
