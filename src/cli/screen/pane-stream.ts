import { safeText } from '../../text/safe-text.ts';
import { displayWidth } from './layout.ts';
import { type LentStream, lentStream } from './lent-stream.ts';

/** The output of a step that has a terminal of its own, within a margin of the person's. */
export interface PaneStream {
  /** The chunk as it is to be written: the program may rewrite its own lines, and nothing else. */
  write(chunk: Uint8Array): string | Uint8Array;
  /** Closes an open line and sets the terminal back. */
  end(): string;
  /** The program draws on the whole screen: an editor, a pager. */
  readonly isWhole: boolean;
  /** The last line is not finished: a prompt may stand there. */
  readonly isOpen: boolean;
}

export const PANE_MARGIN = '  | ';

const TOKEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences, strings for the terminal, single controls, text.
  /(?:\x1b\[|\x9b)([0-?]{0,64})([ -/]{0,8})([@-~])|\x1b[\]PX^_][^\x07\x1b]{0,4096}(?:\x07|\x1b\\)?|\x1b[ -/]{0,4}[0-~]?|[\n\r\b\t]|[^\x1b\x9b\n\r\b\t]+/g;
const UNFINISHED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a sequence that has begun and not ended.
  /^(?:\x1b(?:\[[0-?]{0,64}[ -/]{0,8}|[\]PX^_][^\x07\x1b]{0,4096})?|\x9b[0-?]{0,64}[ -/]{0,8})$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what is not plain text with newlines.
const CONTROL = /[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f]|\r(?!\n)/;

/**
 * A stream behind a margin. Carriage returns, erasing and cursor moves work within the lines that the step itself has
 * written; whoever draws on the whole screen gets it, from there on until it leaves it. `whole`: from the beginning.
 */
export function paneStream(options: {
  readonly colour: boolean;
  readonly margin: string;
  readonly whole: boolean;
  /** Told when the step begins or ends to draw on the whole screen. */
  readonly onWhole: (isWhole: boolean) => void;
}): PaneStream {
  const { margin } = options;
  const decoder = new TextDecoder('utf-8');
  let lent: LentStream | null = options.whole ? lentStream() : null;
  let held = '';
  let row = 0;
  let lastRow = 0;
  let column = 0;
  /** The current row has its margin on the screen. */
  let hasMargin = false;
  let isColoured = false;
  /** The last row was left for one above before anything stood on it. */
  let isLastBare = false;

  const toMargin = (): string => {
    const back = hasMargin ? `\r\u001b[${margin.length}C` : `\r${margin}`;
    hasMargin = true;
    column = 0;
    return back;
  };
  const begin = (): string => {
    if (hasMargin) return '';
    hasMargin = true;
    return margin;
  };
  const newline = (): string => {
    const before = begin();
    row += 1;
    column = 0;
    const off = isColoured ? '\u001b[0m' : '';
    isColoured = false;
    const isNew = row > lastRow;
    hasMargin = !isNew && !(row === lastRow && isLastBare);
    lastRow = Math.max(lastRow, row);
    if (row === lastRow) isLastBare = false;
    const to = hasMargin ? `\r\u001b[${margin.length}C` : isNew ? '' : '\r';
    return `${before}${off}\n${to}`;
  };
  const up = (count: number): string => {
    const by = Math.min(count, row);
    if (by === 0) return '';
    row -= by;
    if (hasMargin) return `\u001b[${by}A`;
    isLastBare = true;
    hasMargin = true;
    return `\u001b[${by}A\r\u001b[${margin.length}C`;
  };
  const down = (count: number): string => {
    const by = Math.min(count, lastRow - row);
    if (by === 0) return '';
    row += by;
    if (row < lastRow || !isLastBare) return `\u001b[${by}B`;
    isLastBare = false;
    const right = column === 0 ? '' : `\u001b[${column}C`;
    return `\u001b[${by}B\r${margin}${right}`;
  };
  const control = (parameters: string, between: string, final: string): string | null => {
    const number = Number.parseInt(parameters, 10) || 0;
    const count = Math.max(1, number);
    if (between !== '' || /^[<=>]/.test(parameters)) return '';
    if (parameters.startsWith('?')) {
      if (/^\?(?:47|1047|1049)$/.test(parameters) && final === 'h') return null;
      return /^\?25$/.test(parameters) && /[hl]/.test(final) ? `\u001b[?25${final}` : '';
    }
    switch (final) {
      case 'm':
        isColoured = true;
        return options.colour ? `${begin()}\u001b[${parameters}m` : '';
      case 'K':
        return erase(parameters);
      case 'J':
        // The screen holds more than this step: it is not cleared.
        return number === 0 ? `${begin()}\u001b[J` : '';
      case 'A':
        return up(count);
      case 'F':
        return up(count) + toMargin();
      case 'B':
        return down(count);
      case 'E':
        return down(count) + toMargin();
      case 'C':
        column += count;
        return `${begin()}\u001b[${count}C`;
      case 'D': {
        const by = Math.min(count, column);
        column -= by;
        return by === 0 ? '' : `\u001b[${by}D`;
      }
      case 'G':
        column = count - 1;
        return `${begin()}\u001b[${margin.length + count}G`;
      case 'H':
        if (parameters !== '') return null;
        return column === 0 ? '' : newline();
      case 'f':
      case 'd':
      case 'r':
      case 'L':
      case 'M':
      case 'S':
      case 'T':
      case 'n':
        return null;
      default:
        return '';
    }
  };
  const erase = (parameters: string): string => {
    if (parameters === '' || parameters === '0') return `${begin()}\u001b[K`;
    const at = column;
    hasMargin = false;
    const clear = `\u001b[2K${toMargin()}`;
    column = at;
    return at === 0 ? clear : `${clear}\u001b[${at}C`;
  };
  const plain = (raw: string): string => {
    const safe = safeText(raw);
    const before = begin();
    column += displayWidth(safe);
    return before + safe;
  };
  const single = (token: string): string => {
    if (token === '\n') return newline();
    if (token === '\r') return toMargin();
    if (token === '\b') {
      if (column === 0) return '';
      column -= 1;
      return '\b';
    }
    if (token === '\t') return plain(' '.repeat(8 - (column % 8)));
    return token.startsWith('\u001b') ? '' : plain(token);
  };
  const quick = (all: string): string => {
    const lines = all.replaceAll('\r\n', '\n').split('\n');
    const last = lines.pop() ?? '';
    const whole = lines.map((line, at) => `${at === 0 && hasMargin ? '' : margin}${line}\n`);
    if (lines.length > 0) {
      row += lines.length;
      lastRow = row;
      hasMargin = false;
      column = 0;
    }
    return whole.join('') + (last === '' ? '' : plain(last));
  };
  const draws = (rest: string): Uint8Array => {
    lent = lentStream();
    options.onWhole(true);
    return lent.write(Buffer.from(rest));
  };
  const slow = (all: string): string | Uint8Array => {
    let out = '';
    const text = all.replaceAll('\r\n', '\n');
    for (const token of text.matchAll(TOKEN)) {
      const [whole, parameters = '', between = '', final] = token;
      const shown = final === undefined ? single(whole) : control(parameters, between, final);
      if (shown !== null) out += shown;
      else return Buffer.concat([Buffer.from(out), draws(text.slice(token.index))]);
    }
    return out;
  };
  const leaveWhole = (stream: LentStream): string => {
    lent = null;
    options.onWhole(false);
    hasMargin = false;
    column = 0;
    row = 0;
    lastRow = 0;
    return stream.end();
  };
  return {
    write(chunk) {
      if (lent !== null) {
        const shown = lent.write(chunk);
        if (options.whole || !endsOther(chunk)) return shown;
        return Buffer.concat([shown, Buffer.from(`${leaveWhole(lent)}\r`)]);
      }
      const all = held + decoder.decode(chunk, { stream: true });
      const cut = unfinishedAt(all);
      held = all.slice(cut);
      const now = all.slice(0, cut);
      const isAtEnd = row === lastRow && !isColoured;
      return isAtEnd && !CONTROL.test(now) ? quick(now) : slow(now);
    },
    end() {
      if (lent !== null) return `${lent.end()}`;
      const toLast = lastRow > row ? `\u001b[${lastRow - row}B` : '';
      const isBare = lastRow > row && isLastBare;
      const open = isBare ? '\r' : hasMargin ? '\n' : '';
      return `${isColoured ? '\u001b[0m' : ''}${toLast}${open}\u001b[?25h`;
    },
    get isWhole() {
      return lent !== null;
    },
    get isOpen() {
      return lent === null && hasMargin;
    },
  };
}

/** Where a sequence begins that the next chunk may end; the text's end when there is none. */
function unfinishedAt(text: string): number {
  if (text.endsWith('\r')) return text.length - 1;
  const at = Math.max(text.lastIndexOf('\u001b'), text.lastIndexOf('\u009b'));
  return at >= 0 && UNFINISHED.test(text.slice(at)) ? at : text.length;
}

/** The program leaves the screen of its own. */
function endsOther(chunk: Uint8Array): boolean {
  const text = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength).toString('latin1');
  return text.includes('\u001b[?1049l') || text.includes('\u001b[?47l');
}
