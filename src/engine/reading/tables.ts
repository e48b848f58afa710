import type { Nodes, Table } from 'mdast';
import type { Language } from './languages/language.ts';
import { namesCommands } from './languages/leads.ts';
import { tongueOf } from './languages/tongues.ts';
import { plainText } from './plain-text.ts';
import { readsAsCommand } from './shell-words.ts';

/** A row of a table with cells as its author meant them. */
export interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
  /** Per cell: the inline code it consists of. */
  readonly codes: readonly (string | undefined)[];
  /** A `|` inside inline code had split a cell. */
  readonly repaired: boolean;
  /** It has more cells than the table has columns: those beyond them are in `cells` no more, nor on any page. */
  readonly excess: boolean;
}

/** Header cells of a table, plain. */
export function headerOf(table: Table): readonly string[] {
  return (table.children[0]?.children ?? []).map((cell) => plainText(cell as Nodes));
}

/**
 * Rows of a table. GFM splits a cell at a `|` inside inline code: a row of the source with more cells
 * than its header has cells in which inline code begins and does not end, which are joined again.
 */
export function rowsOf(
  table: Table,
  rowLines: readonly number[],
  lines: readonly string[],
): readonly TableRow[] {
  const width = table.children[0]?.children.length ?? 0;
  return table.children.slice(1).map((row, index) => {
    const line = rowLines[index + 1] ?? 1;
    const source = splitRow(lines[line - 1] ?? '');
    const joined = joinCode(source);
    if (joined.length === source.length || source.length <= width || joined.length > width) {
      const cells = row.children.map((cell) => plainText(cell as Nodes));
      const codes = row.children.map((cell) => onlyCode(cell.children));
      return { line, cells, codes, repaired: false, excess: joined.length > width };
    }
    const cells = joined.map((cell) => cell.trim());
    const codes = cells.map((cell) => {
      const [only] = codesIn(cell);
      return only?.text === cell ? only.code : undefined;
    });
    return {
      line,
      cells: cells.map((cell, at) => codes[at] ?? cell),
      codes,
      repaired: true,
      excess: false,
    };
  });
}

/** "Command", "Command to run", "Shell command", "Auszuführender Befehl": a word of the head, or all of it. */
const COMMANDS =
  /(?<![\p{L}\p{N}])(?:commands?|befehle?|commandes?|comandos?|comand[oi]|opdracht|polecenie|kommando|příkaz|команд[аы]|komut|lệnh)(?![\p{L}\p{N}])|コマンド|命令|명령어?/iu;

const isOfCommands = (name: string): boolean => COMMANDS.test(name) || namesCommands(name);

const NO_TOOLS: ReadonlySet<string> = new Set();

/** Whether two cells of a column at least are code and nothing else, in one that is called so or of sure commands. */
export function holdsCommands(header: readonly string[], rows: readonly TableRow[]): boolean {
  const at = header.findIndex(isOfCommands);
  const commands = (column: number): number =>
    rows.filter(({ codes }) => {
      const code = codes[column] ?? '';
      return /\s/.test(code) && (at >= 0 || readsAsCommand(code, NO_TOOLS) === 'sure');
    }).length;
  return at >= 0 ? commands(at) > 0 : header.some((_name, column) => commands(column) > 1);
}

/** "Step | Command", "Aksiyon | Komut | Doğrulama": the first column says what is to be done, another one how. */
export function listsDoings(header: readonly string[], languages: readonly Language[]): boolean {
  const [first = '', ...others] = header;
  const told = others.filter(isOfCommands).length === 1;
  return (
    told &&
    (/^\W*(?:steps?|actions?|tasks?|to do|what to do)\W*$/i.test(first) ||
      languages.some((each) => tongueOf(each).over(first) === 'steps'))
  );
}

/** The cells of a row of the source, in quotes or not, split at every `|` that is not escaped. */
export function splitRow(line: string): readonly string[] {
  const inner = line
    .replace(/^[\s>]+/, '')
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/);
}

/** The same, joined again where inline code goes on behind the `|`: up to the next run of as many backticks. */
export function joinCode(cells: readonly string[]): readonly string[] {
  const whole = cells.join('|');
  const inner: number[] = [];
  for (const { index, text } of codesIn(whole))
    for (let at = 0; at < text.length; at += 1) if (text[at] === '|') inner.push(index + at);
  if (inner.length === 0) return cells;
  const within = new Set(inner);
  const joined: string[] = [];
  let from = 0;
  let at = 0;
  for (const cell of cells) {
    at += cell.length;
    if (!within.has(at)) {
      joined.push(whole.slice(from, at));
      from = at + 1;
    }
    at += 1;
  }
  return joined;
}

/** Inline code in a text, with its backticks: a run of them is closed by the next run of as many, and by no other. */
export interface InlineSpan {
  readonly index: number;
  /** With the backticks. */
  readonly text: string;
  /** Without them, and without the blank that parts them from a backtick in the code. */
  readonly code: string;
}

/** Every inline code of a text, in its order. Linear in it. */
export function codesIn(text: string): readonly InlineSpan[] {
  const runs = [...text.matchAll(/`+/g)].map(({ 0: run, index }) => ({ index, size: run.length }));
  const next = nextOfSize(runs.map(({ size }) => size));
  const found: InlineSpan[] = [];
  for (let at = 0; at < runs.length; at += 1) {
    const open = runs[at];
    const close = runs[next[at] ?? -1];
    if (!open || !close) continue;
    const code = text.slice(open.index + open.size, close.index);
    const padded = code.startsWith(' ') && code.endsWith(' ') && code.trim() !== '';
    found.push({
      index: open.index,
      text: text.slice(open.index, close.index + close.size),
      code: (padded ? code.slice(1, -1) : code).replaceAll('\\|', '|'),
    });
    at = next[at] ?? at;
  }
  return found;
}

/** Per size: the index of the next one that is the same. */
function nextOfSize(sizes: readonly number[]): readonly (number | undefined)[] {
  const last = new Map<number, number>();
  const next: (number | undefined)[] = [];
  for (let at = sizes.length - 1; at >= 0; at -= 1) {
    const size = sizes[at] ?? 0;
    next[at] = last.get(size);
    last.set(size, at);
  }
  return next;
}

function onlyCode(
  children: Table['children'][number]['children'][number]['children'],
): string | undefined {
  const solid = children.filter((child) => !(child.type === 'text' && child.value.trim() === ''));
  const only = solid[0];
  return solid.length === 1 && only?.type === 'inlineCode'
    ? only.value.replace(/\\\|/g, '|')
    : undefined;
}
