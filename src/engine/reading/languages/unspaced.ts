import type { Language } from './language.ts';
import { afterComma, isDue, LIKELY, type Saying, type Tongue, tellsWhatComes } from './tongue.ts';
import { SignList } from './word-list.ts';

/** "重启后": when it is so, with no comma behind. */
const AFTERWARDS = /^[^，,然最随之以]{1,8}[后後](?![端台续續备備缀綴面])(?=\p{Script=Han})/u;

/** A sentence that names what it speaks of may tell somebody to do something, among others that do. */
const TOPIC_TELLS = 1.4;

/** So many signs may stand before the word that a thing is named by. */
const MOST_WHICH = 12;

/** A language without spaces between words, or with its verbs told by the end of the sentence. */
export class Unspaced implements Tongue {
  readonly language: Language;
  readonly #verbs: SignList;
  readonly #nouns: SignList;
  readonly #things: SignList;
  /** Of languages whose verbs come first: what follows such a word is a verb, known or not. */
  readonly #adverbs: SignList;
  readonly #asks: SignList;
  readonly #conditions: SignList;
  readonly #over: readonly (readonly ['steps' | 'facts' | 'never', SignList])[];
  #pairs: ReadonlyMap<string, string> | undefined;

  constructor(language: Language) {
    this.language = language;
    this.#verbs = new SignList(language.verbs.split(/\s+/).filter((verb) => verb.length > 1));
    this.#nouns = new SignList(language.nouns ?? '');
    this.#things = new SignList(language.things ?? '');
    this.#adverbs = new SignList(language.adverbs ?? '');
    this.#asks = new SignList(language.asks);
    this.#conditions = new SignList(language.phrases.if);
    this.#over = [
      ['never', new SignList(language.never)],
      ['facts', new SignList(language.facts)],
      ['steps', new SignList(language.steps)],
    ];
  }

  say(said: string): Saying {
    const text = this.#spelled(said);
    const whole = text
      .replace(/(?<![\s。．.!！、，,])[\s。．.!！、，,]+$/u, '')
      .replace(/(?<!\s)\s*[(（][^()（）]*[)）]$/u, '')
      .replace(/(?<![\s。．.!！])[\s。．.!！]+$/u, '');
    const first = this.language.place === 'first';
    const leads = this.#conditions.leads(whole);
    const main =
      first && (leads || /^[^，,]{1,24}[后後时時前][，,]/u.test(whole)) ? afterComma(whole) : whole;
    const thing = this.#thingDoes(main);
    const subject = thing || (this.language.subject?.test(main) ?? false);
    const topic = this.language.topic?.test(main) ?? false;
    const says = subject || (this.language.states?.test(main) ?? false);
    const ends = subject ? 0 : first ? this.#leads(main) : this.#ends(main);
    const tells = topic ? Math.min(ends, TOPIC_TELLS) : ends;
    const due = isDue(main, this.language);
    const states = (says || topic) && !due;
    const question = this.#asks.in(whole) && /[?？]$/u.test(text.trim());
    return {
      tells: (first || !says || due) && !question ? tells : 0,
      states: first ? states && tells === 0 : states,
      subject,
      thing,
      asks: this.#asks.in(whole) && /[?？]|[吗嗎呢か까]$/u.test(text.trim()),
      duty: due,
      conditional: leads,
      impersonal: false,
      comes: !question && !due && tellsWhatComes(main, tells, this.language),
      lasts: tells < LIKELY && (this.language.lasts?.test(main) ?? false),
    };
  }

  tells(text: string): number {
    return this.say(text).tells;
  }

  names(text: string): boolean {
    return this.#nouns.leads(text);
  }

  over(heading: string): 'steps' | 'facts' | 'never' | null {
    const text = this.#spelled(heading);
    const over = this.#over.filter(([, list]) => list.in(text));
    // "原因の調査", "원인 파악": of two words that tell, the last one says what is over it; Thai has it first.
    if (this.language.script !== 'Thai')
      over.sort(([, one], [, other]) => other.lastEnd(text) - one.lastEnd(text));
    return over[0]?.[0] ?? null;
  }

  /** "システムがページを…": a thing that a page is about, alone or behind a word that says which, and what it does. */
  #thingDoes(text: string): boolean {
    const { does, place } = this.language;
    if (!does) return false;
    if (place === 'first' && !this.#things.leads(text) && this.#leads(text) > 0) return false;
    const end = this.#things.firstEnd(text, MOST_WHICH);
    return end > 0 && does.test(text.slice(end));
  }

  /** A text in the one of two ways of writing that the lists have. */
  #spelled(text: string): string {
    const { spelled } = this.language;
    if (spelled === undefined) return text;
    this.#pairs ??= new Map(
      Array.from({ length: spelled.length / 2 }, (_, at) => [
        spelled.charAt(at * 2),
        spelled.charAt(at * 2 + 1),
      ]),
    );
    let same = '';
    for (const sign of text) same += this.#pairs.get(sign) ?? sign;
    return same;
  }

  #leads(clause: string): number {
    if (this.#nouns.leads(clause)) return 0;
    const text = clause.replace(AFTERWARDS, '');
    const bare = text
      .replace(/^在[^，,]{1,24}?[中上里内下处][，,]?\s?(?=\p{Script=Han})/u, '')
      .replace(/^(?:首先|然后|接着|再|最后|先|之后|随后|並|并|在[^，,]{1,24}[，,]?)/u, '');
    if (this.#verbs.leads(bare) || this.#verbs.leads(text)) return 2;
    if (this.#adverbs.leads(bare)) return 1.5;
    return /^[请請将將把若停删查拔改重启调设登]/u.test(bare) ? 1.5 : 0;
  }

  #ends(text: string): number {
    if (this.#nouns.ends(text)) return 0;
    if (this.language.tells?.test(text)) return 2;
    return this.#verbs.ends(text) || this.language.lastMayTell?.test(text) ? 2 : 0;
  }
}
