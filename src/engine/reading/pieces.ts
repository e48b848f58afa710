import type { Table } from 'mdast';

/** Where a piece stands. */
export interface PieceBase {
  /** 1-based lines in the file. */
  readonly line: number;
  readonly endLine: number;
}

/** A heading. `checked` when it is spelled as a task ("### [ ] Check disks"). */
export interface HeadingPiece extends PieceBase {
  readonly kind: 'heading';
  readonly level: number;
  readonly text: string;
  readonly checked: boolean | null;
  /** The anchor that it gives itself. */
  readonly anchor: string | null;
}

/** A paragraph outside lists, or inside an item. */
export interface ParagraphPiece extends PieceBase {
  readonly kind: 'paragraph';
  readonly text: string;
  /** The leading strong element's text, `''` when none. */
  readonly strong: string;
  /** The whole paragraph is strong, but for a colon or a bracketed remark. */
  readonly label: boolean;
  readonly item: ItemPiece | null;
}

/** A fenced code block. */
export interface FencePiece extends PieceBase {
  readonly kind: 'fence';
  readonly language: string;
  readonly info: string;
  readonly text: string;
  readonly textLine: number;
  /** The item it stands in. */
  readonly item: ItemPiece | null;
  /** 1-based column of its opening line. */
  readonly column: number;
  /** It stands in a quote. */
  readonly quoted: boolean;
  /** It has no marks of its own: indented code, or `<pre>`. */
  readonly unmarked: boolean;
}

/** A list with what surrounds it. */
export interface ListPiece {
  readonly line: number;
  readonly endLine: number;
  readonly ordered: boolean;
  readonly start: number;
  /** 1-based column of its first marker. */
  readonly column: number;
  readonly items: ItemPiece[];
  readonly parent: ItemPiece | null;
  /** Index of the piece directly before the list, -1 when none. */
  before: number;
}

/** A list item; its paragraphs, fences and nested items are pieces of their own that follow it. */
export interface ItemPiece extends PieceBase {
  readonly kind: 'item';
  readonly text: string;
  readonly strong: string;
  /** Its first line, which is bold and ends in a hard break. */
  readonly title?: string;
  readonly checked: boolean | null;
  /** Target when the item is one link and nothing else. */
  readonly link: string | null;
  /** A link stands in its own words. */
  readonly linked: boolean;
  /** The inline code that the item begins with, `''` when none. */
  readonly code: string;
  /** The inline code that the item's first paragraph ends with, `''` when none. */
  readonly lastCode: string;
  readonly list: ListPiece;
  readonly index: number;
  readonly nestedLists: ListPiece[];
  /** It stands in a quote. */
  readonly quoted: boolean;
}

export interface TablePiece extends PieceBase {
  readonly kind: 'table';
  readonly node: Table;
  /** Source lines of header and rows. */
  readonly rowLines: readonly number[];
}

export interface HtmlPiece extends PieceBase {
  readonly kind: 'html';
  readonly value: string;
}

export interface BreakPiece extends PieceBase {
  readonly kind: 'break';
}

/** A piece of a runbook's text, in the order of the text. */
export type Piece =
  | HeadingPiece
  | ParagraphPiece
  | FencePiece
  | ItemPiece
  | TablePiece
  | HtmlPiece
  | BreakPiece;
