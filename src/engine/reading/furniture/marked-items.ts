import { indentOf } from '../fence-markers.ts';

/** `. Stop it`, `.. Look first`, `#. Start it`: items that AsciiDoc and reStructuredText number; group 2 is the marker. */
const NUMBERED = /^([ \t]*)(\.{1,5}|#\.)[ \t]+(?=\S)(?![\w-]+::)/;

/** `: What it means`, below its term. */
const MEANING = /^([ \t]*):(?=[ \t]+\S)/;

const FEWEST_NUMBERED = 2;

/** Items of the lists of a page that are numbered by markers alone, and meanings below their terms. */
export class MarkedItems {
  readonly #lines: readonly string[];
  readonly #from: number;
  /** Its lists are numbered by markers alone: one such line may be anything. */
  readonly #isNumbered: boolean;

  constructor(lines: readonly string[], from: number) {
    this.#lines = lines;
    this.#from = from;
    this.#isNumbered = lines.filter((line) => NUMBERED.test(line)).length >= FEWEST_NUMBERED;
  }

  /** An item of a list that is marked in another way, as markdown marks it; `undefined` for any other line. */
  read(index: number, text: string): string | undefined {
    const numbered = this.#isNumbered ? NUMBERED.exec(text) : null;
    if (numbered !== null) {
      const [marked, indent = '', marker = ''] = numbered;
      const level = marker.startsWith('.') ? marker.length - 1 : 0;
      return `${indent}${'   '.repeat(level)}1. ${text.slice(marked.length)}`;
    }
    // What AsciiDoc goes on with in the same item.
    if (this.#isNumbered && text.trim() === '+') return '';
    const meaning = MEANING.exec(text);
    if (meaning === null || !this.#isBelowTerm(index) || !this.#holdsMore(index, text))
      return undefined;
    return `${meaning[1] ?? ''}-${text.slice(meaning[0].length)}`;
  }

  /** A line of text, or what it means so far, stands directly above, or above one empty line. */
  #isBelowTerm(index: number): boolean {
    const [near = '', far = ''] = [this.#lines[index - 1], this.#lines[index - 2]];
    const above = near.trim() === '' ? far : near;
    return index > this.#from && /^[ \t>]*(?:[\p{L}\d`*_"'[(]|:[ \t])/u.test(above);
  }

  /**
   * What a term means is more than its words: a command alone, or what stands indented below it. Plain words stay in the
   * paragraph of their term, as markdown has them.
   */
  #holdsMore(index: number, text: string): boolean {
    if (/^[ \t]*:[ \t]+(`+)[^`]+\1[.:]?[ \t]*$/.test(text)) return true;
    const [next = '', after = ''] = [this.#lines[index + 1], this.#lines[index + 2]];
    const below = next.trim() === '' ? after : next;
    return below.trim() !== '' && indentOf(below) >= indentOf(text) + 2;
  }
}
