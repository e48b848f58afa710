import { sayingOf, tonguesOf } from './items/saying.ts';
import type { FencePiece, ParagraphPiece, Piece } from './pieces.ts';
import type { ReadFence } from './read-fence.ts';
import { countedLines } from './read-stops.ts';
import type { Page } from './step-maker.ts';
import { toTitle } from './titles.ts';

/** "**2.** …", "**Schritt 2:** …". */
const STEP_WORD = String.raw`(?:(?:step|schritt|étape|etape|paso|passo|pas|stap|krok|steg|trin|шаг|крок|стъпка|korak|adım|vaihe|lépés|pasul|βήμα|bước|langkah|ステップ|手順|步骤|步驟|단계)\s{0,3})?`;
const IS_NUMBER = new RegExp(String.raw`^${STEP_WORD}\d{1,2}(?!\d)`, 'iu');
const NUMBERED = new RegExp(
  String.raw`^${STEP_WORD}\d{1,2}(?:\.\d{1,2}){0,5}[.):]?\s{0,3}(?:[-–—:]\s{0,3})?(?=\S)`,
  'iu',
);
/** What people ask is numbered too; the word is the same in most languages. */
const QUESTIONS = /(?<![\p{L}\d])faqs?(?![\p{L}\d])/iu;

/** Paragraphs that are numbered in words or in bold: a reader takes them for a list, and markdown does not. */
export class NumberedParagraphs {
  readonly #page: Page;
  readonly #fences: ReadonlyMap<FencePiece, ReadFence>;
  readonly #consumed: ReadonlySet<Piece>;
  /** Those of fences that stand below one. */
  readonly titles = new Map<FencePiece, string>();

  constructor(
    page: Page,
    fences: ReadonlyMap<FencePiece, ReadFence>,
    consumed: ReadonlySet<Piece>,
  ) {
    this.#page = page;
    this.#fences = fences;
    this.#consumed = consumed;
  }

  /** "**1.** Create the bucket": a step of its own, or the title of the fence under it. */
  read(piece: ParagraphPiece, index: number): void {
    const match = NUMBERED.exec(piece.text);
    this.#countedInWords(piece, index);
    const bold = IS_NUMBER.test(piece.strong) && piece.text.startsWith(piece.strong);
    if (!match || !bold || piece.item !== null) return;
    const text = toTitle(piece.text.slice(match[0].length));
    const below = this.#below(index);
    if (below !== 'nothing') {
      if (below !== 'steps') this.titles.set(below, text);
      return;
    }
    if (!this.#numberedTells(text, index)) {
      const heading =
        this.#page.outline.procedures[this.#page.outline.procedureOf[index] ?? -1]?.heading.text;
      // All bold with text of its own below, it is a heading.
      const next = this.#page.outline.pieces[index + 1];
      const isHeading =
        piece.strong === piece.text &&
        next !== undefined &&
        next.kind !== 'heading' &&
        !(next.kind === 'paragraph' && IS_NUMBER.test(next.strong));
      if (!isHeading && !QUESTIONS.test(heading ?? '') && !/[?？]$/u.test(text.trim()))
        this.#page.blocks.leaveOut(piece, 'nothing in it tells what to do');
      return;
    }
    const around = this.#page.blocks.around(piece, index);
    this.#page.maker.offer(
      {
        ...around,
        kind: 'item',
        lead: '',
        text,
        checked: null,
        ordered: true,
        siblings: [],
        strong: '',
        instruction: 'numbered paragraph that tells what to do',
      },
      index,
      { title: text, language: null, text, textLine: piece.line },
    );
  }

  /** "Step 1: do it", "(1) do it", "a) do it": a reader takes them for a list, and markdown does not. */
  #countedInWords(piece: ParagraphPiece, index: number): void {
    const lines = this.#page.lines.slice(piece.line - 1, piece.endLine);
    const around = {
      before: this.#lineBeside(index, -1),
      after: this.#lineBeside(index, 1),
    };
    const told = countedLines(lines, around).filter(
      ({ text, said }) => said || this.#numberedTells(toTitle(text), index),
    );
    if (told.length > 1 || (told.length === 1 && this.#below(index) === 'nothing'))
      this.#page.says.leaveOut(
        piece.line,
        'What is counted here ("Step 1", "(1)", "a)" and their like) is no list: it is shown, not done.',
        'Write it as a list (`1. …`), if it is to be done.',
      );
  }

  /** The nearest line of the paragraph above or below, fences between them passed over; `''` of anything else. */
  #lineBeside(index: number, by: 1 | -1): string {
    const { pieces } = this.#page.outline;
    let at = index + by;
    while (pieces[at]?.kind === 'fence') at += by;
    const piece = pieces[at];
    const line = by === 1 ? piece?.line : piece?.endLine;
    return piece?.kind === 'paragraph' ? (this.#page.lines[(line ?? 0) - 1] ?? '') : '';
  }

  /** Whether a numbered paragraph tells what to do, by what it says and in the language of the page. */
  #numberedTells(text: string, index: number): boolean {
    const at = this.#page.outline.procedureOf[index] ?? -1;
    const trail = this.#page.outline.procedures[at]?.procedure.trail ?? [];
    const tongues = tonguesOf([text], trail.join('\n'), this.#page.outline.languages);
    const said = sayingOf(text, tongues);
    if (QUESTIONS.test(trail.at(-1) ?? '')) return false;
    return said.tells >= 1.1 || (said.tells >= 0.8 && /\s/.test(text) && !said.states);
  }

  /** What stands between a numbered paragraph and the next one: a step's fence, other steps, or nothing. */
  #below(index: number): FencePiece | 'steps' | 'nothing' {
    for (let at = index + 1; at < this.#page.outline.pieces.length; at += 1) {
      const piece = this.#page.outline.pieces[at];
      if (!piece || piece.kind === 'heading') break;
      // Tabs are ways to do what it says.
      const isLabel = piece.kind === 'paragraph' && piece.label;
      if (isLabel && !this.#page.outline.tabs.has(piece.line)) break;
      if (piece.kind === 'paragraph' && IS_NUMBER.test(piece.strong)) break;
      if (piece.kind === 'fence' && this.#fences.get(piece)?.type) return piece;
      if (piece.kind === 'item' && (piece.checked !== null || piece.list.ordered)) {
        const block = this.#page.blocks.offered(piece, at);
        if (this.#consumed.has(piece) || (block && this.#page.maker.detect(block))) return 'steps';
      }
    }
    return 'nothing';
  }
}
