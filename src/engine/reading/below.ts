import { waysIn } from './alternatives.ts';
import type { FencePiece, HeadingPiece, Piece } from './pieces.ts';
import type { Outline } from './surroundings.ts';

/** What stands below and above the titles of a page: commands, and sentences that speak of ways. */
export class Below {
  readonly #outline: Outline;
  /** What a fence that is a step runs: no prompts, no output. `null`: it is none. */
  readonly #scriptOf: (piece: FencePiece) => string | null;
  readonly #indexOf: ReadonlyMap<Piece, number>;

  constructor(outline: Outline, scriptOf: (piece: FencePiece) => string | null) {
    this.#outline = outline;
    this.#scriptOf = scriptOf;
    this.#indexOf = new Map(outline.pieces.map((piece, index) => [piece, index]));
  }

  /** The first command of the step below a title, before the next title; `''`: there is none. */
  firstCommand(piece: Piece): string {
    const { pieces } = this.#outline;
    const index = this.#indexOf.get(piece) ?? pieces.length;
    if (piece.kind === 'fence') return firstCommand(this.#scriptOf(piece) ?? '');
    for (let at = index + 1; at <= index + FARTHEST; at += 1) {
      const below = pieces[at];
      if (below === undefined || below.kind === 'heading') return '';
      if (
        below.kind === 'paragraph' &&
        piece.kind !== 'heading' &&
        (below.label || !('label' in piece && piece.label))
      )
        return '';
      const script = below.kind === 'fence' ? this.#scriptOf(below) : null;
      if (script !== null) return firstCommand(script);
    }
    return '';
  }

  /** What the steps above a heading begin with, as far as anybody reads them. */
  commandsAbove(heading: HeadingPiece): readonly string[] {
    const index = this.#indexOf.get(heading) ?? 0;
    return this.#outline.pieces.slice(Math.max(0, index - MOST_ABOVE), index).flatMap((piece) => {
      const script = piece.kind === 'fence' ? this.#scriptOf(piece) : null;
      return script === null ? [] : script.split('\n').slice(0, FARTHEST);
    });
  }

  /** Of how many ways the text speaks that stands above the first of some titles; 0 when of none. */
  waysAbove(first: Piece | undefined, isTop: boolean): number {
    if (first === undefined || isTop) return 0;
    const { pieces } = this.#outline;
    const index = this.#indexOf.get(first) ?? 0;
    for (let at = index; at > Math.max(0, index - FARTHEST); at -= 1) {
      const above = pieces[at - 1];
      if (above?.kind === 'heading' || above?.kind === 'fence') return 0;
      const ways = above?.kind === 'paragraph' && !above.label ? waysIn(above.text) : 0;
      if (ways > 1) return ways;
    }
    return 0;
  }
}

/** Pieces above "Cleaning up" in which what it takes away may have been put in place. */
const MOST_ABOVE = 200;
/** Pieces between what says that there are ways, and the first of them. */
const FARTHEST = 30;

/** The first command of a script; `''`: it has none. */
export const firstCommand = (text: string): string =>
  text
    .split('\n')
    .find((line) => /^\s*[^\s#]/.test(line) && !/^\s*--\s/.test(line))
    ?.trim()
    .replace(/^[$%] /, '') ?? '';

/** What a fence without a title does: its first comment or command. */
export function firstWords(text: string): string {
  const line = text.split('\n').find((one) => one.trim() !== '') ?? '';
  return line.replace(/^[\s#$>-]+/, '').trim();
}
