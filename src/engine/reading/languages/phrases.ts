import type { Language, Phrases } from './language.ts';
import { isSpaced } from './script.ts';
import { SignList, WordList, wordsOf } from './word-list.ts';

const lists = new Map<string, WordList | SignList>();

/** Whether a text speaks of something in one of the languages, as their packs say it. */
export function speaksOf(
  what: keyof Phrases,
  text: string,
  languages: readonly Language[],
): boolean {
  if (text === '') return false;
  const words = wordsOf(text);
  return languages.some((language) => {
    const list = listOf(what, language);
    return list instanceof WordList ? list.in(words) : list.in(text);
  });
}

function listOf(what: keyof Phrases, { code, script, phrases }: Language): WordList | SignList {
  const key = `${code} ${what}`;
  const known = lists.get(key);
  if (known) return known;
  const spaced = isSpaced(script);
  const made = spaced ? new WordList(phrases[what] ?? []) : new SignList(phrases[what] ?? []);
  lists.set(key, made);
  return made;
}
