import type {
  AlignType,
  BlockContent,
  Code,
  Heading,
  List,
  Paragraph,
  Table,
  TableRow,
} from 'mdast';
import { plainInline } from './plain-inline.ts';

/** A block that stands by itself at the left edge. */
type Block = BlockContent & { readonly position?: unknown };

/** A block and the index of the line behind it. */
type Read = readonly [block: Block, next: number];

/**
 * The blocks of lines that stand between blank lines and hold nothing but the plain part of markdown: headings, fences,
 * paragraphs, tables with bars at both ends, lists of single lines, and in them text, `code` and **strong** words.
 * `null` where there is anything else, which is for the real reader. The nodes are those of `remark`; only blocks have
 * places, counted from line `first`. A third of what it takes to read a page that was never read is micromark running
 * cold, and more than half of the lines of manuals are plain.
 */
export function plainBlocks(
  lines: readonly string[],
  from: number,
  to: number,
  first: number,
): readonly Block[] | null {
  const blocks: Block[] = [];
  for (let at = from; at < to; ) {
    if ((lines[at] ?? '') === '') {
      at += 1;
      continue;
    }
    const read = readBlock(lines, at, to, first);
    if (read === null) return null;
    blocks.push(read[0]);
    at = read[1];
  }
  return blocks;
}

const HEADING = /^(#{1,6}) ([^\s#]|[^\s#].*[^\s#])$/;
const FENCE = /^(`{3,}|~{3,})(?:([^\s`~\\&]+)(?: ([^\s`\\&]+(?: [^\s`\\&]+)*))?)?$/;
const BULLET = /^([-*+]) (?=\S)/;
const ORDERED = /^(\d{1,9})([.)]) (?=\S)/;

function readBlock(lines: readonly string[], at: number, to: number, first: number): Read | null {
  const line = lines[at] ?? '';
  switch (line[0]) {
    case '#':
      return heading(line, at, first);
    case '`':
    case '~':
      return FENCE.test(line) ? fence(lines, at, to, first) : paragraph(lines, at, to, first);
    case '|':
      return table(lines, at, to, first);
    default:
      return BULLET.test(line) || ORDERED.test(line)
        ? list(lines, at, to, first)
        : paragraph(lines, at, to, first);
  }
}

function heading(line: string, at: number, first: number): Read | null {
  const [, marks = '', text = ''] = HEADING.exec(line) ?? [];
  const children = marks === '' ? null : plainInline(text);
  if (children === null) return null;
  const depth = marks.length as Heading['depth'];
  return [{ type: 'heading', depth, children, position: place(at, at, line, first) }, at + 1];
}

function fence(lines: readonly string[], at: number, to: number, first: number): Read | null {
  const [, mark = '', lang = null, meta = null] = FENCE.exec(lines[at] ?? '') ?? [];
  const closing = new RegExp(`^ {0,3}${mark[0]}{${mark.length},}[ \\t]*$`);
  for (let end = at + 1; end < to; end += 1) {
    const line = lines[end] ?? '';
    if (!closing.test(line)) continue;
    const value = lines.slice(at + 1, end).join('\n');
    const position = place(at, end, line.trimEnd(), first);
    const code: Code = { type: 'code', lang, meta, value, position };
    return [code, end + 1];
  }
  return null;
}

/** A line that goes on a paragraph, whatever stands above it. */
const TEXT_LINE = /^[\p{L}\p{N}"'(`*.,;/“„«‘¿¡…→✓]/u;
/** What begins as text and is none: an item, a rule, the line below a heading. */
const NO_TEXT = /^(?:[*+-](?:\s|$)|\d{1,9}[.)](?:\s|$)|[*_-](?:\s*[*_-]){2,}\s*$|`{3})/;

function paragraph(lines: readonly string[], at: number, to: number, first: number): Read | null {
  let end = at;
  while (end < to && isTextLine(lines[end] ?? '')) end += 1;
  if (end === at) return null;
  if (end < to && !endsParagraph(lines[end] ?? '')) return null;
  const children = plainInline(lines.slice(at, end).join('\n'));
  if (children === null) return null;
  const position = place(at, end - 1, lines[end - 1] ?? '', first);
  const node: Paragraph = { type: 'paragraph', children, position };
  return [node, end];
}

function isTextLine(line: string): boolean {
  return TEXT_LINE.test(line) && !NO_TEXT.test(line);
}

const endsParagraph = (line: string): boolean =>
  line === '' || FENCE.test(line) || HEADING.test(line);

/** Items of one line each, with blank lines around the list, and none of them or of its kind behind it. */
function list(lines: readonly string[], at: number, to: number, first: number): Read | null {
  const ordered = ORDERED.exec(lines[at] ?? '');
  const bullet = BULLET.exec(lines[at] ?? '');
  const mark = ordered?.[2] ?? bullet?.[1] ?? '';
  const node: List = {
    type: 'list',
    ordered: ordered !== null,
    start: ordered === null ? null : Number(ordered[1]),
    spread: false,
    children: [],
  };
  let end = at;
  for (; end < to && (lines[end] ?? '') !== ''; end += 1) {
    const line = lines[end] ?? '';
    const own = ordered === null ? BULLET.exec(line) : ORDERED.exec(line);
    if (own === null || (ordered === null ? own[1] : own[2]) !== mark) return null;
    const whole = line.slice(own[0].length);
    const [box = ''] = /^\[[ xX]\] (?=\S)/.exec(whole) ?? [];
    const text = whole.slice(box.length);
    const children = isTextLine(text) ? plainInline(text) : null;
    if (children === null) return null;
    // As the real reader has it: a box takes its blank from the text behind it, and from nothing else.
    const before = own[0].length + (children[0]?.type === 'text' ? box.length : 0);
    const start = { line: end - first + 1, column: before + 1 };
    const position = { start, end: { line: start.line, column: line.length + 1 } };
    node.children.push({
      type: 'listItem',
      spread: false,
      checked: box === '' ? null : box[1] !== ' ',
      children: [{ type: 'paragraph', children, position }],
      position: place(end, end, line, first),
    });
  }
  if (goesOn(lines, end, to, mark)) return null;
  node.position = place(at, end - 1, lines[end - 1] ?? '', first);
  return [node, end];
}

/** Whether what stands behind the blank lines below a list may belong to it. */
function goesOn(lines: readonly string[], end: number, to: number, mark: string): boolean {
  let at = end;
  while (at < to && (lines[at] ?? '') === '') at += 1;
  const next = at < to ? (lines[at] ?? '') : '';
  return /^[ \t]/.test(next) || (/^(?:[-*+]|\d)/.test(next) && next.includes(mark));
}

const RULE = /^\|(?: *:?-+:? *\|)+$/;
const ROW = /^\|.*\|$/;

function table(lines: readonly string[], at: number, to: number, first: number): Read | null {
  const rule = lines[at + 1] ?? '';
  if (at + 1 >= to || !RULE.test(rule)) return null;
  const align = cellsOf(rule).map(alignOf);
  const rows: TableRow[] = [];
  let end = at;
  for (; end < to && (lines[end] ?? '') !== ''; end += 1) {
    if (end === at + 1) continue;
    const row = tableRow(lines[end] ?? '', end, first, align.length);
    if (row === null) return null;
    rows.push(row);
  }
  const position = place(at, end - 1, lines[end - 1] ?? '', first);
  const node: Table = { type: 'table', align, children: rows, position };
  return [node, end];
}

function tableRow(line: string, at: number, first: number, columns: number): TableRow | null {
  const cells = ROW.test(line) && !line.includes('\\') ? cellsOf(line) : [];
  if (cells.length !== columns) return null;
  const row: TableRow = { type: 'tableRow', children: [], position: place(at, at, line, first) };
  for (const cell of cells) {
    const children = cell === '' ? [] : plainInline(cell);
    if (children === null) return null;
    row.children.push({ type: 'tableCell', children });
  }
  return row;
}

function cellsOf(line: string): readonly string[] {
  return line.slice(1, -1).split('|').map(trimmed);
}

/** Without blanks around it; other white space is text to markdown. */
function trimmed(cell: string): string {
  let [from, to] = [0, cell.length];
  while (cell[from] === ' ') from += 1;
  while (to > from && cell[to - 1] === ' ') to -= 1;
  return cell.slice(from, to);
}

function alignOf(cell: string): AlignType {
  const [left, right] = [cell.startsWith(':'), cell.endsWith(':')];
  if (left) return right ? 'center' : 'left';
  return right ? 'right' : null;
}

/** From the left edge of a line to the end of another, whose text is given. */
function place(from: number, to: number, text: string, first: number) {
  return {
    // What reads HTML wants offsets to be there; they are of the block's last line, and nobody counts by them.
    start: { line: from - first + 1, column: 1, offset: 0 },
    end: { line: to - first + 1, column: text.length + 1, offset: text.length },
  };
}
