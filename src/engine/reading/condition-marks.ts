import { type Asked, needing } from '../../text/needing.ts';
import { type GateReader, gateReader } from './gates.ts';
import { LANGUAGES } from './languages/all.ts';
import {
  asksDirectly,
  type ConditionWords,
  conditionWordsOf,
  saysIfUnspaced,
  saysOnlyAfter,
  saysWhereNot,
  UNSPACED_WORDS,
} from './languages/condition-words.ts';
import { english } from './languages/english.ts';
import { signsIn } from './languages/find.ts';
import type { Language } from './languages/language.ts';
import { asksFirst } from './leave-to-go-on.ts';
import { isSaidOfIt, saysWhenNot } from './said-of-it.ts';
import { isStateLead, putsOff, waitsForOthers } from './scenarios.ts';
import { systemsIn } from './systems.ts';
import { isTrouble, saysWhen } from './trouble.ts';
import { isImperative } from './verbs.ts';

/** What a heading, label, sentence, item or comment says about when what stands under it is to be done. */
export interface ConditionMark {
  readonly kind: 'if' | 'optional' | 'option' | 'or' | 'otherwise' | 'system';
  /** The words that say it, on one line. */
  readonly text: string;
  /** "If needed": what may be done in any case is not held up by it. */
  readonly soft?: boolean;
  /** Of an option: its noun; of a system: its family. Only equal ones are alternatives. */
  readonly family?: string;
  /** "Rollback": holds by itself below a heading that says the same, since that is done only after a failure. */
  readonly undoes?: true;
  /** What only reads is done in any case: it is one of a menu, or shows what has to be so before going on. */
  readonly sparesReads?: true;
  /** A condition even where no alternative stands beside it: "On Debian". */
  readonly alone?: boolean;
  /** On all that follows: whether the reader goes on where the words hold, or stops there. */
  readonly gate?: 'if' | 'unless';
  /** Of a gate: it is about what it stands at, "Do not run this on replicas", and not about the whole page. */
  readonly near?: true;
  /** Of a gate: what its text says in front of it. */
  readonly inFront?: string;
  /** Its words say where the thing is left out: "Skip this on replicas". */
  readonly leavesOut?: true;
}

/** Reads the marks of one page, in its language and in English. */
export interface MarkReader {
  /** Of a heading, label, item or comment: its first sentence counts. */
  title(text: string): ConditionMark | null;
  /** Of a paragraph that stands above a block: its last sentence counts, else its first. */
  lead(text: string, tells: (sentence: string) => boolean): ConditionMark | null;
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
    return foreignMark(sentence, spoken) ?? unspaced(sentence) ?? foreignOption(sentence);
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
    lead: (words, tells) => leadMark(sentencesOf(words), mark, tells),
    gate: (words) => gateMark(sentencesOf(words).map(undecorated), gates),
  };
}

/**
 * A sentence in another language than its page, by its own small words: "Nur falls die Platte voll ist" on an English one,
 * also where it says so behind the comma.
 */
function foreignMark(sentence: string, spoken: readonly Language[]): ConditionMark | null {
  const said = undecorated(sentence);
  const words = said.toLowerCase().split(/[\s,:;.]+/);
  const [first = ''] = words;
  conditionHeads ??= headsOf(LANGUAGES);
  const { opening, inner } = conditionHeads;
  const isOpened = opening.has(first);
  if (!isOpened && !words.some((word) => inner.has(word))) return null;
  const signs = signsIn(sentence);
  const known = signs.find(({ language }) => language === english)?.signs ?? 0;
  // A short word is one of names and of languages without a pack.
  const isSure = isOpened && !/^[\p{Script=Latin}]{1,3}$/u.test(first);
  const most = Math.max(...signs.map((each) => each.signs));
  const ofPage = signs.filter(({ language }) => spoken.includes(language));
  const mostOfPage = Math.max(0, ...ofPage.map((each) => each.signs));
  for (const { language, signs: own } of signs.toSorted((one, other) => other.signs - one.signs)) {
    // The word that it begins with is a sign as well: few others are enough, where no other language has many more.
    const isNear = own >= most * (own >= SURE_SIGNS ? 0.4 : 0.7);
    if (own < (isSure ? 1 : SURE_SIGNS) || own < known * 2 || !isNear || spoken.includes(language))
      continue;
    // In the middle the word is one of the page's own as well, and may say "whether" there: "Compruebe si …".
    if (!isOpened && own <= mostOfPage) continue;
    const found = readerOf(language)(sentence);
    if (found !== null) return found;
  }
  // "Se falhar, reinicie" is too short for a sign of its own, and none speaks for a language of the page.
  const isForeign = !signs.some((each) => each.signs > 0 && spoken.includes(each.language));
  return isOpened && isForeign && inner.has(first) && /^\p{L}+ [^,;:]{2,80}, ?\p{L}/u.test(said)
    ? { kind: 'if', text: shown(sentence) }
    : null;
}

/** "Weg 1: Standby" on a page in English.  */
function foreignOption(sentence: string): ConditionMark | null {
  const said = undecorated(sentence).toLowerCase();
  const [, noun = ''] = /^(\p{L}{3,20}) #?(?:\d{1,2}|[a-d])(?=$|\s?[:.)–—-])/u.exec(said) ?? [];
  const isOption =
    noun !== '' && LANGUAGES.some(({ conditions: { options } }) => options.includes(noun));
  return isOption ? { kind: 'option', text: shown(sentence), family: noun.slice(0, 4) } : null;
}

const SURE_SIGNS = 2;

/** Words that conditions begin with in any language, and those that are its "if" alone; looked for once. */
let conditionHeads: ReturnType<typeof headsOf> | undefined;

function headsOf(languages: readonly Language[]): {
  readonly opening: ReadonlySet<string>;
  readonly inner: ReadonlySet<string>;
} {
  const opening = languages.flatMap(({ conditions }) =>
    [...conditions.opening, ...conditions.optional].map((words) => words.split(' ', 1)[0] ?? ''),
  );
  const inner = languages
    .filter((language) => language !== english)
    .flatMap((language) => conditionWordsOf(language).inner)
    .filter((words) => !words.includes(' '));
  return { opening: new Set(opening), inner: new Set(inner) };
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
  { conditions: { gates, otherwise = [] }, adverbs = '' }: Language,
  mark: (sentence: string) => ConditionMark | null,
): GateReader | null {
  if (gates === undefined) return null;
  // "If no row is returned" opens as "if no" does.
  const saysIf = (sentence: string): boolean =>
    ['if', 'otherwise'].includes(mark(sentence)?.kind ?? '') && mark(sentence)?.undoes !== true;
  return gateReader({ gates, otherwise, small: ['please', ...adverbs.split(' ')], saysIf });
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
  const goesOn = ANSWER.test(undecorated(next)) && IS_CHECK.test(undecorated(first));
  return goesOn || found?.kind === 'if' || found?.kind === 'otherwise'
    ? { kind: 'if', text: shown(`${undecorated(first)} ${next}`) }
    : null;
}

const IS_CHECK =
  /^(?:is|are|does|do|did|has|have|had|can|could|will|was|were|should|ist|sind|est|está|è|hay)(?![\p{L}])/iu;
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
const MOST_CHARACTERS = 600;

/** What an author counts with: "3. Restore" is one sentence. */
const COUNTER = /^(?:step )?(?:\d{1,2}[.):]|\d{1,2}(?:\.\d{1,2}){1,3}[.):]?) /i;

function sentencesOf(text: string): readonly string[] {
  const line = text.slice(0, MOST_CHARACTERS).replace(/\s+/g, ' ').trim();
  const counter = COUNTER.exec(line)?.[0] ?? '';
  const [first = '', ...others] = line
    .slice(counter.length)
    .split(/(?<=[.!?؟।] )(?=[\p{Lu}\p{Lo}`"“*])|(?<=[。！？])/u);
  return [counter + first, ...others]
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

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
  const ofIt = saidOfIt(before.length > 0 ? sentences.slice(1) : [], mark);
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
  { kind }: ConditionMark,
  tells: (sentence: string) => boolean,
): boolean {
  if (kind !== 'if') return true;
  const main = sentence.slice(sentence.indexOf(',') + 1).trim();
  const clauses = main.split(/[,;]| (?:then|and) /).map((clause) => clause.trim());
  return !SAYS_WHAT_IS.test(main) || clauses.some(tells);
}

const SAYS_WHAT_IS =
  /^(?:this|that|it|these|the|a|an|they|there)\b|\b(?:will be|is|are|was|were|may|might) (?:recorded|ignored|used|shown|displayed|created|set|stored|skipped|called)\b/i;

type Reader = (sentence: string) => ConditionMark | null;
const readers = new Map<string, Reader>();

function readerOf(language: Language): Reader {
  const known = readers.get(language.code);
  if (known !== undefined) return known;
  const made = makeReader(language, conditionWordsOf(language));
  readers.set(language.code, made);
  return made;
}

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
const anyOf = (words: readonly string[]): string =>
  words
    .toSorted((one, other) => other.length - one.length)
    .map(escaped)
    .join('|');

/** Any of these with nothing glued to it; what ends in an apostrophe is glued ("en cas d’échec"). */
function anyWhole(words: readonly string[]): string {
  const [glued, apart] = [words.filter(isElided), words.filter((word) => !isElided(word))];
  const whole = `(?:${anyOf(apart)})(?![\\p{L}\\p{M}\\p{N}_-])`;
  return glued.length === 0 ? whole : `${whole}|${anyOf(glued)}`;
}

const isElided = (word: string): boolean => /['’]$/.test(word);

/** Without numbers, bullets and marks in front of the words. */
function undecorated(sentence: string): string {
  const plain = (text: string): string => text.replace(/^[^\p{L}\p{N}`]+/u, '');
  return plain(plain(sentence).replace(COUNTER, ''));
}

/** A sentence about a command, which says what that does and not when to run it. */
const ABOUT =
  /^(?:this|that|these|those|it|they|by default|note|the (?:following|above|command|script|job|tool|query|output|result|service|system)|a |an )/i;
const SAYS_WHAT_COMES =
  /\byou (?:should|will|can)(?: now)? (?:see|have|get|notice)\b|\bthe (?:output|command|result) (?:should|will)\b/i;

/** "(Production only)", "Replicas only:", "For v2 clusters", "For servers older than 2.0", "Before 2.0:": what some have and others have not. */
const FOR_SOME =
  /^(?!(?:read|write|append|view|check|list|dry|test|schema|data|for (?:reference|information|now)) )(?:[^\s()]+ ){1,4}only(?:[)\]:,]|$)|[([](?!read |write |append )[^()[\]]{1,60} only[)\]](?:[.:]?$|:)|^(?:(?:known|common|typical) )?(?:scenario|symptom|problem|issue|case|failure|error|bug|pitfall|gotcha)(?: [:–—-]|[:–—]) |^for (?:versions? |v)\d|^for (?:[^\s()]+ ){0,4}(?:older than|newer than|earlier than|later than|prior to|before) v?\d|^for (?:[^\s()]+ ){1,4}(?:and|or) (?:older|newer|earlier|later|below|above|up)(?![\p{L}-])|^(?:before|prior to|since) (?:version )?v?\d{1,4}\.\d{1,4}(?:\.\d{1,4})?(?:[:,]|$)/u;

/** What is done only when something went wrong: "Rollback:", "To undo the change, run:". */
const UNDOES =
  /^(?:(?:emergency |how to )?(?:roll-?back|roll back|rolling back|back-?out|back out|undo|revert)(?: (?:plan|procedure|steps?|instructions?|commands?))?(?:$|[^\p{L}\p{N}\s]*$|\s?[:–—(])|to (?:roll ?back|undo|revert|back out|back this out|(?:go|switch|fall|change) back|return to the (?:old|previous|former|original)|restore the (?:old|previous|former|original))(?![\p{L}-])|(?:going|switching|falling) back(?![\p{L}]))/u;
/** The same as a title of its own in other languages. */
const UNDOES_ELSEWHERE =
  /^(?:zurück zu[mr]? (?:alten|vorherigen|früheren|ursprünglichen|letzten)|zurückrollen|zurücksetzen auf |rückgängig|wiederherstellung des alten|retour (?:en )?arrière|revenir (?:en arrière|à l['’]ancien)|pour revenir (?:en arrière|à l['’]ancien)|volver atrás|vuelta atrás|marcha atrás|reversión|revertir|deshacer|voltar atrás|reverter|desfazer|tornare indietro|terugdraaien|återställ ändring|wycofanie zmian)(?![\p{L}])|^(?:切り戻し|ロールバック|元に戻す|回滚|回退|롤백)/u;
/** What is done in an emergency alone, as a whole title. */
const EMERGENCY =
  /^(?:(?:in (?:an |case of )?|for )?(?:an )?emergenc(?:y|ies)(?: (?:only|use only|procedure|steps|plan|actions?|measures?|commands?))?|nuclear option(?: \([^()]{1,80}\))?|(?:im )?notf(?:all|älle)(?:maßnahmen|plan)?|urgences?|emergencias?|emergências?|emergenz[ae]|noodgeval|nödläge|nødsituation(?:er)?|sytuacja awaryjna|danger(?:ous)? zone|(?:dangerous|destructive|irreversible) (?:commands?|operations?|actions?|steps?|procedures?)|gefahren(?:zone|bereich)|gefährliche (?:befehle|aktionen)|zone (?:de danger|dangereuse)|zona de (?:peligro|perigo)|zona (?:pericolosa|di pericolo)|gevarenzone|strefa (?:zagrożenia|niebezpieczna)|緊急時(?:の(?:対応|手順))?|非常時|紧急情况|緊急情況|비상시|긴급 상황)\s?[:：!.]?$/u;
/** "Sur le serveur secondaire uniquement", "En producción solamente". */
const ONLY_THERE =
  /^(?:sur|dans|pour|en|para|em|no|na|nos|nas|su|per|op|voor|auf|für|in|bei) (?:[^\s()]{1,30} ){1,5}(?:uniquement|seulement|solamente|únicamente|somente|apenas|soltanto)\s?[:：]?$/u;

/** "Run on every node except the master:", "Auf allen Knoten außer dem ersten": what runs is asked whether it is on one of those. */
const EXCEPT_THERE =
  /^(?:[\p{L}'’-]{1,20} ){0,4}(?:on|in|at|auf|in|sur|dans|en|em|su|in|op|na|we?|på) (?:all|any|every|each|alle[nm]?|jede[mrn]|tou(?:s|tes)|chaque|tod[oa]s|cada|tutt[ie]|ogni|elke?|wszystkich|każdym|alla) (?:[\p{L}\p{N}'’_-]{1,30} ){1,5}?(?:except|but|excluding|other than|apart from|besides|außer|ausgenommen|sauf|hormis|excepto|salvo|menos|exceto|tranne|eccetto|behalve|uitgezonderd|oprócz|poza|z wyjątkiem|utom) [^.;:：]{1,60}\s?[:：]$/iu;

/**
 * What English says of other ways, and of what may be the case, in more than a word. `low` is in lower case, so that
 * its expressions need not mind it: each `\p{L}` of one that does takes the compiler 0.07 ms more, 7 ms for all of these.
 */
function englishMark(low: string, text: string): ConditionMark | null {
  if (OTHER_WAY.test(low)) return { kind: 'or', text };
  if (AT_WILL.test(low)) return { kind: 'optional', text };
  if (AS_NEEDED.test(low)) return { kind: 'if', text, soft: true };
  if (FOR_A_CASE.test(low)) return { kind: 'if', text, sparesReads: true };
  if (FOR_REAL.test(low)) return { kind: 'if', text };
  return MAY_BE.test(low) ||
    NOT_FOR_ALL.test(low) ||
    SOME_ARE.test(low) ||
    OUT_OF_USE.test(low) ||
    waitsForOthers(low) ||
    AFTER_TROUBLE.test(low) ||
    ONLY_AFTER.test(low)
    ? { kind: 'if', text }
    : null;
}

/** "You can also do it by hand", "The same can be done with the API", "By hand:": the way before it, once more. */
const OTHER_WAY =
  /^(?:you|we|one|it|this|that|the same|the above|all this)(?: (?:can|could|may|might))(?: (?:also|alternatively|just as well|instead)){1,2} (?:be (?:done|achieved|carried out|run|started|triggered|performed)|do (?:it|this|that|so|the same)|run (?:it|this|that)|achieve (?:it|this|that|the same)|perform (?:it|this|that)|trigger (?:it|this|that)|start (?:it|this|that))(?![\p{L}])|^(?:you|we|one) can do (?:it|this|that|the same) (?:by hand|manually|yourself)(?![\p{L}])|^(?:the same|this|that|it) can (?:also )?be (?:done|achieved) (?:by hand|manually|with|via|through|from|using|in)(?![\p{L}])|^(?:or )?(?:by hand|manually)(?: \([^()]{1,60}\))?\s?[:.]?$|^instead, [^,]{0,40}(?<![\p{L}])(?:by hand|manually|directly|yourself)(?![\p{L}])/u;

/** "You may have to restart it", "Sometimes …", "Required for major releases", "Only do this on …", "Yes:". */
const MAY_BE =
  /^(?:you|we|one) (?:may|might|could)(?: (?:also|then|first|still))? (?:need|have|want|wish|like|choose|prefer|decide) to (?=\p{L})|^(?:it|this|that) (?:may|might)(?: (?:also|then|still))? be (?:necessary|needed|required|useful)(?![\p{L}])|^(?:sometimes|occasionally|rarely|once in a while),? [^.;]{0,80}(?<![\p{L}])(?:required|necessary|needed|must|has to|have to|needs? to)(?![\p{L}])|^(?:not |only )?(?:needed|required|necessary|relevant|mandatory) (?:only )?(?:for|on|in|if|when|after|with) |^only (?:after|with|upon|during|outside) [\p{L}\p{N}'’-]{1,20}(?: (?!(?:has|have|had|is|are|was|were|finish|complet|done|ready))[\p{L}\p{N}'’-]{1,20}){0,4}\s?[:：.]?$|^only (?:do|run|use|execute|apply|perform|carry out) (?:this|it|that|these|the following)(?![\p{L}])|^(?:do|run|use|execute|apply|perform) (?:this|it|that|these|the above) only (?=\S)|^(?:skip|omit|leave out) (?:(?:this|it|these|the above)(?: step| command)? )?(?:if|when|unless|on|for|in|where) |^(?:yes|no)\s?(?:[:,.–—]|$)|[([]only (?!read|write|append)[^()[\]]{1,60}[)\]]|[([]skip (?:this |it |the step )?(?:if|when|unless|on|for) |[—–(,-] ?(?:this is |it is )?(?:(?:not|only) (?:needed|required|necessary|applicable|relevant) (?:for|on|in|if|when|with)|(?:needed|required|necessary) (?:only (?:for|on|in|with)|if|when)) (?=\S)|^to (?:abort|start over|start again|bail out)(?![\p{L}])/u;

/** "Tear down the sandbox when you no longer need it". */
const OUT_OF_USE =
  /(?<![\p{L}])when (?:(?:you|we|it is|it['’]s|they are) )?no longer (?:need|needed|required|used|in use|necessary)(?![\p{L}])/u;

/** "After a crash", "During an outage", "With a full disk", "To recover from a failed upgrade": it is not said that there was one. */
const AFTER_TROUBLE =
  /^(?:after|upon|following|during|in) (?:a|an|any) (?:[\p{L}-]{1,20} ){0,2}(?:crash|outage|incident|failure|breach|attack|panic|disaster|blackout|split[- ]brain|power (?:cut|loss)|data loss|corruption)(?![\p{L}])|^(?:after|upon|following|with|against) (?:a|an|any) (?:failed|full|broken|corrupt|corrupted|crashed|dead|lost|missing|unclean|interrupted|aborted|stuck|hung|diverged) |^to (?:recover|come back|get out|clean up|resume)(?: from| of| after) (?:a|an|any|such a) /u;

/** "After 7 days without errors", "Once a replica falls behind", "All must be eligible before proceeding": not to be waited for. */
const ONLY_AFTER =
  /^(?:once |only )?after [^,:]{0,60}(?<![\p{L}\d.])(?:\d{1,3}\+? (?:[\p{L}-]{1,15} ){0,2}(?:days?|weeks?|months?)|(?:0|zero|no|without(?: any)?) [\p{L}-]{1,20})(?![\p{L}])|^(?:once|as soon as|whenever) [^,:]{1,80} (?:falls? behind|exceeds?|drops? below|rises? above|grows? (?:above|beyond)|fails?)(?![\p{L}])|^(?:only )?(?:after|once|when) (?!you )[^,:]{1,60} (?:has|have|had) (?:\p{L}{1,15} ){0,2}(?:confirmed|approved|agreed|signed off|acknowledged|consented)(?![\p{L}])|^[^.;:]{1,80} (?:must|have to|has to) [^.;:]{1,60} before (?:proceeding|continuing|moving on|going on|you (?:proceed|continue|go on))(?![\p{L}])/u;

/** "As needed, …", "… (scope as needed)": what may be done in any case is not held up by it. */
const AS_NEEDED =
  /^(?:as|where) (?:needed|required|necessary|appropriate|applicable)(?![\p{L}])|[\s(,–—-](?:as|where) (?:needed|required|necessary|appropriate|applicable)\)?[.:]?$/u;
/** "For a full reset:" over what does that, and not "For a list of all pods:". */
const FOR_A_CASE =
  /^for an? (?!(?:[\p{L}-]{1,20} ){0,2}(?:while|moment|bit|minute|second|list|overview|summary|description|discussion|explanation|guide|reference|example|look|view|check|walkthrough|tutorial|introduction|definition|copy)(?![\p{L}]))[\p{L}\p{N} -]{3,60}\s?[:：]?$/u;
/** "For the real thing:" behind a rehearsal. "To do it for real" only says what comes. */
const FOR_REAL =
  /^for (?:the (?:real|actual|live) (?:thing|deal|run|migration|deployment|deploy|upgrade|cutover|switch|switchover|execution|change|release|restore)|real)\s?[:：]$/iu;
/** "(Prod) Page the owner", "[EU] Tell the regulator": where it is done stands in front. */
const IN_BRACKETS =
  /^\W{0,6}[([](?:prod|production|staging|stage|dev|test|qa|uat|on-?prem|cloud|aws|gcp|azure|linux|windows|macos|mac|debian|ubuntu|rhel|centos|primary|replica|standby|master|secondary|leader|eu|us|uk|emea|apac)(?: only)?[)\]] ?\p{L}/iu;
/** "For old installations:", "Behind a proxy, also run:", "Were it locked, …", "Everyone except staging:", "In the EU, …": not all are so. */
const SOME_ARE =
  /^for (?:old|older|new|newer|existing|fresh|legacy|large|larger|small|smaller|big|upgraded|migrated|clustered|custom|self-hosted|air-gapped|offline|single-\p{L}{1,10}|multi-\p{L}{1,10}) (?:users|customers|clusters|servers|systems|hosts|nodes|projects|tenants|environments|deployments|installations|installs|instances|teams|databases|sites|accounts|versions|setups)\s?[:：]$|^(?:with|behind|without) an? (?:proxy|firewall|load[- ]balancer|vpn|gpu|bastion|jump ?host|cdn|standby|replica|cluster|nat|custom [\p{L} -]{2,30})(?=\s?[:：,])|^were (?:it|they|there|the|this|that|any) [^,:：]{2,80}, |^(?:everyone|everybody|everywhere|all(?: \p{L}{1,20})?) (?:except|but|other than|apart from) [^,:：]{2,60}\s?[:：]$|^(?:this|it)(?: step| command)?(?: is)? (?:only )?(?:required|needed|necessary|mandatory|relevant|applicable|applies)(?: only)? (?:if|when|for|on|where|with) |^(?:users|customers|operators|owners|admins|those|anyone|people|clusters|sites|hosts) (?:of|with|who|on|running|using) [^,:：]{2,60} (?:must|should|need|have to|can|may) [^.;]{0,60}[:：]$|^(?:in|on|for) (?:the )?(?:eu|us|uk|usa|emea|apac|dach|european union|united states)(?=\s?[,:：])|^(?:nice[- ]to[- ]haves?|bonus|optional extras)\s?[:：]?$/u;
/** "After approval from the owner:", "For customers with SSO:", "Where the cluster has two zones:", "In extreme cases, …". */
const NOT_FOR_ALL =
  /^(?:only )?(?:after|once|upon|with|on|following|subject to) (?:[\p{L}'’]{1,20} ){0,4}(?:approval|sign-?off|consent|permission|authori[sz]ation|go-ahead)(?=\s?[:：,.]|$| (?:from|of|by|is|has|was|to)(?![\p{L}]))|^for (?:users|customers|clusters|servers|systems|hosts|nodes|projects|tenants|environments|deployments|installations|instances|teams|databases|sites|accounts) (?:with|without|who|that|which|having|running|using|on|still|not) [^,:：]{2,80}\s?[:：]$|^where (?:the |a |an |your )?[^,:：]{1,80} (?:is|are|has|have|runs|uses) (?!stored|located|kept|found|defined)[^,:：]{1,60}\s?[:：]$|^in (?:extreme|severe|exceptional|urgent|special|critical|very rare|serious) (?:cases|situations|circumstances)(?![\p{L}])| or, (?:on|for|in|under|if) [^,:：.]{2,40}\s?[:：]$/u;
const AT_WILL = /^at your (?:own )?discretion(?![\p{L}])/u;

const ENDS_CLAUSE = /^ ?(?:[^\s\p{L}\p{N}]|$)|^ then(?![\p{L}])/u;

/** An expression with one of the words in it, which minds no case. */
const asked = (words: readonly string[], around: (any: string) => string): Asked =>
  needing(words, () => new RegExp(around(anyOf(words)), 'iu'), true);

function makeReader(language: Language, words: ConditionWords): Reader {
  const start = (list: readonly string[]): Asked => asked(list, () => `^(?:${anyWhole(list)})`);
  const opening = start(words.opening);
  const otherwise = start(words.otherwise);
  const or = start(words.or);
  const optional = asked(
    words.optional,
    (any) => `^[([]?(?:${any})(?![\\p{L}\\p{N}_])|[([](?:${any})[)\\]]`,
  );
  const option = asked(
    words.options,
    // "Plan a release" is none.
    (any) =>
      `^(?!plan a \\p{L})(?:${any})(?: ?#?\\d{1,2}|[ -]#?(?:[a-z]|one|two|three|four|i{1,3}|iv))(?=$|[\\s.:,)(–—-])`,
  );
  const ordinal = asked(
    words.options,
    (any) => `^(?:first|second|third|1st|2nd|3rd) (${any})(?![\\p{L}])`,
  );
  const inner = asked(words.inner, () => `(?<=[\\s(,])(?:only )?(?:${anyWhole(words.inner)})`);
  const whether = asked(words.whether, (any) => `(?<![\\p{L}])(?:${any})(?![\\p{L}])`);
  const soft = asked(
    words.soft,
    (any) => `^[\\s(]*(?:it is |it's |this is |that is )?(?:${any})(?![\\p{L}])`,
  );
  const order = asked(words.order, (any) => `^[\\s,]*(?:${any})(?![\\p{L}])`);
  const emergency = words.emergency && asked(words.emergency, (any) => `^(?:${any})(?![\\p{L}])`);
  const whenWord = words.when && start(words.when);
  const within = words.within && start(words.within);
  const ending = words.endings && asked(words.endings, (any) => `\\p{L}{2,20}(?:${any})(?=[\\s,])`);
  const wrong = words.trouble && asked(words.trouble, (any) => `(?<![\\p{L}])(?:${any})`);
  const first =
    words.first &&
    asked(words.first, () => `^(?:${anyWhole(words.first ?? [])}) [^,?:]{2,120}, ?[^\\s,]`);

  /** "Lorsque le disque est plein, …", "Ist die Platte voll, …". */
  const saysTrouble = (said: string): boolean => {
    if (first?.test(said) === true) return true;
    const at = within?.exec(said);
    const opened = at ?? whenWord?.exec(said);
    if (opened === null || opened === undefined || wrong === undefined) return false;
    const [clause = ''] = said.slice(opened[0].length).split(/[,;:،؛]/u, 1);
    // "Bei einem Ausfall des Knotens", and not "Bei der Suche nach einem Fehler".
    return wrong.test(at ? clause.trim().split(' ').slice(0, 2).join(' ') : clause);
  };

  return (sentence) => {
    const said = undecorated(sentence);
    const text = shown(sentence);
    const low = said.toLowerCase();
    if (said === '' || /[?؟]$/u.test(said)) return null;
    if (saysWhereNot(said, words)) return { kind: 'if', text, leavesOut: true };
    if (optional.test(said) || optional.test(sentence.trim())) return { kind: 'optional', text };
    const noun = option.exec(low) ?? ordinal.exec(low);
    if (noun !== null) return { kind: 'option', text, family: low.slice(0, 4) };
    if (IN_BRACKETS.test(sentence)) return { kind: 'if', text };
    if (UNDOES.test(low) || UNDOES_ELSEWHERE.test(low)) return { kind: 'if', text, undoes: true };
    if ([EMERGENCY, ONLY_THERE, EXCEPT_THERE].some((one) => one.test(low)))
      return { kind: 'if', text };
    if (FOR_SOME.test(low) || emergency?.test(low) === true) return { kind: 'if', text };
    const system = systemsIn(said);
    if (system !== null) return { kind: 'system', text, ...system };
    const opened = opening.exec(low);
    const other = otherwise.exec(low);
    // "If not, …" is the other case of what stands before; "If no row is returned, …" is a case of its own.
    if (other !== null && (opened === null || ENDS_CLAUSE.test(low.slice(other[0].length))))
      return { kind: 'otherwise', text };
    if (opened !== null) {
      const rest = low.slice(opened[0].length);
      if (order.test(rest) || SAYS_WHAT_COMES.test(said)) return null;
      return { kind: 'if', text, ...(soft.test(rest) ? { soft: true } : {}) };
    }
    if (saysTrouble(said) || putsOff(said)) return { kind: 'if', text };
    if (saysOnlyAfter(said, words) && !ABOUT.test(said)) return { kind: 'if', text };
    // Over what only looks it is what should be seen.
    if (isStateLead(said)) return { kind: 'if', text, sparesReads: true };
    const own = language === english ? englishMark(low, text) : null;
    if (own !== null) return own;
    if (or.test(low) && !/^or so(?![\p{L}])/u.test(low)) return { kind: 'or', text };
    const when = language === english ? saysWhen(said, isImperative) : null;
    if (when !== null) return { kind: 'if', text, ...when };
    if (ending?.test(said) === true) return { kind: 'if', text };
    return innerMark(said, text);
  };

  function innerMark(whole: string, text: string): ConditionMark | null {
    const said = whole.slice(words.particle?.exec(whole)?.[0].length ?? 0);
    const found = inner.exec(said);
    if (found === null || ABOUT.test(said)) return null;
    const before = said.slice(0, found.index);
    if (isAside(said, found.index)) return null;
    const clause = before.slice(
      Math.max(...[',', ';', ':'].map((mark) => before.lastIndexOf(mark))) + 1,
    );
    if (
      whether.test(clause) ||
      asksDirectly(clause) ||
      /(?:^|\s)(?:even|as|what|than|and|or|sau|trước) $/i.test(before)
    )
      return null;
    // "Run the script, which stops if …" says what that does.
    if (language === english && /^ ?which | so (?:that|it) /i.test(clause)) return null;
    const rest = said.slice(found.index + found[0].length).toLowerCase();
    if (order.test(rest)) return null;
    return { kind: 'if', text, ...(soft.test(rest) ? { soft: true } : {}) };
  }
}

/** Inside brackets with which the sentence does not end: a remark on one word of it. */
function isAside(said: string, at: number): boolean {
  const open = said.lastIndexOf('(', at);
  const close = open < 0 ? -1 : said.indexOf(')', open);
  if (open < 0 || (close >= 0 && close < at)) return false;
  // "(nur wenn …)": a word in front of it belongs to it.
  const isWhole = /^ ?(?:\p{L}{1,14} )?$/u.test(said.slice(open + 1, at));
  const after = close < 0 ? '' : (said.slice(close + 1).split(/^ ?[:：]/u, 1)[0] ?? '');
  return !isWhole || /[\p{L}\p{N}]/u.test(after);
}

const starts = (text: string, words: readonly string[]): boolean =>
  words.some((word) => text.startsWith(word));

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/** Chinese, Japanese, Korean and Thai, whose words no space parts. */
function unspaced(sentence: string): ConditionMark | null {
  if (!UNSPACED.test(sentence)) return null;
  const said = undecorated(sentence);
  const text = shown(sentence);
  if (starts(said, UNSPACED_WORDS.emergency)) return { kind: 'if', text };
  const phrase = said.split(/[，、：:,]/u, 1)[0] ?? '';
  if (starts(said, UNSPACED_WORDS.optional) || /[（(](?:可选|任意|선택)[）)]/u.test(said))
    return { kind: 'optional', text };
  const noun = UNSPACED_WORDS.options.find((word) => said.startsWith(word));
  if (noun !== undefined && /^\s?[\d一二三四A-Za-zＡ-Ｚ]/u.test(said.slice(noun.length)))
    return { kind: 'option', text, family: noun };
  if (starts(said, UNSPACED_WORDS.or)) return { kind: 'or', text };
  const isIf =
    starts(said, UNSPACED_WORDS.opening) ||
    saysIfUnspaced(said) ||
    UNSPACED_WORDS.ending.some((word) => phrase.endsWith(word));
  if (!isIf) return null;
  const soft = UNSPACED_WORDS.soft.some((word) => phrase.includes(word)) && phrase.length <= 8;
  return { kind: 'if', text, ...(soft ? { soft } : {}) };
}

const LONGEST = 160;

/** The words as they are shown: on one line, without the colon that leads over to what is done. */
function shown(sentence: string): string {
  const line = sentence
    .replace(/^[\s#*-]+/, '')
    .replace(/^\d{1,2}(?:\.\d{1,2}){0,2}[.)] /, '')
    .replace(/ ?[:：]$/, '')
    .trim();
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
}

/** The comment behind a command, in shell or SQL; `''` where there is none. Linear. */
export function commentBehind(line: string): string {
  const text = line.trim();
  if (text.startsWith('#') || text.startsWith('-- ')) return '';
  let quote = '';
  let ended = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (quote !== '') {
      if (sign === quote) quote = '';
      continue;
    }
    if (sign === '"' || sign === "'") quote = sign;
    const isShell = sign === '#' && /\s/.test(text[at - 1] ?? '');
    if (isShell || (ended && (text.startsWith('--', at) || text.startsWith('/*', at))))
      return text
        .slice(at)
        .replace(/^(?:#+|--+|\/\*)\s*/, '')
        .replace(/\*\/$/, '')
        .trim();
    if (!/\s/.test(sign)) ended = sign === ';';
  }
  return '';
}
