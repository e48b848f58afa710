import type { Language } from './language.ts';

/** What a sentence does, as far as a language's words tell. */
export interface Saying {
  /** It tells somebody to do something: 2 surely, below that by a form that nouns have as well, 0 not that one sees. */
  readonly tells: number;
  /** It says how something is. */
  readonly states: boolean;
  /** It states, as it begins with what it speaks of and not with a verb. */
  readonly subject: boolean;
  /** So it does, with a thing that pages are about. */
  readonly thing: boolean;
  /** It begins as a question does. */
  readonly asks: boolean;
  /** It says that something must be done. */
  readonly duty: boolean;
  /** It begins with a condition. */
  readonly conditional: boolean;
  /** It is told in the passive or impersonal present. */
  readonly impersonal: boolean;
  /** It says what will be seen or what happens then. */
  readonly comes: boolean;
  /** It says how long something takes. */
  readonly lasts: boolean;
}

/** A language pack with its lists made ready; one for each language that a page turned out to use. */
export interface Tongue {
  readonly language: Language;
  say(text: string): Saying;
  /** How surely it tells somebody to do something, and nothing else of what it says. */
  tells(text: string): number;
  /** It begins with what the language knows as a noun, whatever other languages do with the word: "Model uživatele". */
  names(text: string): boolean;
  /** What a heading or label is over; `null` when its words do not tell. */
  over(heading: string): 'steps' | 'facts' | 'never' | null;
}

/** Whether a clause says of a thing what must be done with it. */
export const isDue = (text: string, { due }: Language): boolean =>
  due?.test(text.toLowerCase().replace(/(?<![\s。．.!！])[\s。．.!！]+$/u, '')) ?? false;

/**
 * Whether a sentence, its condition left out, says what will be seen or what happens then. Where the words for it stand
 * at its beginning, or at its end where verbs stand last, they are its verb; elsewhere they may only say more of a thing
 * that something is done to, and count where no verb surely tells.
 */
export function tellsWhatComes(text: string, tells: number, { comes, place }: Language): boolean {
  if (!comes) return false;
  const [sentence = ''] = text.split(SENTENCES, 1);
  const [first = '', ...others] = sentence.toLowerCase().split(CLAUSES, MOST_CLAUSES);
  const at = first.trim().search(comes);
  if (at >= 0 && (at === 0 || place === 'last' || tells < LIKELY)) return true;
  return tells < FORM_TELLS && others.some((each) => comes.test(each.trim()));
}

const SENTENCES = /[。！]|[.!](?=\s)/u;
const CLAUSES = /[,，、;:：.。!！(（]/u;
/** A verb that is known, or the form of one with its object behind it. */
export const LIKELY = 1.4;
/** The form of an instruction, which other words have as well. */
const FORM_TELLS = 0.9;
const MOST_CLAUSES = 3;

/** What stands before the first comma. */
export function beforeComma(text: string): string {
  const at = text.search(/[,，、:：]/u);
  return at < 0 ? text : text.slice(0, at);
}

/** What follows the first comma; the text itself where there is none. */
export function afterComma(text: string): string {
  const at = text.search(/[,，،、:：]/u);
  return at < 0 ? text : text.slice(at + 1).trim();
}
