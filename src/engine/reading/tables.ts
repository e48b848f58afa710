import type { Nodes, Table } from 'mdast';
import type { Language } from './languages/language.ts';
import { namesCommands } from './languages/leads.ts';
import { tongueOf } from './languages/tongue.ts';
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
}

/** Header cells of a table, plain. */
export function headerOf(table: Table): readonly string[] {
  return (table.children[0]?.children ?? []).map((cell) => plainText(cell as Nodes));
}

/**
 * Rows of a table. GFM splits a cell at a `|` inside inline code: a row of the source with more cells
 * than its header has cells with an odd number of backticks, which are joined again.
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
      return { line, cells, codes, repaired: false };
    }
    const cells = joined.map((cell) => cell.trim());
    const codes = cells.map((cell) =>
      /^(`+)(?!`)([\s\S]*[^`])\1$/
        .exec(cell)?.[2]
        ?.replace(/^\s|\s$/g, '')
        .replace(/\\\|/g, '|'),
    );
    return { line, cells: cells.map((cell, at) => codes[at] ?? cell), codes, repaired: true };
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

/** The cells of a row of the source, split at every `|` that is not escaped. */
export function splitRow(line: string): readonly string[] {
  const inner = line
    .trim()
    .replace(/^\|/, '')
    .replace(/(?<!\\)\|$/, '');
  return inner.split(/(?<!\\)\|/);
}

/** The same, joined again where inline code goes on behind the `|`. */
export function joinCode(cells: readonly string[]): readonly string[] {
  const joined: string[] = [];
  let open = '';
  for (const cell of cells) {
    open = open === '' ? cell : `${open}|${cell}`;
    if ((open.match(/`/g)?.length ?? 0) % 2 === 1) continue;
    joined.push(open);
    open = '';
  }
  if (open !== '') joined.push(open);
  return joined;
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
