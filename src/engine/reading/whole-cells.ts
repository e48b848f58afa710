import type {
  InlineCode,
  Nodes,
  PhrasingContent,
  RootContent,
  TableCell,
  TableRow,
  Text,
} from 'mdast';
import { codesIn, joinCode, splitRow } from './tables.ts';

/** The tables below these nodes with every cell whole that a `|` inside inline code had split. Changes the nodes. */
export function withWholeCells(
  nodes: readonly RootContent[],
  lines: readonly string[],
): readonly RootContent[] {
  for (const node of nodes) visit(node, lines);
  return nodes;
}

function visit(node: Nodes, lines: readonly string[]): void {
  if (node.type === 'table') {
    const width = node.children[0]?.children.length ?? 0;
    for (const row of node.children.slice(1)) mend(row, width, lines);
  } else if ('children' in node) for (const child of node.children) visit(child, lines);
}

function mend(row: TableRow, width: number, lines: readonly string[]): void {
  const source = splitRow(lines[(row.position?.start.line ?? 0) - 1] ?? '');
  const joined = joinCode(source);
  if (joined.length === source.length || source.length <= width || joined.length > width) return;
  const cells: TableCell[] = [];
  let from = 0;
  for (const text of joined) {
    const own = row.children[from];
    const isWhole = text === source[from] && own !== undefined;
    cells.push(isWhole ? own : { type: 'tableCell', children: phrasing(text.trim()) });
    from += isWhole ? 1 : spanOf(text, source, from);
  }
  row.children = cells;
}

/** How many of the split cells a joined one is made of. */
function spanOf(text: string, source: readonly string[], from: number): number {
  for (let count = 1; from + count <= source.length; count += 1)
    if (source.slice(from, from + count).join('|') === text) return count;
  return 1;
}

function phrasing(text: string): PhrasingContent[] {
  const found: PhrasingContent[] = [];
  let from = 0;
  for (const { index, text: code, code: value } of codesIn(text)) {
    add(found, text.slice(from, index));
    const inline: InlineCode = { type: 'inlineCode', value };
    found.push(inline);
    from = index + code.length;
  }
  add(found, text.slice(from));
  return found;
}

function add(found: PhrasingContent[], value: string): void {
  const text: Text = { type: 'text', value };
  if (value !== '') found.push(text);
}
