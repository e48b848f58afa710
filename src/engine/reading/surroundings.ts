import type { Diagnostic } from '../model/diagnostic.ts';
import type { Runbook } from '../model/runbook.ts';
import { type Tab, tabsOf } from './furniture/tabs.ts';
import type { ReadProcedure } from './headings.ts';
import { LANGUAGES } from './languages/all.ts';
import { languagesOfPage, signsIn } from './languages/find.ts';
import type { Language } from './languages/language.ts';
import { wordsOf } from './languages/word-list.ts';
import type { FencePiece, ItemPiece, ListPiece, Piece } from './pieces.ts';

/** Pieces with what stands around each of them. */
export interface Outline {
  readonly pieces: readonly Piece[];
  /** The page, line by line. */
  readonly lines: readonly string[];
  /** Per piece: index into the procedures, -1 before the first heading. */
  readonly procedureOf: readonly number[];
  /** Per piece: the label it stands under. */
  readonly labelOf: readonly string[];
  readonly procedures: readonly ReadProcedure[];
  /** Lists that go on after a fence ("2.") with the lists they go on from; each with all its items. */
  readonly groups: ReadonlyMap<ListPiece, ListGroup>;
  /** Languages of the page, found from its own words; the likeliest first. */
  readonly languages: readonly Language[];
  /** The same; where they say too little, the one that they say most of. */
  readonly guesses: readonly Language[];
  /** Tabs by the line on which they begin. */
  readonly tabs: ReadonlyMap<number, Tab>;
  /** What the frontmatter says the page is. */
  readonly kind?: Runbook['kind'] | undefined;
}

/** One list as its author meant it, whatever stands between its items. */
export interface ListGroup {
  readonly first: ListPiece;
  readonly items: ItemPiece[];
}

/** Labels and procedures for every piece. Linear. */
export function outlineOf(
  pieces: readonly Piece[],
  procedures: readonly ReadProcedure[],
  text: string,
  kind?: Runbook['kind'],
): Outline {
  const procedureOf: number[] = [];
  const labelOf: string[] = [];
  let procedure = -1;
  let label = '';
  for (const piece of pieces) {
    if (piece.kind === 'heading') {
      procedure += 1;
      label = '';
    } else if (piece.kind === 'break') label = '';
    else if (piece.kind === 'paragraph' && piece.item === null) {
      const said = labelText(piece.text, piece.label);
      if (said) label = said;
      else if (piece.strong !== '' && piece.text.startsWith(piece.strong)) label = '';
    }
    procedureOf.push(procedure);
    labelOf.push(label);
  }
  const groups = groupLists(pieces, procedureOf);
  const lines = text.split('\n');
  return {
    pieces,
    lines,
    procedureOf,
    labelOf,
    procedures,
    groups,
    kind,
    tabs: tabsOf(lines),
    ...languagesOfPage(sampleOf(pieces)),
  };
}

/** Languages that a section is written in and the page as a whole is not: a page in German may have a part in English. Linear. */
export function languagesOfSections({
  pieces,
  procedureOf,
  guesses,
}: Outline): readonly Language[] {
  const sections = new Map<number, string>();
  for (const [index, piece] of pieces.entries()) {
    if (!('text' in piece) || piece.kind === 'fence') continue;
    const at = procedureOf[index] ?? -1;
    const text = sections.get(at) ?? '';
    if (text.length < SECTION_CHARS) sections.set(at, `${text}${piece.text}\n`);
  }
  if (sections.size < 2) return [];
  const found = new Set<Language>();
  for (const text of sections.values()) {
    const [best, ...others] = signsIn(text).toSorted((one, other) => other.signs - one.signs);
    if (best === undefined || best.language === guesses[0]) continue;
    const known = others.find(({ language }) => language === guesses[0])?.signs ?? 0;
    if (best.signs >= FEWEST_SIGNS && best.signs >= known * 2) found.add(best.language);
  }
  return [...found];
}

const SECTION_CHARS = 1500;
/** Fewer are in names and loan words of any page. */
const FEWEST_SIGNS = 4;

const SAMPLE_CHARS = 12_000;

/** As much of the page's own words as tells its language. */
function sampleOf(pieces: readonly Piece[]): string {
  let sample = '';
  for (const piece of pieces) {
    if (!('text' in piece) || piece.kind === 'fence') continue;
    sample += `${piece.text}\n`;
    if (sample.length >= SAMPLE_CHARS) break;
  }
  return sample;
}

function labelText(text: string, strong: boolean): string {
  if (strong) return text.replace(/(?<!\s)\s*[:：]\s*$/, '');
  const lines = /^([A-Z][\w /&-]{2,40}):$/.exec(text);
  return lines?.[1] ?? '';
}

/** The last sentence above a piece in its own container; `''` directly under a heading or another block. */
export function leadOf(outline: Outline, index: number): string {
  const piece = outline.pieces[index];
  const item = piece && 'item' in piece ? piece.item : null;
  return leadAbove(outline, index - 1, item);
}

/** The sentence above the tabs or the box in which a block stands, where nothing but their label is between; or `''`. */
export function askedAbove(outline: Outline, index: number): string {
  const label = outline.pieces[index - 1];
  if (label?.kind !== 'paragraph' || !label.label) return '';
  const own = outline.tabs.get(label.line);
  if (own === undefined) {
    const isTag = outline.pieces[index - 2]?.kind === 'html';
    return leadAbove(outline, index - (isTag ? 3 : 2), label.item);
  }
  const [first = label.line] = [...outline.tabs].find(([, { set }]) => set === own.set) ?? [];
  const begin = outline.pieces.findLastIndex(({ line }, at) => at < index && line < first);
  return leadAbove(outline, begin, label.item);
}

/** The sentence above a list: of its own paragraph, or of the item it stands in. */
export function leadOfList(outline: Outline, list: ListPiece): string {
  return leadAbove(outline, list.before, list.parent);
}

function leadAbove(outline: Outline, from: number, item: ItemPiece | null): string {
  for (let index = from; index >= 0; index -= 1) {
    const piece = outline.pieces[index];
    if (!piece || piece.kind === 'heading') return '';
    if (piece.kind === 'html' && /^<!--/.test(piece.value)) continue;
    if (piece.kind === 'paragraph' && piece.item === item) return lastSentence(piece.text);
    if (piece.kind === 'item' && piece === item) return lastSentence(piece.text);
    return '';
  }
  return '';
}

/** Whether a fence stands directly under another fence, with nothing said between. */
export function fenceAbove(outline: Outline, index: number): FencePiece | null {
  const piece = outline.pieces[index];
  for (let at = index - 1; at >= 0; at -= 1) {
    const above = outline.pieces[at];
    if (above?.kind === 'html' && /^<!--/.test(above.value)) continue;
    if (above?.kind !== 'fence' || piece?.kind !== 'fence') return null;
    return above.item === piece.item ? above : null;
  }
  return null;
}

function groupLists(
  pieces: readonly Piece[],
  procedureOf: readonly number[],
): ReadonlyMap<ListPiece, ListGroup> {
  const groups = new Map<ListPiece, ListGroup>();
  const open = new Map<
    ItemPiece | null,
    { readonly list: ListPiece; readonly procedure: number }
  >();
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind !== 'item' || groups.has(piece.list)) continue;
    const { list } = piece;
    const before = open.get(list.parent);
    const procedure = procedureOf[index] ?? -1;
    const number = before ? before.list.start + before.list.items.length : 0;
    const goesOn =
      before?.procedure === procedure &&
      before.list.ordered &&
      list.ordered &&
      list.start > 1 &&
      list.start === number;
    const group = goesOn ? groups.get(before.list) : undefined;
    if (group) {
      group.items.push(...list.items);
      groups.set(list, group);
    } else groups.set(list, { first: list, items: [...list.items] });
    open.set(list.parent, { list, procedure });
  }
  return groups;
}

/** The last sentence of a text; with the one before it where it says no more than "for example". */
export function lastSentence(text: string): string {
  const sentences = text.split(/(?<=[.!?:;])\s+(?=[\p{Lu}`"“*])/u);
  const last = (sentences.at(-1) ?? '').trim();
  const before = sentences.at(-2);
  return before !== undefined && isExampleAlone(last) ? `${before} ${last}` : last;
}

let examples: ReadonlySet<string> | undefined;

function isExampleAlone(sentence: string): boolean {
  if (sentence.length > LONGEST_EXAMPLE) return false;
  examples ??= new Set(
    LANGUAGES.flatMap(({ phrases }) => phrases.example.map((phrase) => wordsOf(phrase))),
  );
  return examples.has(wordsOf(sentence));
}

const LONGEST_EXAMPLE = 24;

/** Diagnostics in the order of the text. */
export function inOrder(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort(
    (left, right) => left.line - right.line || left.column - right.column,
  );
}
