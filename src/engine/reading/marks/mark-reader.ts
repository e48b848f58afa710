import { english } from '../languages/english.ts';
import type { Language } from '../languages/language.ts';
import { isImperative } from '../verbs.ts';
import { type ConditionMark, sentencesOf, shown, undecorated } from './condition-mark.ts';
import { foreignMark, foreignOption } from './foreign-marks.ts';
import { type GateReader, gateReader } from './gates.ts';
import { readerOf } from './language-marks.ts';
import { asksFirst } from './leave-to-go-on.ts';
import { isSaidOfIt, saysWhenNot } from './said-of-it.ts';
import { isTrouble } from './trouble.ts';
import { unspacedMark } from './unspaced-marks.ts';

/** Reads the marks of one page, in its language and in English. */
export interface MarkReader {
  /** Of a heading, label, item or comment: its first sentence counts. */
  title(text: string): ConditionMark | null;
  /** Of a paragraph that stands above a block: its last sentence counts, else its first. */
  lead(text: string, tells: (sentence: string) => boolean): ConditionMark | null;
  /** Of a paragraph by itself: when the one thing that it stands at is done, "Skip this step on replicas." */
  beside(text: string): ConditionMark | null;
  /** Of a paragraph or an item: whether all that follows it is done only if something holds. */
  gate(text: string): ConditionMark | null;
}

/** The reader for a page in these languages, with sections in others; English stands beside any other. */
export function markReader(
  languages: readonly Language[],
  ofSections: readonly Language[] = [],
): MarkReader {
  // A short page in Italian may as well be French: what either says of conditions holds.
  const own = languages[0] === english ? [] : languages.filter((one) => one !== english);
  const also = ofSections.filter((one) => one !== english && !own.includes(one));
  const spoken = [...own.slice(0, MOST_LANGUAGES), ...also.slice(0, MOST_LANGUAGES), english];
  const readers = spoken.map(readerOf);
  const firstOf = (sentence: string): ConditionMark | null => {
    for (const reader of readers) {
      const found = reader(sentence);
      if (found !== null) return found;
    }
    return foreignMark(sentence, spoken) ?? unspacedMark(sentence) ?? foreignOption(sentence);
  };
  // A title is read as a gate, too: the second use of an expression has it compiled once more, 12 ms on a new small page.
  const seen = new Map<string, ConditionMark | null>();
  const either = (sentence: string): ConditionMark | null => {
    const known = seen.get(sentence);
    if (known !== undefined) return known;
    const found = firstOf(sentence);
    seen.set(sentence, found);
    return found;
  };
  const mark = (sentence: string): ConditionMark | null => {
    const found = either(sentence);
    return found?.kind === 'if' && saysWhenNot(undecorated(sentence))
      ? { ...found, leavesOut: true }
      : found;
  };
  const gates = spoken.map((language) => gatesOf(language, mark)).filter((read) => read !== null);
  return {
    title: (words) => {
      const [first = '', ...others] = sentencesOf(words);
      return (
        askedFirst(first, others[0]) ??
        answered(first, others[0], mark) ??
        mark(first) ??
        saidOfIt(others, mark)
      );
    },
    beside: (words) => {
      const [first = ''] = sentencesOf(words);
      if (/[:：]$/u.test(first)) return null;
      const found = mark(first);
      if (found?.kind === 'optional') return /\s/.test(undecorated(first)) ? null : found;
      return saidOfIt([first], mark);
    },
    lead: (words, tells) => leadMark(sentencesOf(words), mark, tells),
    // "Option C: give up" is one of several ways, and nothing that is behind it.
    gate: (words) =>
      gateMark(
        sentencesOf(words)
          .filter((one) => !namesOneWay(one, mark))
          .map(undecorated),
        gates,
      ),
  };
}

function gateMark(
  sentences: readonly string[],
  gates: readonly GateReader[],
): ConditionMark | null {
  for (const read of gates) {
    const said = read(sentences);
    if (said === null) continue;
    const { gate, text, inFront, near } = said;
    return { kind: 'if', text: shown(text), gate, inFront, ...(near ? { near } : {}) };
  }
  const first = sentences.find(asksFirst);
  return first === undefined
    ? null
    : { kind: 'if', text: shown(first), gate: 'if', inFront: '', sparesReads: true };
}

/** What opens all that follows, in one language; `null`: its pack does not say how. */
function gatesOf(
  { conditions: { gates, otherwise = [], lasting = [] }, adverbs = '' }: Language,
  mark: (sentence: string) => ConditionMark | null,
): GateReader | null {
  if (gates === undefined) return null;
  // "If no row is returned" opens as "if no" does.
  const saysIf = (sentence: string): boolean =>
    ['if', 'otherwise'].includes(mark(sentence)?.kind ?? '') && mark(sentence)?.undoes !== true;
  return gateReader({
    gates,
    otherwise,
    lasting,
    small: ['please', ...adverbs.split(' ')],
    saysIf,
  });
}

/** "Restart the agent. Only on the edge nodes." */
function saidOfIt(
  sentences: readonly string[],
  mark: (sentence: string) => ConditionMark | null,
): ConditionMark | null {
  const said = sentences.find((one) => isSaidOfIt(one) || mark(one)?.leavesOut === true);
  if (said === undefined) return null;
  const found = mark(said) ?? { kind: 'if', text: shown(said) };
  return saysWhenNot(said) ? { ...found, leavesOut: true } : found;
}

/** "Is the queue empty? If not:" over what is done then. */
function answered(
  first: string,
  next: string | undefined,
  mark: (sentence: string) => ConditionMark | null,
): ConditionMark | null {
  if (next === undefined || !/\?$/.test(undecorated(first))) return null;
  const found = mark(next);
  // "Still red? Then:" checks as "Is it red? Then:" does.
  const isAsked = IS_CHECK.test(undecorated(first)) || !ASKS_MORE.test(undecorated(first));
  const goesOn = ANSWER.test(undecorated(next)) && isAsked;
  return goesOn || found?.kind === 'if' || found?.kind === 'otherwise'
    ? { kind: 'if', text: shown(`${undecorated(first)} ${next}`) }
    : null;
}

const IS_CHECK =
  /^(?:is|are|does|do|did|has|have|had|can|could|will|was|were|should|ist|sind|est|está|è|hay)(?![\p{L}])/iu;
/** "Why is it red?" is no check, nor is "Ready?". */
const ASKS_MORE =
  /^(?:wh(?:o|at|y|ere|en|ich|ose)|how|ready|done|finished|all (?:done|set|good|clear)|was|wer|warum|wieso|wo|wie|wann|fertig|bereit|que|qu['’]|quoi|qui|pourquoi|comment|où|quand|prêt|qué|quién|por qué|cómo|dónde|listo|cosa|chi|perché|come|dove|pronto|o que|quem|como|onde)(?![\p{L}])/iu;
/** "Is the queue empty? Then:" */
const ANSWER =
  /^(?:then|so|in which case|yes|no|dann|ja|nein|alors|oui|non|entonces|sí|então|sim|allora)(?![\p{L}])/iu;

/** "Still broken? Rebuild the node." */
function askedFirst(first: string, next: string | undefined): ConditionMark | null {
  const said = undecorated(first).replace(/[*_]{1,3}$/, '');
  if (!/\?$/.test(said) || said.length > 80 || /^(?:wh(?:o|at|y|ere|ich|en|ose)|how)\b/i.test(said))
    return null;
  const isCheck = IS_CHECK.test(said);
  const isAnswered = next !== undefined && isImperative(next);
  return isAnswered || (!isCheck && isTrouble(said)) ? { kind: 'if', text: shown(said) } : null;
}

const MOST_LANGUAGES = 3;
/** The last sentence leads to the block below; one further up does where the others only go on about it. */
function leadMark(
  sentences: readonly string[],
  mark: (sentence: string) => ConditionMark | null,
  tells: (sentence: string) => boolean,
): ConditionMark | null {
  const last = sentences.at(-1);
  if (last === undefined) return null;
  const before = sentences.slice(0, -1);
  const own = mark(last);
  if (own !== null && /[:：]$/.test(last)) return own;
  // "Skip this step on replicas. Restart the worker:" as well as "Restart the worker. Only on replicas."
  const ofIt = saidOfIt(before.length > 0 ? sentences : [], mark);
  if (ofIt !== null) return ofIt;
  if (own !== null) return asksFor(last, own, tells) && !before.some(tells) ? own : null;
  const [first = '', ...rest] = sentences;
  // "Still failing? Rebuild the node:"
  const question = before.at(-1) ?? '';
  const asked = askedFirst(question, last) ?? answered(question, last, mark);
  if (asked !== null) return asked;
  const opening = rest.length === 0 || rest.some(tells) ? null : mark(first);
  return opening !== null && asksFor(first, opening, tells) ? opening : null;
}

/** "If a script sets it, it is recorded" tells what happens; "if the disk is full, clean up" asks for something. */
function asksFor(
  sentence: string,
  { kind, sure, leavesOut }: ConditionMark,
  tells: (sentence: string) => boolean,
): boolean {
  if (kind !== 'if' || sure || leavesOut) return true;
  const main = sentence.slice(sentence.indexOf(',') + 1).trim();
  const clauses = main.split(/[,;]| (?:then|and) /).map((clause) => clause.trim());
  return !SAYS_WHAT_IS.test(main) || clauses.some(tells);
}

const SAYS_WHAT_IS =
  /^(?:this|that|it|these|the|a|an|they|there)\b|\b(?:will be|is|are|was|were|may|might) (?:recorded|ignored|used|shown|displayed|created|set|stored|skipped|called)\b/i;

/** The name of one of several ways with what it comes to, and no "if" in it. */
const namesOneWay = (
  sentence: string,
  mark: (sentence: string) => ConditionMark | null,
): boolean => {
  const at = sentence.slice(0, 40).search(/[:：–—]/u);
  return (
    at > 0 &&
    mark(sentence)?.kind === 'option' &&
    mark(sentence.slice(0, at))?.kind === 'option' &&
    mark(sentence.slice(at + 1).trim()) === null
  );
};
