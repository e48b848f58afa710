import { LANGUAGES } from './all.ts';
import { saysWhereNot } from './condition-words.ts';
import { english } from './english.ts';
import type { Language, Leads } from './language.ts';
import { isSpaced } from './script.ts';
import { SignList, WordList, wordsOf } from './word-list.ts';

const lists = new Map<string, WordList | SignList>();

function listOf(what: keyof Leads, { code, script, leads }: Language): WordList | SignList {
  const key = `${code} ${what}`;
  const known = lists.get(key);
  if (known) return known;
  const said = leads[what] ?? '';
  const spaced = isSpaced(script);
  const made = spaced ? new WordList(said) : new SignList(said.replaceAll('-', JOINER));
  lists.set(key, made);
  return made;
}

const any = (what: keyof Leads, text: string, languages: readonly Language[]): boolean =>
  languages.some((language) => {
    const list = listOf(what, language);
    return list instanceof WordList ? list.in(wordsOf(text)) : list.in(unbroken(text));
  });

/** Stands for a blank within a sign. No blank itself: a list of signs is parted at these, whatever their kind. */
const JOINER = '\u2060';

const unbroken = (text: string): string => text.replace(/\s/g, JOINER);

const others = (languages: readonly Language[]): readonly Language[] =>
  languages.filter((each) => each !== english);

/** The sentence above asks, in one of the languages, for something to be run. */
export const asksToRunIn = (lead: string, languages: readonly Language[]): boolean =>
  lead !== '' && any('runs', lead, others(languages));

/** It asks for text to be put into a file. */
export const asksToPutIn = (lead: string, languages: readonly Language[]): boolean =>
  others(languages).some((each) => any('puts', lead, [each]) && any('holds', lead, [each]));

/** It speaks of writing something down, wherever. */
export const putsIn = (lead: string, languages: readonly Language[]): boolean =>
  lead !== '' && any('puts', lead, others(languages));

const MOST_WORDS = 4;

/** "Nicht ausführen:", "Wrong:": what stands below is to be known and not done. */
export function forbidsIn(lead: string, languages: readonly Language[]): boolean {
  if (lead === '') return false;
  return others(languages).some((language) => {
    // "Do not run this on replicas" is done elsewhere.
    if (saysWhereNot(lead, language.conditions)) return false;
    const list = listOf('forbids', language);
    if (list instanceof SignList) return lead.length <= 24 && list.in(unbroken(lead));
    const words = wordsOf(lead);
    return list.leads(words) || (words.trim().split(' ').length <= MOST_WORDS && list.in(words));
  });
}

/** A heading says in a few words that nobody is to do what stands below: by a phrase, since single words name troubles as well. */
export function forbidsUseIn(heading: string, languages: readonly Language[]): boolean {
  const words = wordsOf(heading);
  if (words.trim().split(' ').length > MOST_WORDS) return false;
  return others(languages).some(({ script, leads, conditions }) => {
    if (saysWhereNot(heading, conditions)) return false;
    const said = (leads.forbids ?? '')
      .split(/\s+/)
      .filter((each) => each.includes('-') || (each.length >= FEWEST_SIGNS && !isSpaced(script)));
    return isSpaced(script)
      ? new WordList(said).leads(words)
      : said.some((each) => heading.includes(each.replaceAll('-', ' ')));
  });
}

/** A word for what is wrong is shorter. */
const FEWEST_SIGNS = 4;

/** "Das macht das Skript:" shows what something else does. */
export const showsDoingIn = (sentence: string, languages: readonly Language[]): boolean =>
  others(languages).some((language) => {
    const list = listOf('shows', language);
    return list instanceof WordList && list.leads(wordsOf(sentence));
  });

/**
 * "Before", "After": the label of one of two states that are set side by side. Such a page may say too little to have a
 * language; "Before the restart" says when.
 */
export function isCompared(label: string): boolean {
  if (label === '' || label.length > 32) return false;
  const words = wordsOf(label.replace(/\([^()]*\)/g, ''));
  return LANGUAGES.some((language) => {
    const list = listOf('compared', language);
    if (list instanceof SignList) return label.length <= 10 && list.in(unbroken(label));
    return list.is(words.trim());
  });
}

const LONGEST_NAME = 40;

/** "Parancs", "Komento": the name of a column of commands. Its table may say too little to have a language. */
export function namesCommands(name: string): boolean {
  const words = wordsOf(name).trim();
  if (words === '' || words.includes(' ') || name.length > LONGEST_NAME) return false;
  return others(LANGUAGES).some((language) => {
    const list = listOf('runs', language);
    return list instanceof WordList ? list.is(words) : list.in(name) && list.ends(name);
  });
}

/** "Várt kimenet", "Keluaran yang diharapkan": the name of a column of what is to come out; one word may mean anything. */
export function namesOutput(name: string): boolean {
  const words = wordsOf(name).trim();
  if (!words.includes(' ') || name.length > LONGEST_NAME) return false;
  return others(LANGUAGES).some(
    ({ phrases }) => phrases.output.includes(words) && !phrases.example.includes(words),
  );
}

/** It begins to tell what a program does, or what is so now. */
export function tellsOfDoing(text: string, languages: readonly Language[]): boolean {
  if (text === '') return false;
  if (BREAKS_OFF.test(text)) return true;
  return languages.some((language) => {
    const list = listOf('does', language);
    return list instanceof WordList ? list.leads(wordsOf(text)) : list.in(unbroken(text));
  });
}

/** "Skrip ini akan:", "Script sẽ:": a sentence that breaks off at its future says what its thing does; the reader is none. */
const BREAKS_OFF =
  /^\W{0,4}(?!(?:anda|kamu|kita|bạn|chúng ta|คุณ|du|sie|wir|je|u|vi|vous|nous|вы|ты|мы|ви|ми|ti|ty|vy|εσείς|شما|أنت)(?![\p{L}\p{M}]))[\p{L}\p{M}\p{N}\s`*_."'()/-]{2,80}?[\s*_](?:akan|sẽ|wird|zal|zullen|kommer att|vil|будет|буде|ще|će|θα|خواهد)(?: (?:dann|nun|dan|nu|då|так само|также))?\W{0,3}[:：]\W{0,3}$|^[\p{L}\p{M}\p{N}\s`*_.-]{2,80}?(?<!คุณ)จะ\W{0,3}[:：]\W{0,3}$/iu;
