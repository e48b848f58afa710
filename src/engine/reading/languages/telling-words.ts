import { beginsWithVerb } from '../verbs.ts';
import { LANGUAGES } from './all.ts';
import type { Language } from './language.ts';
import { wordsOf } from './word-list.ts';

/** A language with how much speaks for it. */
export interface Signs {
  readonly language: Language;
  readonly signs: number;
}

/**
 * What a word says, by word. A small word is a sign of every language that has it; any other word of a pack only where
 * hardly another has it. The build makes it once (`scripts/telling-words.ts`).
 */
export function tellingWords(): ReadonlyMap<string, readonly Signs[]> {
  const small = ownersOf(({ common }) => [common]);
  const words = new Map<string, readonly Signs[]>();
  for (const [word, owners] of ownersOf(saidIn)) {
    const signs = FOR_OWNERS[owners.length] ?? 0;
    // English stands on pages of every language.
    if (signs > 0 && word.length >= SHORTEST_TELLING && !beginsWithVerb(word))
      words.set(
        word,
        owners.map((language) => ({ language, signs })),
      );
  }
  for (const [word, owners] of small) {
    const others = (words.get(word) ?? []).filter(({ language }) => !owners.includes(language));
    words.set(word, [...owners.map((language) => ({ language, signs: 1 })), ...others]);
  }
  return words;
}

/** What a word says for a language, by how many have it. */
const FOR_OWNERS: readonly number[] = [0, 1, 0.5];
/** Shorter words are words of too many languages that have no pack. */
const SHORTEST_TELLING = 3;

/** What a pack knows in whole words. */
function saidIn(language: Language): readonly string[] {
  const { common, verbs, is, asks, duty = '', adverbs = '', phrases, leads, conditions } = language;
  const { goOn = [], stop = [], never = [] } = conditions.gates ?? {};
  const lists = [phrases.if, phrases.order, conditions.opening, goOn, stop, never];
  return [common, verbs, is, asks, duty, adverbs, ...Object.values(leads), ...lists.flat()];
}

function ownersOf(
  said: (language: Language) => readonly string[],
): ReadonlyMap<string, readonly Language[]> {
  const owners = new Map<string, Language[]>();
  for (const language of LANGUAGES) {
    const words = said(language).flatMap((text) => text.split(/\s+/));
    // All of a pack at once: word by word, of ten thousand words, it was a tenth of the time of a new page.
    const whole = wordsOf(words.filter((word) => !word.endsWith('-')).join(' ')).split(' ');
    for (const word of new Set(whole)) {
      const list = owners.get(word);
      if (list === undefined) owners.set(word, [language]);
      else list.push(language);
    }
  }
  owners.delete('');
  return owners;
}
