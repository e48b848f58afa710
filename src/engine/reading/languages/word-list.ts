/** A text as word lists are matched against: lower case, one space around each word. */
export function wordsOf(text: string): string {
  return ` ${text
    .toLowerCase()
    .replace(/(?<=\p{Script=Cyrillic})[’'ʼ](?=\p{Script=Cyrillic})/gu, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()} `;
}

/** Shorter words stand at the end of too many others. */
const SHORTEST_PART = 6;

/** "Notfallmaßnahmen" for "maßnahme-". */
function isLastPart(word: string, end: string, open: boolean): boolean {
  const at = word.lastIndexOf(end);
  const rest = word.length - at - end.length;
  return at >= 2 && (open ? rest <= 4 : rest === 0);
}

/** A list as it is asked. */
interface Sorted {
  readonly words: Set<string>;
  readonly beginnings: Set<string>;
  /** How long these are, the longest first: no other beginning of a word is worth cutting off. */
  lengths?: readonly number[];
  readonly phrases: string[];
  /** Ends of compound words; what they may be followed by. */
  readonly ends: (readonly [end: string, open: boolean])[];
}

/**
 * Words, beginnings of words and phrases of several words of one language. Sorted once it is asked: a list of unknown
 * language is shown to some 25 packs, which ask two of their twelve lists for most of it.
 */
export class WordList {
  readonly #said: string | readonly string[];
  readonly #compounds: boolean;
  #sorted: Sorted | undefined;

  /**
   * `said`: words parted by spaces; a hyphen inside stands for a space, one at the end for any ending. With `compounds`
   * a long one may be the last part of a word.
   */
  constructor(said: string | readonly string[], compounds = false) {
    this.#said = said;
    this.#compounds = compounds;
  }

  get #list(): Sorted {
    this.#sorted ??= sortedOut(this.#said, this.#compounds);
    return this.#sorted;
  }

  /** Whether one of them stands anywhere in the words. */
  in(words: string): boolean {
    if (this.#list.phrases.some((phrase) => words.includes(phrase))) return true;
    return words.split(' ').some((word) => this.is(word));
  }

  /** Where the first, or the last, of them begins in the words; -1 when none stands there. */
  place(words: string, which: 'first' | 'last'): number {
    const places = this.#list.phrases
      .map((phrase) => words.indexOf(phrase))
      .filter((found) => found >= 0);
    let at = 1;
    for (const word of words.trim().split(' ')) {
      if (this.is(word)) places.push(at);
      at += word.length + 1;
    }
    if (places.length === 0) return -1;
    return which === 'first' ? Math.min(...places) : Math.max(...places);
  }

  /** Whether the words begin with one of them. */
  leads(words: string): boolean {
    return this.lead(words) > 0;
  }

  /** How many characters of the words the one takes that they begin with, the space behind it left; 0 when none. */
  lead(words: string): number {
    const phrase = this.#list.phrases.find((each) => words.startsWith(each));
    if (phrase !== undefined) return phrase.trimEnd().length;
    const end = words.indexOf(' ', 1);
    return end > 0 && this.is(words.slice(1, end)) ? end : 0;
  }

  /** Whether a single word is one of them. */
  is(word: string): boolean {
    if (word === '') return false;
    const list = this.#list;
    if (list.words.has(word)) return true;
    if (list.ends.some(([end, open]) => isLastPart(word, end, open))) return true;
    list.lengths ??= lengthsOf(list.beginnings);
    for (const length of list.lengths)
      if (length <= word.length && list.beginnings.has(word.slice(0, length))) return true;
    return false;
  }
}

/** A word that is written as `wordsOf` would leave it, as nearly all of them are. */
const PLAIN = /^[a-z]+$/;

function sortedOut(said: string | readonly string[], compounds: boolean): Sorted {
  const list: Sorted = { words: new Set(), beginnings: new Set(), phrases: [], ends: [] };
  for (const entry of typeof said === 'string' ? said.split(/\s+/) : said) {
    const open = entry.endsWith('-');
    const words = PLAIN.test(entry) ? entry : wordsOf(entry).trim();
    if (words === '') continue;
    if (words.includes(' ')) list.phrases.push(open ? ` ${words}` : ` ${words} `);
    else if (open) list.beginnings.add(words);
    else list.words.add(words);
    if (compounds && words.length >= SHORTEST_PART && !words.includes(' '))
      list.ends.push([words, open]);
  }
  return list;
}

const [SHORTEST_BEGINNING, LONGEST_BEGINNING] = [2, 24];

function lengthsOf(beginnings: ReadonlySet<string>): readonly number[] {
  return [...new Set([...beginnings].map(({ length }) => length))]
    .filter((length) => length >= SHORTEST_BEGINNING && length <= LONGEST_BEGINNING)
    .sort((one, other) => other - one);
}

/** Words of a language that is written without spaces: found anywhere, or at an end. */
export class SignList {
  readonly #signs: readonly string[];

  constructor(said: string | readonly string[]) {
    this.#signs = (typeof said === 'string' ? said.split(/\s+/) : said).filter(Boolean);
  }

  in(text: string): boolean {
    return this.#signs.some((sign) => text.includes(sign));
  }

  leads(text: string): boolean {
    return this.#signs.some((sign) => text.startsWith(sign));
  }

  ends(text: string): boolean {
    return this.#signs.some((sign) => text.endsWith(sign));
  }

  /** Where the one ends that begins first, behind so many characters at most, the longest of several; 0 when none does. */
  firstEnd(text: string, most: number): number {
    let [begin, end] = [most + 1, 0];
    for (const sign of this.#signs) {
      const at = text.slice(0, most + sign.length).indexOf(sign);
      if (at < 0 || at > begin || (at === begin && at + sign.length < end)) continue;
      [begin, end] = [at, at + sign.length];
    }
    return end;
  }

  /** Where the last of them ends in the text; -1 when none stands there. */
  lastEnd(text: string): number {
    return Math.max(
      ...this.#signs.map((sign) => {
        const at = text.lastIndexOf(sign);
        return at < 0 ? -1 : at + sign.length;
      }),
      -1,
    );
  }
}
