/** What a callout is drawn as: one of the five that GitHub knows. */
export type CalloutKind = 'note' | 'tip' | 'important' | 'warning' | 'caution';

/** A callout as the first line of its quote says it: `[!WARNING]`, `[!tip]- Title`. */
export interface Callout {
  readonly kind: CalloutKind;
  /** The word of its mark: `Warning`. */
  readonly word: string;
  /** What stands behind the mark, on the same line. */
  readonly title: string;
  /** Characters of the text that the mark and the title take, with their line's end. */
  readonly length: number;
}

/** Words of GitHub, Obsidian, MkDocs and Docusaurus, by what they mean. */
const WORDS: Readonly<Record<CalloutKind, readonly string[]>> = {
  note: 'note info abstract summary tldr todo example question help faq quote cite seealso secondary'.split(
    ' ',
  ),
  tip: 'tip success hint check done'.split(' '),
  important: ['important'],
  warning: 'warning attention bug'.split(' '),
  caution: 'caution danger error failure fail missing'.split(' '),
};

const KINDS: ReadonlyMap<string, CalloutKind> = new Map(
  (Object.keys(WORDS) as CalloutKind[]).flatMap((kind) =>
    WORDS[kind].map((word) => [word, kind] as const),
  ),
);

/** Every word that makes a callout wherever it stands, for a pattern. */
export const CALLOUT_WORDS: string = [...KINDS.keys()].join('|');

/** The first line of a box of MkDocs. */
export interface BoxHead {
  readonly word: string;
  readonly title: string;
  /** Characters of the text that the line takes, with its end. */
  readonly length: number;
}

const EXCLAIMED =
  /^[ \t]*(?:!!!|\?\?\?\+?)[ \t]*([A-Za-z][\w-]*)([ \t][ \t\w-]*)?(?:"([^"\n]*)"[ \t]*)?(?:\n|$)/;
/** Classes that say where a box stands. */
const PLACES = /^(?:inline|end|annotate|[ \t])*$/;

/**
 * `!!! danger`, `??? note inline end "Title"`: a word of any kind, its classes, and a title. Further words without a title
 * are one behind a word that is known; else the line is a sentence, and no box.
 */
export function exclaimedOf(text: string): BoxHead | undefined {
  const [whole, word, behind = '', title] = EXCLAIMED.exec(text) ?? [];
  if (whole === undefined || word === undefined) return undefined;
  const isSaid = title === undefined && !PLACES.test(behind);
  if (isSaid && !KINDS.has(word.toLowerCase())) return undefined;
  return { word, title: title ?? (isSaid ? behind.trim() : ''), length: whole.length };
}

/** Behind the word, Obsidian writes how it looks (`|wide`), and whether it is folded (`+`, `-`). */
const MARK = /^\s*\[!([A-Za-z][\w-]*)(?:\|[^\]\n]*)?\][+-]?[ \t]*([^\n]*)(?:\n|$)/;

/** The callout that a quote of this text is; `undefined` for a plain quote. A word that nobody knows is a note of that name. */
export function calloutOf(text: string): Callout | undefined {
  const found = MARK.exec(text);
  if (found === null) return undefined;
  const [whole, word = '', title = ''] = found;
  return {
    kind: KINDS.get(word.toLowerCase()) ?? 'note',
    word: `${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()}`,
    title: title.trim(),
    length: whole.length,
  };
}
