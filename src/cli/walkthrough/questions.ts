import { screenLine } from '../screen/safe-text.ts';
import { clip } from './canvas.ts';
import type { Keyboard } from './keyboard.ts';

/** Asks a person for text. Every question can be left with ESC, Ctrl-C or the end of input: `undefined`. */
export interface Questions {
  text(question: string, options?: TextOptions): Promise<string | undefined>;
  secret(question: string): Promise<string | undefined>;
  pick(question: string, choices: readonly Choice[]): Promise<string | undefined>;
  /** A longer text in the person's editor. */
  edit(question: string, text: string): Promise<string | undefined>;
  /** Enter alone says no. */
  confirm(question: string): Promise<boolean>;
  /** Leaves the question that is open. */
  leave(): void;
}

export interface TextOptions {
  /** What Enter alone answers. */
  readonly fallback?: string;
  /** One sentence when the answer will not do. */
  readonly judge?: (answer: string) => string | undefined;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

/** What inquirer is asked; further fields are each kind's own. */
interface Question extends Readonly<Record<string, unknown>> {
  readonly message: string;
  readonly type: string;
}

/**
 * Questions by inquirer, which is loaded with the first of them; labels are clipped to `columns`. Before and between
 * them the keyboard is held.
 */
export function inquirerQuestions(
  stdin: NodeJS.ReadStream,
  columns: () => number,
  keyboard: Pick<Keyboard, 'lendMode'>,
): Questions {
  let leaveOpen = (): void => undefined;
  const ask = async (question: Question): Promise<unknown> => {
    const giveBack = keyboard.lendMode();
    const { default: inquirer } = await import('inquirer');
    const leave = new AbortController();
    const stop = (): void => leave.abort();
    const onKey = (_text: unknown, key: { name?: string; ctrl?: boolean } | undefined): void => {
      if (key?.name === 'escape' || (key?.ctrl && key.name === 'd')) stop();
      // Node's readline stops the process at Ctrl-Z, and once it goes on reads nothing any more: the key is for prompts.
      if (key?.ctrl && key.name === 'z') key.name = '';
    };
    leaveOpen = stop;
    stdin.prependListener('keypress', onKey);
    const undo = question.type === 'input' ? onOneLine(stdin) : undefined;
    for (const event of ['end', 'close']) stdin.once(event, stop);
    try {
      const prompt = inquirer.createPromptModule({ signal: leave.signal });
      const answers: Record<string, unknown> = await prompt([
        // inquirer types each kind of question apart; the kinds used here are chosen below.
        { name: 'answer', ...question, message: screenLine(question.message) } as never,
      ]);
      return answers['answer'];
    } catch {
      return undefined;
    } finally {
      leaveOpen = () => undefined;
      undo?.();
      giveBack();
      stdin.off('keypress', onKey);
      for (const event of ['end', 'close']) stdin.off(event, stop);
    }
  };
  const text = async (question: Question): Promise<string | undefined> => {
    const answer = await ask(question);
    return typeof answer === 'string' ? answer : undefined;
  };
  return {
    text: (message, { fallback, judge } = {}) =>
      text({
        type: 'input',
        message,
        ...(fallback === undefined ? {} : { default: fallback }),
        validate: (answer: string) => judge?.(answer) ?? true,
      }),
    secret: (message) => text({ type: 'password', message, mask: '*' }),
    pick: (message, choices) =>
      text({
        type: 'search',
        message,
        source: (term: string | undefined) =>
          matching(choices, term ?? '', columns() - MARK_COLUMNS, message.length + 2),
      }),
    edit: (message, initial) =>
      text({ type: 'editor', message, default: initial, waitForUserInput: false, postfix: '.sh' }),
    confirm: async (message) => (await ask({ type: 'confirm', message, default: false })) === true,
    leave: () => leaveOpen(),
  };
}

/**
 * What is pasted into a question of one line stands there on one line, all of it: the first of its lines was the answer, and
 * the others were keys. Only an Enter at the end is one. Returns the undo.
 */
function onOneLine(stdin: NodeJS.ReadStream): () => void {
  const own = stdin.emit;
  stdin.emit = (event: string | symbol, ...told: unknown[]): boolean => {
    const isData = event === 'data' && told[0] instanceof Uint8Array;
    return Reflect.apply(own, stdin, [event, ...(isData ? told.map(joinedLines) : told)]);
  };
  return () => {
    stdin.emit = own;
  };
}

/** Byte by byte: a character may go on in the next piece of input. */
function joinedLines(data: unknown): unknown {
  if (!(data instanceof Uint8Array)) return data;
  const lines = Buffer.from(data).toString('latin1').replaceAll('\r', '\n').split('\n');
  const said = lines.filter((line) => line !== '');
  if (said.length < 2) return data;
  return Buffer.from(`${said.join(' ')}${lines.at(-1) === '' ? '\r' : ''}`, 'latin1');
}

/** What inquirer puts before the choice that is pointed at. */
const MARK_COLUMNS = 3;

function matching(
  choices: readonly Choice[],
  term: string,
  columns: number,
  taken: number,
): readonly { readonly name: string; readonly short: string; readonly value: string }[] {
  const words = term.toLowerCase().split(/\s+/);
  return choices
    .filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)))
    .map(({ label, value }) => ({
      name: clip(label, columns),
      // It stands behind the question once it was chosen.
      short: clip(label, Math.max(12, columns - taken)),
      value,
    }));
}
