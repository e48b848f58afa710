import type { GateWords } from '../languages/condition-words.ts';
import { isTrouble } from './trouble.ts';

/** Words that let a reader go on only if something holds. */
export interface GateWord {
  readonly text: string;
  /** `if`: it goes on where they hold ("Only continue if …"). `unless`: there it stops ("Abort if …"). */
  readonly gate: 'if' | 'unless';
  /** It is about what it stands at: "Do not run this on replicas". */
  readonly near?: true;
  /** What the text says before. */
  readonly inFront: string;
}

/** The gate among the sentences of a text; `null`: it has none. Linear in the text. */
export type GateReader = (sentences: readonly string[]) => GateWord | null;

/** What a language gives for it. */
interface Spoken {
  readonly gates: GateWords;
  readonly otherwise: readonly string[];
  /** "As long as": behind a verb of going on it is "only if". */
  readonly lasting: readonly string[];
  /** Words in front of a verb that change nothing: "please", "then". */
  readonly small: readonly string[];
  /** Whether a sentence says when, in words that are no plain "if": "When the disk is full". */
  readonly saysIf: (sentence: string) => boolean;
}

/**
 * Reads what stands between the reader and all that follows: "Only continue if …", "If …, go on; otherwise stop",
 * "Abort if …", "Do not go on unless …". "If that fails, stop" is none: what fails stops by itself.
 */
export function gateReader(spoken: Spoken): GateReader {
  const own = spoken.gates.loose === true ? looseReader(spoken) : sentenceReader(spoken);
  return (sentences) => {
    for (const [at, text] of sentences.entries()) {
      const read = own(text);
      if (read === null) continue;
      const before = sentences[at - 1];
      const leans = read.leansBack === 'must' || read.leansBack === 'asked';
      if (leans && before === undefined) continue;
      if (read.leansBack === 'asked' && before?.endsWith('?') !== true) continue;
      const isBoth =
        before !== undefined && (leans || (read.leansBack === 'may' && spoken.saysIf(before)));
      const inFront = [...sentences.slice(0, isBoth ? at - 1 : at), isBoth ? '' : read.inFront];
      // "The count must be 0. If it isn't, stop." is put to a person with what it speaks of.
      const isShown = isBoth || (before !== undefined && SPEAKS_OF_IT.test(text));
      return {
        text: isShown ? `${before} ${text}` : text,
        gate: read.gate,
        ...(read.near ? { near: true as const } : {}),
        inFront: inFront.join(' ').trim(),
      };
    }
    return null;
  };
}

/** Its subject stands in the sentence before. */
const SPEAKS_OF_IT =
  /^(?:please )?(?:(?:stop|abort|proceed|continue|go on|only [a-z]{2,10}) (?:[a-z]{1,10} )?)?(?:if|unless) (?:it|they|this|that|these|those|any|none|so|not)(?:[’' ,]|$)/i;

/** A sentence by itself. */
type SentenceReader = (sentence: string) => {
  readonly gate: GateWord['gate'];
  readonly near?: true;
  /** Words of the sentence in front of it. */
  readonly inFront: string;
  /** Whether it takes what it speaks of from the sentence before: "Otherwise, stop.", "Is it red? Stop." */
  readonly leansBack?: 'may' | 'must' | 'asked';
} | null;

/** Of languages whose words nothing parts, or whose "if" is an ending: what a sentence holds is enough. */
function looseReader({ gates, otherwise, saysIf }: Spoken): SentenceReader {
  return (sentence) => {
    const said = `${sentence.toLowerCase()} `;
    const has = (words: readonly string[] = []): boolean => words.some((one) => said.includes(one));
    const inFront = '';
    if (!has(gates.stop) && !has(gates.never))
      return has(gates.just) && has(gates.goOn) ? { gate: 'if', inFront } : null;
    const other = otherwise.find((one) => said.includes(one));
    if (other !== undefined)
      return { gate: 'if', inFront, leansBack: said.startsWith(other) ? 'must' : 'may' };
    if (has(gates.unless)) return { gate: 'if', inFront };
    return has(gates.if) || saysIf(sentence) ? { gate: 'unless', inFront } : null;
  };
}

/** The phrases of a language, ready to be looked for. */
interface Lists {
  readonly goOn: Phrases;
  readonly stop: Phrases;
  readonly never: Phrases;
  readonly just: Phrases;
  readonly onlyIf: Phrases;
  readonly only: Phrases;
  readonly not: Phrases;
  readonly ifs: Phrases;
  readonly whens: Phrases;
  readonly unless: Phrases;
  readonly objects: Phrases;
  readonly byItself: Phrases;
  readonly otherwise: Phrases;
  readonly so: Phrases;
  readonly refuse: Phrases;
  readonly leaveOut: Phrases;
  readonly bare: Phrases;
  readonly refuseIf: Phrases;
  readonly where: Phrases;
  readonly parts: Phrases;
  readonly this: ReadonlySet<string>;
  readonly leave: ReadonlySet<string>;
  readonly begin: ReadonlySet<string>;
  readonly and: ReadonlySet<string>;
  readonly shares: ReadonlySet<string>;
  readonly small: ReadonlySet<string>;
}

function sentenceReader({ gates, otherwise, lasting, small, saysIf }: Spoken): SentenceReader {
  const lists: Lists = {
    goOn: phrases(gates.goOn),
    stop: phrases(gates.stop),
    never: phrases(gates.never),
    just: phrases(gates.just),
    onlyIf: phrases([...(gates.onlyIf ?? []), ...lasting]),
    only: phrases(gates.only),
    not: phrases(gates.not),
    ifs: phrases(gates.if),
    whens: phrases([...gates.if, ...(gates.when ?? [])]),
    unless: phrases(gates.unless),
    objects: phrases(gates.objects),
    byItself: phrases(gates.byItself),
    otherwise: phrases(otherwise),
    so: phrases(gates.so),
    refuse: phrases(gates.refuse),
    leaveOut: phrases(gates.leaveOut),
    bare: phrases(gates.bare),
    refuseIf: phrases([...gates.if, ...(gates.when ?? []), ...(gates.while ?? []), ...lasting]),
    where: phrases(gates.where),
    parts: phrases(gates.parts),
    this: new Set(gates.this),
    leave: new Set(gates.leave),
    begin: new Set(gates.begin),
    and: new Set(gates.and),
    shares: new Set(gates.shares),
    small: new Set(small),
  };
  return (sentence) => {
    const words = new Words(sentence, lists);
    const isAsked = words.saysNothingByItself() && saysIf(sentence);
    return words.gate(isAsked);
  };
}

/** The words of one sentence, gone through from the left. */
class Words {
  readonly #words: readonly Word[];
  readonly #lists: Lists;

  constructor(sentence: string, lists: Lists) {
    this.#words = wordsOf(sentence);
    this.#lists = lists;
  }

  /** `isAsked`: the sentence says when, in whatever words. */
  gate(isAsked: boolean): ReturnType<SentenceReader> {
    const { onlyIf, ifs, byItself } = this.#lists;
    let asked = isAsked ? 0 : -1;
    let only = -1;
    for (const at of this.#words.keys()) {
      if (!this.#opens(at)) continue;
      const found = this.#goesOn(at, only) ?? this.#otherwise(at) ?? this.#stops(at, asked);
      if (found !== null) return found;
      if (only < 0 && this.#past(at, onlyIf) > 0) only = at;
      const behind = this.#past(at, ifs);
      if (asked < 0 && behind > 0 && this.#past(behind, byItself) < 0) asked = at;
    }
    return null;
  }

  /** "If that fails" is said nowhere in it. */
  saysNothingByItself(): boolean {
    const { whens, byItself } = this.#lists;
    return this.#words.every((_, at) => {
      const behind = this.#past(at, whens);
      return behind < 0 || this.#past(behind, byItself) < 0;
    });
  }

  /** "Only continue if …", "Go on only when …", "Only if …, go on". */
  #goesOn(at: number, only: number): ReturnType<SentenceReader> {
    const lists = this.#lists;
    if (this.#past(at, lists.only) > 0) return this.#found('if', at);
    const goes = this.#past(at, lists.goOn);
    if (goes > 0 && only >= 0) return this.#found('if', only);
    if (goes > 0 && this.#soon(goes, lists.onlyIf) >= 0) return this.#found('if', at);
    const just = this.#past(at, lists.just);
    const then = just > 0 ? this.#past(just, lists.goOn) : -1;
    return then > 0 && this.#soon(then, lists.whens) >= 0 ? this.#found('if', at) : null;
  }

  /** "…; otherwise stop", "If so, stop". */
  #otherwise(at: number): ReturnType<SentenceReader> {
    const so = at === 0 ? this.#past(at, this.#lists.so) : -1;
    if (so > 0 && this.#stopsAll(so)) return { ...this.#found('unless', 0), leansBack: 'must' };
    const behind = this.#past(at, this.#lists.otherwise);
    if (behind < 0 || !this.#stopsAll(behind)) return null;
    return { ...this.#found('if', 0), leansBack: at === 0 ? 'must' : 'may' };
  }

  /** "Abort if …", "Do not go on unless …", "If …, stop". */
  #stops(at: number, asked: number): ReturnType<SentenceReader> {
    const { unless, ifs, whens, byItself } = this.#lists;
    const refused = this.#refusesPage(at);
    if (refused !== null) return refused;
    const behind = this.#pastStop(at);
    if (behind < 0) return null;
    const find = (list: Phrases): number =>
      this.#refuses(at) ? this.#soon(behind, list) : this.#past(behind, list) > 0 ? behind : -1;
    if (find(unless) >= 0) return this.#found('if', at);
    const when = find(ifs);
    if (when >= 0 && this.#past(this.#past(when, ifs), byItself) < 0)
      return this.#found('unless', at);
    // "Stop when the lag exceeds 10 s", but not "Stop when the count is 10".
    if (at === 0 && this.#past(behind, whens) > 0 && isTrouble(this.#textFrom(behind)))
      return this.#found('unless', at);
    if (at === 0 && this.#stopsAll(at)) return { ...this.#found('unless', at), leansBack: 'asked' };
    if (!this.#stopsAll(at)) return null;
    if (asked >= 0 && this.#isParted(asked, at)) return this.#found('unless', asked);
    return this.#isVerdict(at) ? this.#found('unless', 0) : null;
  }

  /** "Any row returned: stop", "More than 0 → abort": a case, and what follows from it. */
  #isVerdict(at: number): boolean {
    const first = this.#words[0]?.text ?? '';
    if (at === 0 || this.#words[at]?.follows !== true || ANNOUNCES.has(first)) return false;
    // "Modes: stop, start" lists what there is.
    return at > 1 || IS_CASE.has(first) || isTrouble(first);
  }

  /** "Do not run this while …", "Never run this procedure if …". */
  #refusesPage(at: number): ReturnType<SentenceReader> {
    const { refuse, leaveOut, refuseIf, where, unless, parts, not } = this.#lists;
    if (at === 0 && this.#past(at, not) > 0) return this.#found('unless', at);
    const from = this.#pastObjects(at);
    const left = this.#past(from, leaveOut);
    // "Skip this section on replicas" ends with the section.
    if (left > 0 && [refuseIf, where].some((list) => this.#said(from, left, list) >= 0))
      return { ...this.#found('unless', at), near: true };
    const behind = this.#past(from, refuse);
    const directly = this.#past(at, this.#lists.bare);
    if (directly > 0 && this.#past(directly, refuseIf) > 0) return this.#refused(at, directly);
    if (behind < 0 || this.#past(behind, parts) > 0) return null;
    if (this.#said(from, behind, unless) >= 0) return this.#found('if', at);
    const plain = this.#said(from, behind, refuseIf);
    const when = plain >= 0 ? plain : this.#said(from, behind, where);
    return when < 0 ? null : this.#refused(at, when);
  }

  /** "Do not run this on replicas" is said of what it stands at; "Do not run this procedure while …" of all of it. */
  #refused(at: number, when: number): ReturnType<SentenceReader> {
    // "Dies nicht auf Replikas ausführen" has it in front.
    const isThis = [when - 1, this.#pastObjects(at)].some((one) =>
      this.#lists.this.has(this.#words[one]?.text ?? ''),
    );
    const isNear = isThis && this.#past(when, this.#lists.where) > 0;
    return { ...this.#found('unless', at), ...(isNear ? { near: true as const } : {}) };
  }

  #textFrom(at: number): string {
    return this.#words
      .slice(at)
      .map(({ text }) => text)
      .join(' ');
  }

  /** Whether a new clause begins between the two: "if it crashes and stops" is one. */
  #isParted(from: number, to: number): boolean {
    return this.#words
      .slice(from + 1, to + 1)
      .some(({ text, apart }) => apart || this.#lists.begin.has(text));
  }

  #found(
    gate: GateWord['gate'],
    at: number,
  ): { readonly gate: GateWord['gate']; readonly inFront: string } {
    const before = this.#words.slice(0, at).map(({ text }) => text);
    return { gate, inFront: before.join(' ') };
  }

  /** Whether a clause begins there. */
  #opens(at: number): boolean {
    const { and, begin, small } = this.#lists;
    if (begin.has(this.#words[at]?.text ?? '')) return true;
    for (let from = at; ; from -= 1) {
      const before = this.#words[from - 1];
      if (before === undefined || this.#words[from]?.apart === true) return true;
      if (and.has(before.text)) return true;
      if (!small.has(before.text)) return false;
    }
  }

  #ends(at: number): boolean {
    const word = this.#words[at];
    if (word === undefined || word.apart) return true;
    // "Stop and remove the container" stops that.
    const next = this.#words[at + 1]?.text ?? '';
    return this.#lists.and.has(word.text) && !this.#lists.shares.has(next);
  }

  #stopsAll(at: number): boolean {
    const behind = this.#pastStop(at);
    if (behind < 0 || (behind === this.#pastObjects(at) + 1 && this.#leaves(behind - 1)))
      return false;
    return this.#refuses(at) || this.#ends(behind);
  }

  /** Behind words for stopping all of it, with what stands around them; -1: there are none. */
  #pastStop(from: number): number {
    const at = this.#pastObjects(from);
    const refused = this.#past(at, this.#lists.never);
    const stopped = refused > 0 ? refused : this.#past(at, this.#lists.stop);
    return stopped < 0 ? -1 : this.#pastObjects(stopped);
  }

  /** "Exit", which leaves a program unless it is said what else. */
  #leaves(at: number): boolean {
    return this.#lists.leave.has(this.#words[at]?.text ?? '');
  }

  /** "Do not go on", behind which it may be said with what. */
  #refuses(at: number): boolean {
    return this.#past(this.#pastObjects(at), this.#lists.never) > 0;
  }

  #pastObjects(from: number): number {
    let at = from;
    const { never, stop, refuse } = this.#lists;
    for (;;) {
      if ([never, stop, refuse].some((list) => this.#past(at, list) > 0)) return at;
      const next = this.#past(at, this.#lists.objects);
      const isSmall = this.#lists.small.has(this.#words[at]?.text ?? '');
      if (next < 0 && !isSmall) return at;
      at = next < 0 ? at + 1 : next;
    }
  }

  /** Where one of these stands behind a phrase, or in its gap: "diesen Abschnitt auf Replikas überspringen". */
  #said(from: number, behind: number, list: Phrases): number {
    const later = this.#soon(behind, list);
    if (later >= 0) return later;
    for (let at = from + 1; at < behind; at += 1) if (this.#past(at, list) > 0) return at;
    return -1;
  }

  /** Where one of these stands, there or a few words on in the same clause; -1: nowhere. */
  #soon(from: number, list: Phrases): number {
    for (let at = from; at <= from + FEW && at < this.#words.length; at += 1) {
      if (this.#past(at, list) > 0) return at;
      if (at > from && this.#words[at]?.apart === true) return -1;
    }
    return -1;
  }

  /** Behind the longest of the phrases that stands there; -1: none does. */
  #past(at: number, list: Phrases): number {
    const found = list.get(this.#words[at]?.text ?? '') ?? [];
    const long = Math.max(0, ...found.map((phrase) => lengthOf(phrase, this.#words, at)));
    return long === 0 ? -1 : at + long;
  }
}

/** Words between a verb and the "if" that belongs to it: "proceed with the upgrade only if". */
const FEW = 6;
/** Words that may stand in a gap of a phrase: "brechen Sie … ab". */
const GAP = 6;

/** In front of a colon these name no case. */
const ANNOUNCES: ReadonlySet<string> = new Set(
  'note notes warning caution important danger attention remember reminder tip hint info rule step phase part stage task action day next then finally now last first second third afterwards after once when until before result conclusion summary'.split(
    ' ',
  ),
);

const IS_CASE: ReadonlySet<string> = new Set(
  'empty red amber yellow yes no none any anything something nothing true false'.split(' '),
);

interface Word {
  readonly text: string;
  /** A new clause begins with it. */
  readonly apart: boolean;
  /** It stands behind a colon, a dash or an arrow. */
  readonly follows: boolean;
}

function wordsOf(sentence: string): readonly Word[] {
  const words: Word[] = [];
  let apart = false;
  let follows = false;
  for (const raw of sentence.toLowerCase().replaceAll('’', "'").split(' ')) {
    const bare = raw.replace(/^[^\p{L}\p{M}\p{N}]+/u, '');
    const text = bare.replace(BEHIND, '');
    if (text === '') {
      apart ||= raw !== '';
      follows ||= FOLLOWS.test(raw);
      continue;
    }
    const isApart = apart || /^[^\p{L}\p{N}"“'`*_]/u.test(raw);
    words.push({ text, apart: isApart, follows: follows || /^[→⇒–—]/u.test(raw) });
    const behind = bare.slice(text.length);
    apart = /[,;:.!?)–—،؛؟।]/u.test(behind);
    follows = /[:：–—→⇒]/u.test(behind);
  }
  return words;
}

const FOLLOWS = /^(?:[:：→⇒–—=-]|[-=]{1,2}>)$/u;
const BEHIND = /(?<=[\p{L}\p{M}\p{N}])[^\p{L}\p{M}\p{N}]+$/u;

/** Phrases by their first word, each as its words; `…` stands for a few of any kind. */
type Phrases = ReadonlyMap<string, readonly (readonly string[])[]>;

function phrases(list: readonly string[] = []): Phrases {
  const all = list.map((phrase) => phrase.split(' '));
  return Map.groupBy(all, ([first = '']) => first);
}

function lengthOf(phrase: readonly string[], words: readonly Word[], from: number): number {
  let at = from;
  for (const [index, word] of phrase.entries()) {
    if (word === '…') {
      const next = phrase[index + 1];
      const end = Math.min(at + GAP, words.length - 1);
      while (at < end && words[at]?.text !== next && words[at]?.apart !== true) at += 1;
    } else {
      if (words[at]?.text !== word) return 0;
      at += 1;
    }
  }
  return at - from;
}
