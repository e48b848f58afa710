import { LANGUAGES } from './all.ts';
import type { Language } from './language.ts';
import { scriptOf } from './script.ts';
import { type Signs, tellingWords } from './telling-words.ts';
import { wordsOf } from './word-list.ts';

const MOST_CHARS = 12_000;
/** Below so many signs a text does not say which language it is in. */
const FEWEST_SIGNS = 2;

/** What a word says, by word: asked once a word, and not once a language and word. */
let telling: ReadonlyMap<string, readonly Signs[]> | undefined;

/**
 * The languages that a text is written in, the likeliest first; empty when it does not say. Found from its own
 * small words and letters: nothing is asked and nothing is downloaded.
 */
export function languagesOf(text: string): readonly Language[] {
  return likely(signsIn(text)).map(({ language }) => language);
}

/** The languages of a page, and where it says too little to be sure, the one that it says most of. */
export function languagesOfPage(text: string): {
  readonly languages: readonly Language[];
  readonly guesses: readonly Language[];
} {
  const signs = signsIn(text);
  const languages = likely(signs).map(({ language }) => language);
  const best = signs.toSorted((left, right) => right.signs - left.signs)[0];
  const guesses = languages.length === 0 && best && best.signs > 0 ? [best.language] : languages;
  return { languages, guesses };
}

/** Those with enough signs, and nearly as many as the likeliest has; the likeliest first. */
export function likely(found: readonly Signs[]): readonly Signs[] {
  const sorted = found.toSorted((left, right) => right.signs - left.signs);
  const most = sorted[0]?.signs ?? 0;
  return sorted.filter(({ signs }) => signs >= FEWEST_SIGNS && signs * 1.2 >= most);
}

/** How much speaks for each language of the text's script. */
export function signsIn(text: string): readonly Signs[] {
  const said = text.length > MOST_CHARS ? text.slice(0, MOST_CHARS) : text;
  const script = scriptOf(said);
  telling ??= tellingWords();
  const counts = new Map<Language, number>();
  for (const word of wordsOf(said).split(' '))
    for (const { language, signs } of telling.get(word) ?? [])
      counts.set(language, (counts.get(language) ?? 0) + signs);
  const written = LANGUAGES.filter((language) => language.script === script);
  // Of the only language of a script nothing else is to be told.
  const isTold = written.length > 1;
  const isPlain = !OWN_LETTER.test(said);
  const lettersOf = (language: Language): number => (isPlain ? 0 : lettersIn(said, language));
  return written.map((language) => ({
    language,
    signs: isTold ? (counts.get(language) ?? 0) + lettersOf(language) : FEWEST_SIGNS,
  }));
}

/** No language has a letter of ASCII to itself. */
const OWN_LETTER = /[^\0-\x7f]/;
const MOST_LETTERS = 5;

/**
 * What the letters of a language say: five at most, a name may stand anywhere. One that no other language has says more
 * than one that several have.
 */
function lettersIn(text: string, { letters, script }: Language): number {
  if (!letters) return 0;
  const all = new RegExp(letters.source, 'giu');
  const found: number[] = [];
  for (let match = all.exec(text); match && found.length < 60; match = all.exec(text))
    found.push(worthOf(match[0].toLowerCase(), script));
  return found
    .sort((left, right) => right - left)
    .slice(0, MOST_LETTERS)
    .reduce((sum, each) => sum + each, 0);
}

const worth = new Map<string, number>();

/** Two signs for a letter of one language alone, fewer the more have it. */
function worthOf(letter: string, script: Language['script']): number {
  const known = worth.get(letter);
  if (known !== undefined) return known;
  const owners = LANGUAGES.filter(
    (each) => each.script === script && each.letters?.test(letter),
  ).length;
  const made = owners <= 1 ? 2.4 : owners === 2 ? 1.8 : 1.5;
  worth.set(letter, made);
  return made;
}
