import type {
  Code,
  Heading,
  Html,
  List,
  ListItem,
  Nodes,
  Paragraph,
  Parent,
  PhrasingContent,
  Root,
  Table,
} from 'mdast';
import type { ItemPiece, ListPiece, Piece, PieceBase } from './pieces.ts';
import { plainText } from './plain-text.ts';

/** Flattens a tree into pieces appended to `pieces`. `offset` is added to the tree's line numbers. */
export function collectPieces(
  root: Root,
  offset: number,
  lines: readonly string[],
  lastLine: number,
  pieces: Piece[],
): void {
  new Collector(offset, lines, lastLine, pieces).blocks(root, null, false);
}

class Collector {
  readonly #offset: number;
  readonly #lines: readonly string[];
  readonly #lastLine: number;
  readonly #pieces: Piece[];

  constructor(offset: number, lines: readonly string[], lastLine: number, pieces: Piece[]) {
    this.#offset = offset;
    this.#lines = lines;
    this.#lastLine = lastLine;
    this.#pieces = pieces;
  }

  blocks(parent: Parent, item: ItemPiece | null, quoted: boolean): void {
    for (const node of parent.children) {
      if (this.#line(node) > this.#lastLine) return;
      this.#block(node as Nodes, item, quoted);
    }
  }

  #block(node: Nodes, item: ItemPiece | null, quoted: boolean): void {
    switch (node.type) {
      case 'heading':
        this.#heading(node);
        break;
      case 'paragraph':
        this.#paragraph(node, item);
        break;
      case 'code':
        this.#code(node, item, quoted);
        break;
      case 'list':
        this.#list(node, item, quoted);
        break;
      case 'table':
        this.#table(node);
        break;
      case 'html':
        this.#html(node);
        break;
      case 'blockquote':
      case 'footnoteDefinition':
        this.blocks(node, item, true);
        break;
      case 'thematicBreak':
        this.#pieces.push({ kind: 'break', ...this.#range(node) });
        break;
      default:
        break;
    }
  }

  #heading(node: Heading): void {
    const text = plainText(node);
    const task = /^\[([ xX])\]\s+/.exec(text);
    this.#pieces.push({
      kind: 'heading',
      level: node.depth,
      text: task ? text.slice(task[0].length) : text,
      checked: task ? task[1] !== ' ' : null,
      ...this.#range(node),
    });
  }

  #paragraph(node: Paragraph, item: ItemPiece | null): void {
    const first = node.children[0];
    const strong = first?.type === 'strong' ? plainText(first) : '';
    const text = plainText(node);
    const rest = strong ? text.slice(strong.length) : text;
    const label = strong !== '' && /^\s*(?:\([^)]*\)|\[[^\]]*\])?\s*[:：]?\s*$/.test(rest);
    this.#pieces.push({ kind: 'paragraph', text, strong, label, item, ...this.#range(node) });
  }

  #code(node: Code, item: ItemPiece | null, quoted: boolean): void {
    const range = this.#range(node);
    const opener = this.#lines[range.line - 1] ?? '';
    if (!/(?:`{3,}|~{3,})/.test(opener.slice((node.position?.start.column ?? 1) - 1))) return;
    const info = [node.lang, node.meta].filter(Boolean).join(' ');
    this.#pieces.push({
      kind: 'fence',
      info,
      language: '',
      text: node.value,
      textLine: range.line + 1,
      item,
      column: node.position?.start.column ?? 1,
      quoted,
      ...range,
    });
  }

  #list(node: List, parent: ItemPiece | null, quoted: boolean): void {
    const list: ListPiece = {
      ...this.#range(node),
      ordered: node.ordered ?? false,
      start: node.start ?? 1,
      column: node.position?.start.column ?? 1,
      items: [],
      parent,
      before: this.#pieces.length - 1,
    };
    parent?.nestedLists.push(list);
    for (const child of node.children) this.#item(child, list, quoted);
  }

  #item(node: ListItem, list: ListPiece, quoted: boolean): void {
    const paragraphs = node.children.filter((child) => child.type === 'paragraph');
    const first = node.children[0];
    const lead = first?.type === 'paragraph' ? first : undefined;
    const own = lead ? plainText(lead) : '';
    const task =
      node.checked === null || node.checked === undefined ? /^\[([ xX]?)\]\s+/.exec(own) : null;
    const inline = lead?.children.find((child) => !isDecoration(child));
    const last = lead?.children.findLast((child) => !isDecoration(child));
    const piece: ItemPiece = {
      kind: 'item',
      text: (task ? own.slice(task[0].length) : own).trim(),
      strong: inline?.type === 'strong' ? plainText(inline) : '',
      checked: task ? task[1]?.toLowerCase() === 'x' : (node.checked ?? null),
      link: onlyLink(paragraphs.length === 1 && lead ? lead : undefined),
      code: inline?.type === 'inlineCode' ? inline.value : '',
      lastCode: last?.type === 'inlineCode' ? last.value : '',
      list,
      index: list.items.length,
      quoted,
      nestedLists: [],
      ...this.#range(node),
    };
    list.items.push(piece);
    this.#pieces.push(piece);
    for (const child of node.children) if (child !== lead) this.#block(child, piece, quoted);
  }

  #table(node: Table): void {
    const rowLines = node.children.map((row) => this.#line(row));
    this.#pieces.push({ kind: 'table', node, rowLines, ...this.#range(node) });
  }

  #html(node: Html): void {
    this.#pieces.push({ kind: 'html', value: node.value, ...this.#range(node) });
  }

  #line(node: Nodes | { position?: Nodes['position'] }): number {
    return (node.position?.start.line ?? 1) + this.#offset;
  }

  #range(node: Nodes): PieceBase {
    const line = this.#line(node);
    return { line, endLine: (node.position?.end.line ?? 1) + this.#offset };
  }
}

/** Text of no letters: an emoji, a space, a full stop. */
const isDecoration = (node: PhrasingContent): boolean =>
  node.type === 'text' && /^[^\p{L}\p{N}([<{"'“‘]*$/u.test(node.value);

function onlyLink(paragraph: Paragraph | undefined): string | null {
  const children = (paragraph?.children ?? []).filter(
    (child) => !(child.type === 'text' && /^[\s.,;:·—–-]*$/.test(child.value)),
  );
  const only = children[0];
  if (children.length !== 1 || !only) return null;
  if (only.type === 'link') return only.url;
  if (only.type !== 'strong' && only.type !== 'emphasis') return null;
  const inner = only.children[0];
  return only.children.length === 1 && inner?.type === 'link' ? inner.url : null;
}
