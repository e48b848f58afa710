/** Lines that a program may still go back to; what is further up stays as it is. */
const MOST_ROWS = 200;
const MOST_COLUMNS = 4096;

// biome-ignore lint/suspicious/noControlCharactersInRegex: what makes a terminal do more than go on writing.
const MOVES = /[\b\x1b\x9b]|\r(?!\n|$)/;

const TOKEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences, strings for the terminal, single controls, text.
  /(?:\x1b\[|\x9b)([0-?]{0,64})[ -/]{0,8}([@-~])|\x1b[\]PX^_][^\x07\x1b]{0,4096}(?:\x07|\x1b\\)?|\x1b[ -/]{0,4}[0-~]?|\r?\n|[\r\b]|[^\x1b\x9b\r\n\b]+/g;

/**
 * An output as it looked on the screen when it had ended: what a carriage return, a backspace or a cursor movement
 * wrote over is gone, as a progress bar's earlier frames are; a screen that was drawn and left again says so in one line. Colours are left out. Text
 * without any of these is handed back as it is. Linear.
 */
export function asShown(text: string): string {
  const plain = text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
  if (!MOVES.test(plain)) return plain.endsWith('\r') ? plain.slice(0, -1) : plain;
  const page = openPage();
  for (const token of plain.matchAll(TOKEN)) {
    const [all, parameters = '', final] = token;
    if (final !== undefined) page.control(parameters, final);
    else if (all.endsWith('\n')) page.newline();
    else if (all === '\r') page.toColumn(0);
    else if (all === '\b') page.back(1);
    else if (!all.startsWith('\u001b')) page.write(all);
  }
  return page.text();
}

interface Page {
  write(text: string): void;
  newline(): void;
  toColumn(column: number): void;
  back(columns: number): void;
  control(parameters: string, final: string): void;
  text(): string;
}

function openPage(): Page {
  const gone: string[] = [];
  let rows: string[][] = [[]];
  let row = 0;
  let column = 0;
  let isOther = false;
  const current = (): string[] => {
    rows[row] ??= [];
    return rows[row] ?? [];
  };
  const settle = (): void => {
    if (rows.length <= MOST_ROWS * 2) return;
    const old = rows.length - MOST_ROWS;
    if (row < old) return;
    for (const cells of rows.slice(0, old)) gone.push(lineOf(cells));
    rows = rows.slice(old);
    row -= old;
  };
  const toColumn = (to: number): void => {
    column = Math.min(MOST_COLUMNS, Math.max(0, to));
  };
  const page: Page = {
    write(text) {
      if (isOther) return;
      const cells = current();
      // A long line that is only gone on with is one cell from there on.
      for (const character of text) {
        while (cells.length < column) cells.push(' ');
        cells[column] = character;
        column += 1;
      }
    },
    newline() {
      if (isOther) return;
      row += 1;
      column = 0;
      current();
      settle();
    },
    toColumn,
    back: (columns) => toColumn(column - columns),
    control(parameters, final) {
      const screen = /^\?(?:47|1047|1049)$/.test(parameters);
      if (screen && final === 'h') {
        if (!isOther) page.write('[a screen of its own was drawn here]');
        isOther = true;
        return;
      }
      if (screen && final === 'l') isOther = false;
      if (isOther) return;
      const count = Math.max(1, Number.parseInt(parameters, 10) || 1);
      switch (final) {
        case 'A':
        case 'F':
          row = Math.max(0, row - count);
          if (final === 'F') column = 0;
          break;
        case 'B':
        case 'E':
          row = Math.min(rows.length - 1, row + count);
          if (final === 'E') column = 0;
          break;
        case 'C':
          toColumn(column + count);
          break;
        case 'D':
          toColumn(column - count);
          break;
        case 'G':
          toColumn(count - 1);
          break;
        case 'K':
          erase(current(), parameters, column);
          break;
        case 'J':
          if (parameters !== '' && parameters !== '0') break;
          erase(current(), '', column);
          rows.length = row + 1;
          break;
        default:
      }
    },
    text: () => [...gone, ...rows.map(lineOf)].join('\n'),
  };
  return page;
}

/** A line as it was left; blanks that a longer text was wiped out with are no part of it. */
const lineOf = (cells: readonly string[]): string => cells.join('').trimEnd();

function erase(cells: string[], parameters: string, column: number): void {
  if (parameters === '' || parameters === '0') cells.length = Math.min(cells.length, column);
  else if (parameters === '2') cells.length = 0;
  else if (parameters === '1') cells.fill(' ', 0, column + 1);
}
