import type { Language } from './language.ts';
import {
  afterComma,
  beforeComma,
  isDue,
  LIKELY,
  type Saying,
  type Tongue,
  tellsWhatComes,
} from './tongue.ts';
import { WordList, wordsOf } from './word-list.ts';

/** "Partition: a part of the data": what stands behind the colon is no object of what stands before it. */
const NAMED = /^[^\s:：]{1,40}\s?[:：]/u;

/** "Vyberte Dokončeno": a name in capitals or quotation marks is no finite verb. */
const LABELLED = /^[\p{L}\p{M}]+\s+["'“„«»*\u0060\p{Lu}]/u;

/** "In the main window of the tool": behind more words than these no verb is looked for. */
const MOST_CIRCUMSTANCE = 9;

/** An article and two words: a noun and what it does. */
const SHORTEST_SENTENCE = 3;

/** What names a thing first, and an infinitive behind it, tells nearly as surely as a verb that is known. */
const FORM_OF_THING = 1.6;

/** Behind such a mark stands no verb of what stands before it. */
const CLAUSE_END = /[,:：;(]|\s[-–—→]\s/u;

/** A language whose words are parted by spaces. */
export class Spaced implements Tongue {
  readonly language: Language;
  readonly #verbs: WordList;
  readonly #nouns: WordList;
  readonly #objects: WordList;
  readonly #adverbs: WordList;
  readonly #duty: WordList;
  readonly #is: WordList;
  readonly #things: WordList;
  readonly #asks: WordList;
  readonly #conditions: WordList;
  /** Conditions alone, and no words of what comes first. */
  readonly #ifs: WordList;
  readonly #when: WordList;
  /** Circumstances alone, no conditions. */
  readonly #placed: WordList;
  readonly #over: readonly (readonly ['steps' | 'facts' | 'never', WordList])[];

  constructor(language: Language) {
    this.language = language;
    this.#verbs = new WordList(language.verbs);
    this.#nouns = new WordList(language.nouns ?? '');
    this.#objects = new WordList(language.objects ?? '');
    this.#adverbs = new WordList(language.adverbs ?? '');
    this.#duty = new WordList(language.duty ?? '');
    this.#is = new WordList(language.is);
    this.#things = new WordList(language.things ?? '');
    this.#asks = new WordList(language.asks);
    this.#conditions = new WordList([...language.phrases.if, ...language.phrases.order]);
    this.#ifs = new WordList(language.phrases.if);
    this.#when = new WordList([...language.phrases.if, ...(language.phrases.when ?? [])]);
    this.#placed = new WordList(language.phrases.when ?? []);
    this.#over = [
      ['never', new WordList(language.never, language.compounds)],
      ['facts', new WordList(language.facts, language.compounds)],
      ['steps', new WordList(language.steps, language.compounds)],
    ];
  }

  say(text: string): Saying {
    const { whole, main, words, asks, tells, conditional, circumstance } = this.#told(text);
    const thing = tells < LIKELY && this.#thingDoes(main);
    const subject = thing || (tells < 1 && this.#hasSubject(main, words, whole));
    const due = isDue(main, this.language);
    return {
      tells,
      states:
        tells < 2 &&
        !due &&
        !this.#duty.leads(whole) &&
        (subject ||
          this.#states(words) ||
          (circumstance && !conditional && this.#states(whole)) ||
          (tells === 0 && this.#appears(words))),
      subject,
      thing,
      asks,
      duty: due || this.#duty.in(whole),
      conditional,
      impersonal: tells < 2 && (this.language.impersonal?.test(main.toLowerCase()) ?? false),
      comes: !asks && !due && tellsWhatComes(main, tells, this.language),
      lasts: tells < LIKELY && (this.language.lasts?.test(main.toLowerCase()) ?? false),
    };
  }

  tells(text: string): number {
    return this.#told(text).tells;
  }

  names(text: string): boolean {
    return this.#nouns.leads(wordsOf(text));
  }

  /** The sentence without its condition and leading adverbs, and what it tells. */
  #told(text: string) {
    const whole = this.#bare(wordsOf(text));
    const conditional = this.#conditions.leads(whole) || this.#conditions.leads(wordsOf(text));
    const circumstance = this.#when.leads(whole);
    const main = conditional || circumstance ? afterComma(text) : text;
    const words = main === text ? whole : this.#bare(wordsOf(main));
    const asks = this.#asks.leads(whole);
    const told = Math.max(
      this.#tells(main, words),
      this.#tellsOfThing(main),
      this.#tellsPlaced(main),
      main === text ? 0 : this.#tells(text, whole),
      circumstance && main === text ? this.#tellsInside(words) : 0,
      main !== text && this.#placed.leads(whole)
        ? this.#tellsInside(wordsOf(beforeComma(text)))
        : 0,
    );
    const tells = asks && told < 2 ? 0 : told;
    // "After the change the service answers": what comes first says nothing of who does what then.
    const isOrder = conditional && tells === 0 && !this.#ifs.leads(whole);
    return { whole, main, words, asks, tells, conditional: conditional && !isOrder, circumstance };
  }

  over(heading: string): 'steps' | 'facts' | 'never' | null {
    const words = wordsOf(heading);
    const over = this.#over.filter(([, list]) => list.in(words));
    const [first, second] = over;
    if (first === undefined || second === undefined || first[0] === 'never')
      return first?.[0] ?? null;
    // Of two words that tell, the one counts that the other only says more of.
    const head = this.language.place === 'first' ? 'first' : 'last';
    const near = first[1].place(words, head);
    const far = second[1].place(words, head);
    return (head === 'first' ? near <= far : near >= far) ? first[0] : second[0];
  }

  #bare(words: string): string {
    let bare = words;
    for (let turn = 0; turn < 3; turn += 1) {
      const end = this.#adverbs.lead(bare);
      if (end === 0 || end >= bare.length - 1) break;
      bare = bare.slice(end);
    }
    return bare;
  }

  #tells(text: string, words: string): number {
    const { place } = this.language;
    if (this.language.polite?.test(text.toLowerCase()) || this.language.polite?.test(text))
      return 2;
    const first = place === 'last' ? 0 : this.#tellsFirst(words, text);
    return place === 'first' ? first : Math.max(first, this.#tellsLast(text));
  }

  #tellsFirst(words: string, text: string): number {
    const [, first = '', second = ''] = words.split(' ', 4);
    const { tells, mayTell, place, definite } = this.language;
    const isNoun = this.#nouns.is(first) || this.#nouns.leads(words);
    if (isNoun && !(definite?.test(second) ?? false)) return 0;
    if (this.#verbs.leads(words)) return 2;
    if (this.#when.leads(words)) return 0;
    // An infinitive of "either" languages stands last; as first word it is often the noun of it.
    if (tells?.test(first) && (LABELLED.test(text) || !this.#isFinite(words, second)))
      return place === 'either' && words.trim().includes(' ') ? 1.6 : 2;
    // A single word that only may be a verb is more often a noun.
    const form = second !== '' && mayTell?.test(first) ? 0.9 : 0;
    const object = !NAMED.test(text) && this.#hasObject(first, second) ? 0.9 : 0;
    return form + object;
  }

  /** "A menüben válassza …", "A jobb felső sarokban ott válaszd …": behind a place that its own ending tells. */
  #tellsPlaced(text: string): number {
    const { placed, tellsInside } = this.language;
    const at = placed === undefined ? undefined : placed.exec(text.toLowerCase())?.[0].length;
    if (at === undefined) return 0;
    const words = wordsOf(text.slice(at));
    const first = this.#tellsFirst(words, text.slice(at));
    if (first >= 2 || tellsInside === undefined) return first;
    const inner = words.trim().split(' ', MOST_CIRCUMSTANCE);
    const isVerb = (word: string): boolean =>
      !this.#nouns.is(word) && (this.#verbs.is(word) || tellsInside.test(word));
    return inner.some(isVerb) ? 2 : first;
  }

  /** "W razie alarmu odizoluj węzeł": behind a circumstance that no comma ends. */
  #tellsInside(words: string): number {
    const { tells, mayTell, place } = this.language;
    // "For mange åpne forbindelser": what there is too much of may look like a verb.
    if (place !== 'first' || this.#nouns.leads(words)) return 0;
    const inner = words.trim().split(' ').slice(2, MOST_CIRCUMSTANCE);
    const isVerb = (word: string, at: number): boolean =>
      !this.#nouns.is(word) &&
      (this.#verbs.is(word) ||
        (tells?.test(word) ?? false) ||
        (mayTell?.test(word) === true && this.#objects.is(inner[at + 1] ?? '')));
    return inner.some(isVerb) ? 2 : 0;
  }

  /** "Tøm køen": the second word is an object by its ending, and so the first one is what is done to it. */
  #hasObject(first: string, second: string): boolean {
    if (this.#is.is(first) || this.#objects.is(first)) return false;
    if (this.#objects.is(second)) return true;
    const { definite } = this.language;
    return definite?.test(second) === true && !definite.test(first);
  }

  /** "Certificates expire": no verb that tells what to do has a finite one right behind it, asking words aside. */
  #isFinite(words: string, second: string): boolean {
    if (this.language.place !== 'first' || !this.language.states?.test(second)) return false;
    return !/ (?:ли|чи|czy|zda|li) /u.test(words);
  }

  #tellsLast(text: string): number {
    const clause = text.split(/(?<!\s)\s*(?:[(,.:;]|(?<=\s)[-–—→]\s)/u, 1)[0] ?? '';
    const sentence = text.replace(/(?<!\s)\s*\([^()]*\)\s*$/, '');
    const { leadsTo } = this.language;
    const main = leadsTo === undefined ? clause : (clause.split(leadsTo, 1)[0] ?? '');
    return Math.max(this.#endsInVerb(main), this.#endsInVerb(clause), this.#endsInVerb(sentence));
  }

  #endsInVerb(text: string): number {
    const words = wordsOf(text).trim();
    const last = words.slice(words.lastIndexOf(' ') + 1);
    if (last === '' || this.#nouns.is(last)) return 0;
    const { tells, mayTell, states, place, infinitive } = this.language;
    if (infinitive && !infinitive.test(last)) return 0;
    if (this.#verbs.is(last)) return 2;
    if (tells?.test(last)) return 2;
    if (this.language.lastMayTell?.test(text) && !this.#states(` ${words} `)) return 1.5;
    if (place === 'last' && states?.test(last)) return 0;
    return place === 'last' && mayTell?.test(last) ? 1.2 : 0;
  }

  /** "Appears the window": what is so when something was done, said with its verb first. */
  #appears(words: string): boolean {
    const { place, states } = this.language;
    if (place !== 'first' || !states) return false;
    const [, first = '', second = ''] = words.split(' ', 3);
    return second !== '' && states.test(first);
  }

  /** "Der Import schreibt in …": a sentence that begins with a noun tells nobody to do anything, whatever its verb. */
  #hasSubject(main: string, words: string, whole: string): boolean {
    const { subject } = this.language;
    if (!subject?.test(main.trimStart()) || this.#duty.in(whole)) return false;
    return words.trim().split(' ', SHORTEST_SENTENCE).length === SHORTEST_SENTENCE;
  }

  /** "Сервер перезагрузить": a thing, and at the end of the clause what is to be done to it. */
  #tellsOfThing(main: string): number {
    const { place, infinitive, comes } = this.language;
    if (place !== 'first' || !infinitive || comes?.test(main.toLowerCase())) return 0;
    const rest = this.#behindThing(main);
    if (rest === '' || this.#is.in(` ${rest} `)) return 0;
    return rest.split(' ', MOST_CIRCUMSTANCE).some((word) => infinitive.test(word))
      ? FORM_OF_THING
      : 0;
  }

  #behindThing(main: string): string {
    const words = wordsOf(main.split(CLAUSE_END, 1)[0] ?? '');
    const end = this.#things.lead(words);
    return end === 0 || this.#duty.in(words) ? '' : words.slice(end).trim();
  }

  /** "System stránku znovu načte": a thing that a page is about, and what it does. */
  #thingDoes(main: string): boolean {
    const rest = this.#behindThing(main);
    if (rest === '') return false;
    const { does, tells } = this.language;
    if (does) return does.test(rest);
    const behind = rest.split(' ', MOST_CIRCUMSTANCE);
    return (
      behind.length > 1 &&
      !behind.some((word) => this.#verbs.is(word) || tells?.test(word) === true)
    );
  }

  #states(words: string): boolean {
    const all = words.trim().split(' ');
    const { states, place } = this.language;
    if (place === 'last') {
      const last = all.at(-1) ?? '';
      return this.#is.is(last) || (states?.test(last) ?? false);
    }
    const rest = all.slice(1);
    if (rest.some((word) => this.#is.is(word) || (states?.test(word) ?? false))) return true;
    return this.#is.in(` ${rest.join(' ')} `);
  }
}
