import type {
  Blockquote,
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
import { calloutOf } from './furniture/callouts.ts';
import { ownAnchor, withoutMarks } from './furniture/leftover.ts';
import { preformatted } from './furniture/preformatted.ts';
import { parseMarkdown } from './markdown.ts';
import type { ItemPiece, ListPiece, Piece, PieceBase } from './pieces.ts';
import { plainText } from './plain-text.ts';
import { readsAsCommand } from './shell-words.ts';

/** A box of a task, also as hands write it: `[]`, `[x ]`. */
const BOX = /^\[ {0,3}([xX]?) {0,3}\]\s+/;

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

const NO_TOOLS: ReadonlySet<string> = new Set();

class Collector {
  readonly #offset: number;
  readonly #lines: readonly string[];
  readonly #lastLine: number;
  readonly #pieces: Piece[];
  #depth = 0;
  /** The number that a list would go on with that stands before; 0 when there is none below this heading. */
  #next = 0;

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
        this.#paragraph(node, item, quoted);
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
        this.#html(node, item, quoted);
        break;
      case 'blockquote':
        this.blocks(node, item, quoted || !isAlert(node));
        break;
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
    this.#next = 0;
    const whole = plainText(node);
    const text = withoutMarks(whole);
    const task = BOX.exec(text);
    this.#pieces.push({
      kind: 'heading',
      level: node.depth,
      text: task ? text.slice(task[0].length) : text,
      checked: task ? task[1] !== '' : null,
      anchor: ownAnchor(whole),
      ...this.#range(node),
    });
  }

  #paragraph(node: Paragraph, item: ItemPiece | null, quoted: boolean): void {
    const resumed = item === null && !quoted ? this.#resumes(node) : 0;
    if (resumed > 0) {
      const { line, endLine } = this.#range(node);
      this.#part(line, resumed - 1, item);
      this.#part(resumed, endLine, item);
      return;
    }
    const code = onlyCommand(node);
    if (code !== undefined) {
      const range = this.#range(node);
      const column = node.position?.start.column ?? 1;
      const fence = {
        info: '',
        language: '',
        text: code,
        textLine: range.line,
        item,
        column,
        quoted,
      };
      this.#pieces.push({ kind: 'fence', ...fence, unmarked: true, ...range });
      return;
    }
    if (this.#labelled(node, item) || this.#titled(node, item)) return;
    const first = node.children[0];
    const strong = first?.type === 'strong' ? plainText(first) : '';
    const text = withoutMarks(plainText(node));
    const rest = strong ? text.slice(strong.length) : text;
    const label = strong !== '' && /^\s*(?:(?:\([^)]*\)|\[[^\]]*\])\s*)?(?:[:：]\s*)?$/.test(rest);
    this.#pieces.push({ kind: 'paragraph', text, strong, label, item, ...this.#range(node) });
  }

  /** The title of a box is no part of the sentence that stands right below it: "[!WARNING] Careful", "Never do this:". */
  #titled(node: Paragraph, item: ItemPiece | null): boolean {
    const first = node.children[0];
    const head = first?.type === 'text' ? boxHead(first.value) : undefined;
    if (first?.type !== 'text' || head === undefined || head.title === '') return false;
    const { line, endLine } = this.#range(node);
    const below = first.value.slice(head.length);
    if (endLine === line || (below === '' && node.children.length === 1)) return false;
    this.#told([{ type: 'text', value: head.title }], line, line, item);
    const children = [{ type: 'text' as const, value: below }, ...node.children.slice(1)];
    this.#told(below === '' ? children.slice(1) : children, line + 1, endLine, item);
    return true;
  }

  /** A bold line that hard breaks part from other text is a label between them. */
  #labelled(node: Paragraph, item: ItemPiece | null): boolean {
    const at = labelAt(node.children);
    const label = node.children[at];
    if (label === undefined) return false;
    const { line, endLine } = this.#range(node);
    const own = this.#line(label);
    this.#told(node.children.slice(0, Math.max(0, at - 1)), line, own - 1, item);
    const strong = plainText(label);
    const said = { kind: 'paragraph', label: true, item, text: strong, strong } as const;
    this.#pieces.push({ ...said, line: own, endLine: own });
    this.#told(node.children.slice(at + 2), own + 1, endLine, item);
    return true;
  }

  #told(children: Paragraph['children'], from: number, to: number, item: ItemPiece | null): void {
    const [first] = children;
    if (first === undefined) return;
    const at = labelAt(children);
    const next = children[at];
    if (next !== undefined && at > 0) {
      // "**Linux**", "**Debian**" below each other: tabs in a tab.
      const line = this.#line(next);
      this.#told(children.slice(0, at - 1), from, line - 1, item);
      this.#told(children.slice(at), line, to, item);
      return;
    }
    if (next !== undefined) {
      this.#told(children.slice(0, 1), from, from, item);
      this.#told(children.slice(2), from + 1, to, item);
      return;
    }
    const text = withoutMarks(plainText({ type: 'paragraph', children }));
    const strong = first.type === 'strong' ? plainText(first) : '';
    const label = strong !== '' && children.length === 1;
    const said = { kind: 'paragraph', label, item, text, strong } as const;
    this.#pieces.push({ ...said, line: Math.min(from, to), endLine: to });
  }

  /**
   * The line of a paragraph in which the list before it goes on ("3. Next" below a line of text): to markdown it is more
   * of the paragraph, to its author the next item. 0 when there is none.
   */
  #resumes(node: Paragraph): number {
    const { line, endLine } = this.#range(node);
    if (this.#next < 2 || this.#depth > 2) return 0;
    for (let at = line + 1; at <= endLine; at += 1) {
      const number = /^ {0,3}(\d{1,3})[.)]\s+\S/.exec(this.#lines[at - 1] ?? '')?.[1];
      if (number !== undefined && Number(number) === this.#next) return at;
    }
    return 0;
  }

  #part(from: number, to: number, item: ItemPiece | null): void {
    const inner = new Collector(from - 1, this.#lines, this.#lastLine, this.#pieces);
    inner.#depth = this.#depth + 1;
    inner.blocks(parseMarkdown(this.#lines.slice(from - 1, to).join('\n')), item, false);
    if (inner.#next > 0) this.#next = inner.#next;
  }

  #code(node: Code, item: ItemPiece | null, quoted: boolean): void {
    const range = this.#range(node);
    const opener = this.#lines[range.line - 1] ?? '';
    const column = node.position?.start.column ?? 1;
    const unmarked = !/^[\s>]*(?:`{3,}|~{3,})/.test(opener.slice(column - 1));
    const info = [node.lang, node.meta].filter(Boolean).join(' ');
    this.#pieces.push({
      kind: 'fence',
      info,
      language: '',
      text: node.value,
      textLine: unmarked ? range.line : range.line + 1,
      item,
      column,
      quoted,
      unmarked,
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
    if (parent === null && list.ordered) this.#next = list.start + list.items.length;
  }

  #item(node: ListItem, list: ListPiece, quoted: boolean): void {
    const paragraphs = node.children.filter((child) => child.type === 'paragraph');
    const first = node.children[0];
    const whole = first?.type === 'paragraph' ? first : undefined;
    const at = labelAt(whole?.children ?? []);
    // What a label stands behind is the item's own; one that it begins with is its title.
    const lead = whole && at > 0 ? { ...whole, children: whole.children.slice(0, at - 1) } : whole;
    const [label, ended] = lead?.children ?? [];
    const isLabelled = label?.type === 'strong' && ended?.type === 'break';
    const own = lead ? withoutMarks(plainText(withoutPictures(lead))) : '';
    const task = node.checked === null || node.checked === undefined ? BOX.exec(own) : null;
    const inline = lead?.children.find((child) => !isDecoration(child));
    const last = lead?.children.findLast((child) => !isDecoration(child));
    const piece: ItemPiece = {
      kind: 'item',
      text: (task ? own.slice(task[0].length) : own).trim(),
      strong: inline?.type === 'strong' ? plainText(inline) : '',
      ...(isLabelled ? { title: plainText(label) } : {}),
      checked: task ? task[1] !== '' : (node.checked ?? null),
      linked: lead?.children.some(({ type }) => type === 'link') ?? false,
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
    if (whole && at > 0)
      this.#labelled({ ...whole, children: whole.children.slice(at - 1) }, piece);
    for (const child of node.children) if (child !== whole) this.#block(child, piece, quoted);
  }

  #table(node: Table): void {
    const rowLines = node.children.map((row) => this.#line(row));
    this.#pieces.push({ kind: 'table', node, rowLines, ...this.#range(node) });
  }

  #html(node: Html, item: ItemPiece | null, quoted: boolean): void {
    const range = this.#range(node);
    const pre = preformatted(node.value);
    if (pre) {
      const { text, language, above } = pre;
      const column = node.position?.start.column ?? 1;
      const textLine = range.line + above;
      const fence = { info: language, language: '', text, textLine, item, column, quoted };
      this.#pieces.push({ kind: 'fence', ...fence, unmarked: true, ...range });
      return;
    }
    this.#pieces.push({ kind: 'html', value: node.value, ...range });
    const summary = /<summary[^<>]{0,200}>([^<\n]{1,200})<\/summary>/i
      .exec(node.value)?.[1]
      ?.trim();
    if (summary) {
      const said = { text: summary, strong: summary, label: true, item };
      this.#pieces.push({ kind: 'paragraph', ...said, ...range });
    }
    this.#insideHtml(node, range.line, item, quoted);
  }

  /** Markdown that its author wrote below a tag without the blank line that sets it apart. */
  #insideHtml(node: Html, line: number, item: ItemPiece | null, quoted: boolean): void {
    if (/^\s*<!--/.test(node.value)) return;
    const lines = node.value.split('\n');
    const at = lines.findIndex((each) => /^\s*(?:`{3,}|~{3,}|\d{1,3}[.)]\s)/.test(each));
    if (at <= 0 || this.#depth > 2) return;
    const offset = line - 1 + at;
    const inner = new Collector(offset, this.#lines, this.#lastLine, this.#pieces);
    inner.#depth = this.#depth + 1;
    inner.blocks(parseMarkdown(lines.slice(at).join('\n')), item, quoted);
  }

  #line(node: Nodes | { position?: Nodes['position'] }): number {
    return (node.position?.start.line ?? 1) + this.#offset;
  }

  #range(node: Nodes): PieceBase {
    const line = this.#line(node);
    return { line, endLine: (node.position?.end.line ?? 1) + this.#offset };
  }
}

/** What an item says besides the pictures that show it: those are named for who cannot see them. */
function withoutPictures(lead: Paragraph): Paragraph {
  const children = lead.children.filter(({ type }) => type !== 'image');
  const isSaid = plainText({ ...lead, children }).trim() !== '';
  return isSaid ? { ...lead, children } : lead;
}

/** Where hard breaks, or the ends, stand on both sides of strong words in a longer text; -1 where they do not. */
function labelAt(children: Paragraph['children']): number {
  if (children.length < 2) return -1;
  const isEdge = (at: number): boolean => (children[at]?.type ?? 'break') === 'break';
  return children.findIndex(
    ({ type }, at) => type === 'strong' && isEdge(at - 1) && isEdge(at + 1),
  );
}

/** The command that a paragraph consists of, as wiki exports write them. */
function onlyCommand(node: Paragraph): string | undefined {
  const solid = node.children.filter((child) => !isDecoration(child));
  const only = solid[0];
  if (solid.length !== 1 || only?.type !== 'inlineCode' || !/\s/.test(only.value)) return undefined;
  return readsAsCommand(only.value, NO_TOOLS) === 'sure' ? only.value : undefined;
}

/** The first line of a box, `[!WARNING] Careful` or `:::warning Careful`: its title, and the characters that it takes. */
function boxHead(text: string): { readonly title: string; readonly length: number } | undefined {
  const callout = calloutOf(text);
  if (callout !== undefined) return callout;
  const end = text.indexOf('\n');
  const [mark] = /^:{3,}[ \t]*\{?[\w-]+\}?/.exec(text) ?? [];
  if (mark === undefined || end < mark.length) return undefined;
  const title = text.slice(mark.length, end).trim();
  return { title: title.replace(/^\[([^\]]*)\]$/, '$1'), length: end + 1 };
}

/** GitHub's alerts and other tools' boxes are the page's own words, and no quotation. */
function isAlert(node: Blockquote): boolean {
  const first = node.children[0];
  const text = first?.type === 'paragraph' ? first.children[0] : undefined;
  return text?.type === 'text' && calloutOf(text.value) !== undefined;
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
