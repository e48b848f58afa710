import type { SaidConditions } from './condition-words.ts';
import type { Script } from './script.ts';

/** Phrases of a language that say what a sentence asks for; lower case, matched as whole words. */
export interface Phrases {
  /** What stands below is what a command puts out: "expected output", "you should see". */
  readonly output: readonly string[];
  /** What stands below only shows a shape: "for example", "something like". */
  readonly example: readonly string[];
  /** A condition begins: "if", "in case". */
  readonly if: readonly string[];
  /** Only the order is said, no condition: "once", "after". */
  readonly order: readonly string[];
  /** Small words before the circumstances that stand in front of what is said: "in case of", "bei". */
  readonly when?: readonly string[];
}

/**
 * What a sentence or label above a block says of it, in word lists as in `Language`. English needs fewer: its sentences
 * are read by their grammar.
 */
export interface Leads {
  /** Words of running something: "run", "command". */
  readonly runs?: string;
  /** Words of writing something down, together with `holds`: "add". */
  readonly puts?: string;
  /** What is written there: "line", "file". */
  readonly holds?: string;
  /** Labels of two states that stand side by side: "before", "after". */
  readonly compared: string;
  /** What stands below is to be known and not done: "never run". */
  readonly forbids?: string;
  /** Begin a sentence or heading about what a program does or what is so now: "the script". */
  readonly does?: string;
  /** Begin a sentence that shows what something else does: "this is what". */
  readonly shows?: string;
}

/**
 * What the reader knows of a language. Word lists are one string of words, parted by spaces, lower case; a word that
 * ends in `-` stands for all that begin so. Nothing in here forbids: a word that no list has is neutral.
 */
export interface Language {
  /** ISO 639-1. */
  readonly code: string;
  readonly name: string;
  readonly script: Script;
  /** Letters that few other languages of the script have. */
  readonly letters?: RegExp;
  /** Small words by which a text of the language is known. */
  readonly common: string;
  /** Headings over things to be done. */
  readonly steps: string;
  /** Headings over what is, was or may be: notes, components, requirements. */
  readonly facts: string;
  /** Headings over what is never to be done: people, causes, questions, goals, history, contents. */
  readonly never: string;
  /** Forms of verbs that instructions are made of: imperative, infinitive, polite. */
  readonly verbs: string;
  /** Signs that are written in two ways, in pairs: the other one, and the one that the lists have. */
  readonly spelled?: string;
  /** Where the verb of an instruction stands. */
  readonly place: 'first' | 'last' | 'either';
  /**
   * What the infinitives end in that stand at the end of an instruction: where the verb may stand at either end, or
   * behind the thing that something is to be done to.
   */
  readonly infinitive?: RegExp;
  /** Endings that the verb of an instruction has, and hardly another word in its place. */
  readonly tells?: RegExp;
  /** Endings that such a verb has, and nouns as well. */
  readonly mayTell?: RegExp;
  /** What a polite or impersonal instruction is like from its beginning. */
  readonly polite?: RegExp;
  /** The end of a sentence in whose last word only a verb can have this form. */
  readonly lastMayTell?: RegExp;
  /** Of languages whose verbs stand last: what parts the verb from the clause that it leads to. */
  readonly leadsTo?: RegExp;
  /** Words that are none of these verbs though they end so. */
  readonly nouns?: string;
  /** Words that stand right behind the verb of an instruction: articles, pronouns. */
  readonly objects?: string;
  /** Endings of a noun that is a definite one by them: right behind a first word without, it is the object of a verb. */
  readonly definite?: RegExp;
  /** Words that stand before the verb and change nothing: "then", "please". */
  readonly adverbs?: string;
  /** Words of obligation: "must", "make sure". */
  readonly duty?: string;
  /** Finite verbs of sentences that say how something is. */
  readonly is: string;
  /** Endings of such verbs; of languages without spaces, of such sentences. */
  readonly states?: RegExp;
  /** Verbs of the passive and impersonal present, in which a procedure may be told: "the service is stopped". */
  readonly impersonal?: RegExp;
  /** Its words are put together: a heading's last part says what it is over. */
  readonly compounds?: boolean;
  /** The beginning of a sentence with what it speaks of, and no verb: its article, the ending of a definite noun. */
  readonly subject?: RegExp;
  /**
   * What a page is about and that is no person, as the subject of a sentence: system, page, certificate. One that a
   * sentence begins with does something, or has something done to it; nothing that tells what to do begins so.
   */
  readonly things?: string;
  /** What follows such a word in a statement, in lower case; where none is given, words of which none tells what to do. */
  readonly does?: RegExp;
  /** Of languages whose requests and statements have one form: a sentence that begins with what it speaks of. */
  readonly topic?: RegExp;
  /**
   * A clause, in lower case, that says what the reader will see or what happens then: by its forms of the future, or by
   * verbs of appearing. It tells nobody to do anything.
   */
  readonly comes?: RegExp;
  /** A clause, in lower case, that says of a thing what must be done with it: "the log is to be checked". */
  readonly due?: RegExp;
  /** How long something takes, or when it is so, told as nobody tells who is to wait: "about 5 minutes", "in a few seconds". */
  readonly lasts?: RegExp;
  /** How often something happens, in lower case, where a text begins with it: "every night". */
  readonly recurs?: RegExp;
  /** The circumstances that a sentence begins with, by the ending of their noun, where no small word says so. */
  readonly placed?: RegExp;
  /** Forms of such a verb that no other word has, where it stands behind circumstances and before what it is done to. */
  readonly tellsInside?: RegExp;
  /** Words that a question begins with. */
  readonly asks: string;
  readonly leads: Leads;
  readonly phrases: Phrases;
  /** How it says that something is done only if something holds, if one likes, or instead of something else. */
  readonly conditions: SaidConditions;
  /** Run by a test: list items of both kinds. */
  readonly examples: { readonly tells: readonly string[]; readonly states: readonly string[] };
}
