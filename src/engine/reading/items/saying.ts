import { english } from '../languages/english.ts';
import { likely, signsIn } from '../languages/find.ts';
import type { Language } from '../languages/language.ts';
import { LETTERS, scriptOf } from '../languages/script.ts';
import type { Signs } from '../languages/telling-words.ts';
import { afterComma, type Saying, type Tongue, tellsWhatComes } from '../languages/tongue.ts';
import { tongueOf } from '../languages/tongues.ts';
import { WordList, wordsOf } from '../languages/word-list.ts';
import {
  beginsWithVerb,
  isGerund,
  isImperative,
  isThirdPerson,
  normalized,
  tellsSurely,
} from '../verbs.ts';

/** The languages that a list is read in; English stands beside any other. */
export interface Tongues {
  /** Other languages, the likeliest first. */
  readonly others: readonly Tongue[];
  /** The list's own words say that it is English, or the page is. */
  readonly english: boolean;
  /** No language was found though the list is long enough to have one. */
  readonly unknown: boolean;
}

/** What an item says, whatever its language. */
export interface ItemSaying extends Omit<Saying, 'subject'> {
  /** A language is known whose verbs would have been seen, and none was. */
  readonly noVerb: 'surely' | 'maybe' | 'no';
}

const MOST_TONGUES = 2;
/** So many signs say for sure which language a list is in. */
const SURE_SIGNS = 6;
const FEWEST_ITEMS = 3;
/** So many items are asked in which language they tell. */
const MOST_ASKED = 12;

/**
 * The languages of a list: those that its own words, and the words above it, are in; where these are too few to say,
 * that in which most of its items tell what to do; else those of the page.
 */
export function tonguesOf(
  items: readonly string[],
  above: string,
  page: readonly Language[],
): Tongues {
  const signs = signsIn([...items, above].join('\n'));
  const most = Math.max(...signs.map((each) => each.signs), 0);
  const weighed = most >= SURE_SIGNS ? signs : withTelling(items, signs, page);
  const own = withPage(likely(weighed), weighed, page);
  const found = own.length > 0 && !isOfPage(items, own, page) ? byTelling(own, items) : page;
  const close = found.slice(0, MOST_TONGUES);
  return {
    others: close.filter((each) => each !== english).map(tongueOf),
    english: found[0] === english,
    unknown: found.length === 0 && items.length >= FEWEST_ITEMS,
  };
}

/** A short list is in its page's language where that has half as many signs as the one that its own words are nearest to. */
function withPage(
  own: readonly Signs[],
  weighed: readonly Signs[],
  page: readonly Language[],
): readonly Signs[] {
  const most = own[0]?.signs ?? 0;
  const near = weighed.filter(
    (each) => page.includes(each.language) && !own.includes(each) && each.signs * 2 >= most,
  );
  return own.length === 0 ? own : [...near, ...own];
}

/** Names in another script do not make a page's list one of another language: "루트의 vercel.json 삭제". */
function isOfPage(
  items: readonly string[],
  own: readonly Signs[],
  page: readonly Language[],
): boolean {
  const script = page[0]?.script;
  if (script === undefined || script === 'Latin' || own[0]?.language.script !== 'Latin')
    return false;
  const letters = LETTERS[script];
  return items.filter((text) => letters.test(text)).length * 2 > items.length;
}

/** Of languages that have as many signs, that one first in which more of the items tell what to do. */
function byTelling(own: readonly Signs[], items: readonly string[]): readonly Language[] {
  const languages = own.map(({ language }) => language);
  if (languages.length < 2 || languages[0] === english) return languages;
  const some = items.slice(0, MOST_ASKED);
  const telling = new Map(
    languages.map((language) => [
      language,
      language === english ? 0 : some.filter((text) => tongueOf(language).tells(text) >= 1).length,
    ]),
  );
  return languages.toSorted((one, other) => (telling.get(other) ?? 0) - (telling.get(one) ?? 0));
}

/** Where small words and letters are few, what the languages make of the items counts beside them. */
function withTelling(
  items: readonly string[],
  signs: readonly Signs[],
  page: readonly Language[],
): readonly Signs[] {
  const some = items.slice(0, MOST_ASKED);
  // "Start" and "Test" are words of many languages: on a page in another one, one item is not enough.
  const share = page.length === 0 || page.includes(english) ? 2 : 1;
  const isEnglish = some.filter((text) => beginsWithVerb(text)).length * share >= some.length;
  return signs.map(({ language, signs: few }) => {
    if (language === english) return { language, signs: few + (isEnglish ? some.length : 0) };
    if (isEnglish) return { language, signs: few };
    const tongue = tongueOf(language);
    const telling = some.filter((text) => tongue.tells(text) >= 2).length;
    const enough = telling >= Math.min(2, some.length) && telling * 2 >= some.length;
    const told = few + (enough ? telling * 2 : 0);
    // Of a language that nothing else speaks for, what it would state says nothing.
    if (few === 0) return { language, signs: told };
    const said = some.map((text) => tongue.say(text));
    const other = said.filter(({ tells, states, asks }) => tells < 0.5 && (states || asks)).length;
    return { language, signs: told + other };
  });
}

/** Where the words end that say how often something happens, at the beginning of a text; 0 where there are none. */
export function recurrenceEnd(text: string, { others }: Tongues): number {
  const lower = text.toLowerCase();
  const ends = [english, ...others.map(({ language }) => language)].map(
    ({ recurs }) => recurs?.exec(lower)?.[0].length ?? 0,
  );
  return Math.max(...ends);
}

let objects: WordList | undefined;
let finite: WordList | undefined;
let duty: WordList | undefined;

/** What a text says: in English, and in the languages of its list. */
export function sayingOf(said: string, tongues: Tongues): ItemSaying {
  const [one, other] = sidesOf(said);
  if (other === '') return sayingOfSide(one, tongues);
  const [first, second] = [sayingOfSide(one, tongues), sayingOfSide(other, tongues)];
  return first.tells >= second.tells ? first : second;
}

/** "停止服务 / Stop the service": the same in two scripts; all of it and nothing for any other text. */
function sidesOf(text: string): readonly [one: string, other: string] {
  const at = text.length > LONGEST_BOTH ? -1 : text.search(BOTH);
  if (at < 0) return [text, ''];
  const [one, other] = [text.slice(0, at), text.slice(at).replace(BOTH, '')];
  return scriptOf(one) === scriptOf(other) ? [text, ''] : [one, other];
}

const BOTH = /\s[/|｜／]\s/;
const LONGEST_BOTH = 400;

function sayingOfSide(said: string, tongues: Tongues): ItemSaying {
  const text = behindQuestion(said);
  const inOwn = ownTongue(text, tongues)?.say(withoutNumber(text));
  if (inOwn && (inOwn.tells >= 1.4 || inOwn.comes))
    return { ...inOwn, tells: inOwn.comes ? 0 : inOwn.tells, noVerb: 'no' };
  const own = sayingInEnglish(text, tongues);
  let { tells, states: says, asks, duty: must, conditional } = own;
  let form = false;
  let impersonal = false;
  let comes = own.comes;
  let lasts = own.lasts;
  let thing = false;
  for (const [at, tongue] of tongues.others.entries()) {
    const other = tongue.say(withoutNumber(text));
    // "Import zapisuje …": what the list's own language reads as a statement begins with a noun, not with an English verb.
    if (
      at === 0 &&
      other.tells < 1 &&
      !tongues.english &&
      (tongue.names(text) || (other.states && (tells < 2 || isIn(text, tongue))))
    )
      tells = 0;
    tells = Math.max(tells, other.tells);
    if (other.tells > 0) form = true;
    thing ||= other.thing && (at === 0 || tells < 1);
    says ||= other.states && (at === 0 || !other.subject || other.thing);
    impersonal ||= other.impersonal;
    comes ||= other.comes;
    lasts ||= other.lasts;
    asks ||= other.asks;
    must ||= other.duty;
    conditional ||= other.conditional;
  }
  comes &&= !tellsBehind(text, tongues);
  if (comes) tells = 0;
  const seen = tells > 0 || comes || form || must || conditional;
  const noVerb = seen ? 'no' : tongues.english ? 'surely' : tongues.unknown ? 'no' : 'maybe';
  const states = says && tells < 2;
  lasts &&= tells < 1.4 && !must;
  return {
    tells,
    states,
    thing: thing && states,
    asks,
    duty: must,
    conditional,
    impersonal,
    comes,
    lasts,
    noVerb,
  };
}

/** A page that is half translated has items of both languages in one list: that of an item which the list is not in. */
function ownTongue(text: string, tongues: Tongues): Tongue | undefined {
  const script = scriptOf(text);
  const isRead = tongues.others.some(({ language }) => language.script === script);
  if (isRead || (script === 'Latin' && !tongues.english)) return undefined;
  const signs = signsIn(text).toSorted((left, right) => right.signs - left.signs);
  const [best] = signs;
  if (best === undefined || best.language === english) return undefined;
  const few = signs.find(({ language }) => language === english)?.signs ?? 0;
  const enough = script === 'Latin' ? ITEM_SIGNS : 1;
  return best.signs >= enough && best.signs > few ? tongueOf(best.language) : undefined;
}

/** "Restart trwa …": a text has more words of a language than of English, whatever its first one. */
function isIn(text: string, { language }: Tongue): boolean {
  const signs = signsIn(text);
  const of = (wanted: Language): number =>
    signs.find((each) => each.language === wanted)?.signs ?? 0;
  return of(language) > of(english);
}

/** So many signs say which language a single item is in. */
const ITEM_SIGNS = 2;

/** "You should see two folders, delete the first": what is seen only leads over to what to do. */
function tellsBehind(text: string, { others }: Tongues): boolean {
  const parts = text.split(/(?:[,;。，]|[.!](?=\s))\s*/u, MOST_PARTS).slice(1);
  return parts.some(
    (part) =>
      /\s|[，\p{Script=Han}]/u.test(part) &&
      ((isImperative(part) && tellsSurely(part)) ||
        others.some((tongue) => tongue.tells(part) >= 2)),
  );
}

const MOST_PARTS = 6;

const CIRCUMSTANCE =
  /^(?:if|when|in case|unless|once|as soon as|whenever|after|at this point|in|on)\b/i;

const FINITE =
  /^(?:the|this|that|these|those|it|its|our|an?|each|every|all|there|no)\b[^,:;]{0,80}\b(?:is|are|was|were|has|have|had|takes?|will|should|may|can|does|happens?|starts?|appears?|shows?|becomes?|runs?|lives?|uses?|stays?|keeps?|contains?|stands?)\b/i;

/** "The server should be restarted", "The log is to be checked": what must be done with a thing, said of the thing. */
const DUE =
  /^(?!if |when |there |it |you |we )(?:[a-z\d'’-]+ ){1,8}?(?:should|must|shall|has to|have to|needs? to|(?:is|are) to|ought to)(?: also| then| now| first| always)? (?:be|get) (?:[a-z]+ly )?(?:[a-z-]{2,}ed|(?:re)?(?:set|run|built|sent|made)|shut|put|cut|told|held|brought|(?:un|re)?done|[a-z]{0,6}(?:tak|writt|giv|driv|chos|brok|froz)en)(?![a-z])/i;

/** "The importer writes to three shards": a thing and a verb that ends as its third person does. */
const DOES =
  /^(?:the|this|that|its?|our|an?|each|every) (?:[a-z\d-]+ ){1,3}[a-z]{2,}[^suic\W\d]s (?:to|from|in|on|at|behind|into|with|every|each|the|an?|by|over|through|when|if|after|before|as|no|its|their|all|only|one|two|three|four|five|both|some|several|many|most|old|new|any|\d+)\b/i;

function sayingInEnglish(
  text: string,
  tongues: Tongues,
): Omit<ItemSaying, 'noVerb' | 'impersonal' | 'thing'> {
  const bare = normalized(text);
  const words = wordsOf(bare);
  const imperative = isImperative(text) && !tellsOfNamed(bare) && !isDone(bare);
  const sure = imperative && tellsSurely(text);
  objects ??= new WordList(english.objects ?? '');
  finite ??= new WordList(english.is);
  duty ??= new WordList(english.duty ?? '');
  const [, first = '', second = ''] = words.split(' ', 4);
  const doing = isGerund(text) && objects.is(second);
  const object =
    objects.is(second) &&
    !objects.is(first) &&
    !THIRD.test(first) &&
    /^[a-z][a-z-]+$/.test(first) &&
    !FUNCTION.test(first) &&
    !NOUN.test(first);
  const shape =
    !THIRD.test(first) &&
    /^(?:re|un|de|dis|over|pre|hot|cross|force|live|auto)[a-z]{3,}$|(?:ize|ise|ify)$/.test(first);
  const moves = MOVES.test(words) && !FUNCTION.test(first) && !NOUN.test(first);
  const form =
    (object || moves || doing ? 0.9 : 0) +
    (shape && tongues.others.length === 0 && words.trim().includes(' ') ? 0.9 : 0);
  const rest = words.slice(first.length + 1);
  const conditional = /^(?:if|when|in case|unless|once|as soon as|whenever)\b/i.test(bare);
  const due = tongues.english && DUE.test(bare);
  const then = conditional ? afterComma(bare).replace(/^then\s/i, '') : '';
  const past = !imperative && /^[a-z]{2,}[^e]ed$/.test(first);
  const isSaid =
    !due &&
    (past ||
      tellsOfNamed(bare) ||
      isDone(bare) ||
      FINITE.test(bare) ||
      (!imperative && then !== bare && FINITE.test(then) && !DUE.test(then)) ||
      (!imperative && DOES.test(bare)) ||
      (tongues.english &&
        !imperative &&
        finite.in(conditional && then !== bare ? wordsOf(then) : rest)));
  return {
    tells:
      sure || COURTESY.test(text)
        ? 2
        : imperative
          ? 1.4
          : isSaid || beginsWithVerb(text)
            ? 0
            : form,
    states: isSaid && !sure,
    asks: /^(?:who|what|when|where|why|which|how|whose|(?:is|are|was|were|do|does|did|can|could|should|has|have|will) (?:you|we|they|it|the|there|this|that|any|all))\b/i.test(
      bare,
    ),
    duty: due || (tongues.english && duty.in(words)),
    comes:
      !due &&
      tellsWhatComes(
        CIRCUMSTANCE.test(bare) ? afterComma(bare) : bare,
        imperative ? 2 : form,
        english,
      ),
    lasts: english.lasts?.test(bare.toLowerCase()) ?? false,
    conditional,
  };
}

/** "Render creates the backup", "GitHub sends it to the owner": a name, what it does, and to what. */
function tellsOfNamed(text: string): boolean {
  const verb = NAMED_DOES.exec(text)?.[1] ?? '';
  return verb !== '' && (isThirdPerson(verb) || !beginsWithVerb(text));
}

const NAMED_DOES =
  /^\p{Lu}[\w.-]{1,30} (?:then |now |also )?([a-z]{3,20}s) (?:(?:the|an?|its?|it|every|each|your|our|their|all|itself)\b|[a-z]{3,20}ing\b)/u;

/** "Message sent to Telegram", "Backup created in the bucket": a thing and what was done with it. */
const isDone = (text: string): boolean =>
  /^(?!(?:get|stay|be|keep|remain|leave|have|make|feel|let)\b)[\p{L}][\w-]{2,30} (?:[a-z]{2,15}[^eh\W]ed|sent|built|done|written|taken|made|shown|lost|found) (?:to|in|into|by|from|on|with|at|as|successfully|automatically)\b/iu.test(
    text,
  );

/** "Overrides", "starts": what a thing does. */
const THIRD = /[^suia]s$/;

/** What follows is asked of somebody, whatever the verb. */
const COURTESY = /^\W*(?:please|kindly) [a-z]+ \S/i;

/** "Bleed traffic off the pool": something is moved somewhere. */
const MOVES = /^ [a-z]+ (?:[a-z\d]+ ){0,2}(?:off|onto|into|out of|away from|back to|aside) /;

/** Small words that no instruction begins with, though an article may follow. */
const FUNCTION =
  /^(?:of|in|on|at|by|for|from|to|with|without|and|or|but|as|than|is|are|was|were|be|has|have|had|not|if|when|while|because|since|so|that|which|who|what|where|how|why|per|via|into|onto|over|under|between|after|before|until|all|both|only|about|like|no)$/;

/** Endings that nouns and adjectives have, and hardly a verb that tells what to do. */
const NOUN =
  /(?:er|or|tion|sion|ment|ness|ity|ware|ings?|ic|al|ous|ful|ive|age|ance|ence|ies|ists?|ors|ers)$/;

/** "Done? Then tell the team.": what follows a short question. */
const behindQuestion = (text: string): string =>
  /^[^?？]{1,40}[?？]\s+(\S.*)$/.exec(text)?.[1] ?? text;

const withoutNumber = (text: string): string =>
  text
    .replace(/^[^\p{L}\d`("'“„«]+/u, '')
    .replace(/^\p{Lu}{4,20}\s?:\s(?=\S)/u, '')
    .replace(/^[\p{L}]{2,12}\s\d{1,2}\s*[:.)–—-]\s*/u, '');
