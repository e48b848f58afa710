import type { ItemPiece } from '../pieces.ts';
import { readsAsCommand } from '../shell-words.ts';
import { beginsWithVerb, isGerund, isImperative, isThirdPerson, tellsSurely } from '../verbs.ts';
import { type Above, aboveOf, type ListContext } from './above.ts';
import { type ItemSaying, recurrenceEnd, sayingOf, type Tongues, tonguesOf } from './saying.ts';

const NO_TOOLS: ReadonlySet<string> = new Set();

/** An item by itself, its neighbours aside. */
export interface ItemReading {
  /** The item's text without decoration. */
  readonly text: string;
  readonly saying: ItemSaying;
  /** It begins with inline code: a command, or the name of something. */
  readonly code: 'command' | 'name' | 'none';
  /** "**Name**: …" or "Name: …" and what stands behind it; `null` when it is no such thing. */
  readonly definition: {
    readonly name: string;
    readonly rest: string;
    readonly bold: boolean;
  } | null;
  /** It tells what to do, or names a command. */
  readonly telling: boolean;
  /** It tells, or has the form of what does. */
  readonly leaning: boolean;
  /** It says how something is, and in its next sentence what to do. */
  readonly tellsThen: boolean;
  readonly dated: boolean;
  readonly question: boolean;
  readonly link: boolean;
  readonly rule: boolean;
  /** It begins with a tick or another mark of how far it is. */
  readonly ticked: boolean;
}

/** A list with what is true of it as a whole, judged once. */
export interface ListReading {
  readonly above: Above;
  readonly context: ListContext;
  readonly tongues: Tongues;
  readonly count: number;
  readonly items: ReadonlyMap<ItemPiece, ItemReading>;
  /** Items that tell somebody to do something. */
  readonly telling: number;
  /** These, and items that have the form of an instruction or say what to do under a condition. */
  readonly leaning: number;
  /** Items that say how something is, ask or define. */
  readonly stating: number;
  /** Items of the form "**Name**: …" whose name begins with a verb. */
  readonly verbNames: number;
  readonly links: number;
  readonly questions: number;
  readonly dated: number;
  readonly rules: number;
  readonly ticked: number;
  /** Items told in the passive or impersonal present. */
  readonly impersonal: number;
  /** Items that are a bold name with what it stands for, and those of them whose name tells what to do. */
  readonly bold: number;
  readonly boldTelling: number;
  /** The same, and those with what tells behind the name. */
  readonly boldOrBehind: number;
  /** Half of the items and more begin with words of one ending, as the forms of a verb do in any language. */
  readonly alike: boolean;
  /** Most of the items begin with what a program does: "creates", "deletes". */
  readonly thirds: boolean;
  /** Every item is "Doing this", under a sentence that asks for it. */
  readonly gerunds: boolean;
  /** Items that are a name with what it means, of a list of such: "start - starts the service". */
  readonly glossed: ReadonlySet<ItemPiece>;
  /** The items lead through the pages of a program: "Go to the console", "Filter: date". */
  readonly navigates: boolean;
}

/** Judges a list, all parts of it that go on after a fence together. Linear in its items. */
export function readList(all: readonly ItemPiece[], context: ListContext): ListReading {
  const tongues = tonguesOf(
    all.map(({ text }) => text),
    `${context.lead}\n${context.label}\n${context.trail.at(-1) ?? ''}`,
    context.page,
  );
  const items = new Map(all.map((item) => [item, readItem(item, tongues)]));
  const readings = [...items.values()];
  const count = (test: (reading: ItemReading) => boolean): number => readings.filter(test).length;
  const telling = count((each) => each.telling);
  const stating = count(
    (each) => !each.telling && (each.saying.states || each.question || each.definition !== null),
  );
  const asked = /\bby\W*$|\bsteps?\b|\bfollowing\b|\bprocedure\b/i.test(context.lead);
  return {
    above: aboveOf(all, telling, context, tongues),
    context,
    tongues,
    count: all.length,
    items,
    telling,
    leaning: count((each) => each.leaning),
    stating,
    verbNames: count(
      ({ definition }) => definition?.bold === true && beginsWithVerb(definition.name),
    ),
    links: count((each) => each.link),
    questions: count((each) => each.question),
    dated: count((each) => each.dated),
    rules: count((each) => each.rule),
    ticked: count((each) => each.ticked),
    impersonal: count(({ saying }) => saying.impersonal),
    bold: count(({ definition }) => definition?.bold === true),
    boldTelling: count(
      ({ definition, saying }) => definition?.bold === true && saying.tells >= 1.4,
    ),
    boldOrBehind: count(
      ({ definition, saying, telling: tells }) =>
        definition?.bold === true && (tells || saying.tells >= 1.4),
    ),
    alike: beginAlike(
      readings.map(({ text }) => text),
      stating === 0 ? 0.5 : 0.6,
    ),
    thirds: areThirds(readings.map(({ text }) => text)),
    gerunds: asked && readings.every(({ text }) => isGerund(text)),
    glossed: glossedOf(items, tongues),
    navigates: navigates(readings, context),
  };
}

function readItem(item: ItemPiece, tongues: Tongues): ItemReading {
  const text = requested(undecorated(item.text));
  const saying = countedVerb(item, text, sayingOf(text, tongues));
  const code = codeOf(item, text);
  const definition = saying.conditional && item.strong === '' ? null : definitionOf(item, text);
  const rest = definition?.rest ?? '';
  const restTells =
    rest !== '' &&
    (sayingOf(rest, tongues).tells >= 1.4 || (rest === item.lastCode && isCommandText(rest)));
  const telling = saying.tells >= 1.4 || code === 'command' || restTells;
  return {
    text,
    saying,
    code,
    definition,
    telling,
    leaning:
      telling || (!saying.states && !saying.comes && (saying.tells >= 0.5 || saying.conditional)),
    tellsThen:
      (saying.states || saying.comes) && sayingOf(secondSentence(text), tongues).tells >= 2,
    dated: DATED.test(text),
    question: /(?:[?？؟]|(?<=\p{Script=Greek})[;\u037e])["”»)*]*\s*$/u.test(text),
    ticked: TICKED.test(item.text),
    link: item.link !== null && (item.link.startsWith('#') || saying.tells < 1.4),
    rule: RULE.test(text) || FOREIGN_RULE.test(text),
  };
}

/** "Could you restart the worker?" asks for that, and for no answer. */
function requested(text: string): string {
  const asked = REQUEST.exec(text)?.[0] ?? '';
  const rest = text.slice(asked.length).replace(/\?$/, '');
  return asked !== '' && isImperative(rest) ? rest : text;
}

const REQUEST =
  /^(?:(?:please,? )?(?:could|would|will) (?:you|somebody|someone|anybody|anyone)(?: (?:please|kindly|now|then|also))*|(?:please,? )?can (?:you|somebody|someone|anybody|anyone) (?:please|kindly)) (?=\p{L})/iu;

/**
 * "2. Wait", alone behind other steps: a verb that is a noun too names nothing where it has a number among them; and
 * "2) is the number of the host" explains its number.
 */
function countedVerb(item: ItemPiece, text: string, saying: ItemSaying): ItemSaying {
  if (!countsOn(item)) return saying;
  if (explainsNumber(text)) return { ...saying, tells: 0, states: true };
  if (saying.tells >= 1.4 || !/^[A-Za-z-]{2,20}[.!]?$/.test(text)) return saying;
  return beginsWithVerb(text) ? { ...saying, tells: 1.4, states: false, noVerb: 'no' } : saying;
}

/** It stands alone and goes on counting: what is counted stands before it. */
export const countsOn = ({ list }: ItemPiece): boolean =>
  list.ordered && list.items.length === 1 && list.start > 1;

/** A sentence whose subject is the number itself. */
export const explainsNumber = (text: string): boolean =>
  /^(?:is|are|was|were|has|have|means?|stands? for|refers? to|denotes?|shows?) /.test(text);

/** "The traceback names the template. Fix it." */
const secondSentence = (text: string): string =>
  /^[^.!。]{3,200}[.!。]\s?(\S.*)$/u.exec(text)?.[1] ?? '';

const TICKED = /^\s*(?:✅|☑|✔|✓|🗸|⏳|⌛|🔄|🚧|❌)/u;

const FEWEST_ALIKE = 3;

/** Whether of three items and more so many begin with different words of one ending: "Otevřete", "Spusťte", "Přepněte". */
function beginAlike(texts: readonly string[], share: number): boolean {
  const firsts = texts
    .filter((text) => /\s/.test(text))
    .map((text) => /^[\p{L}\p{M}]{4,}(?=[\s,])/u.exec(text)?.[0].toLowerCase() ?? '');
  const endings = new Map<string, Set<string>>();
  for (const word of firsts) {
    if (word === '') continue;
    const ending = word.slice(-2);
    endings.set(ending, (endings.get(ending) ?? new Set()).add(word));
  }
  const most = Math.max(0, ...[...endings.values()].map((words) => words.size));
  return most >= FEWEST_ALIKE && most >= texts.length * share;
}

/** Whether of three items and more most begin with a third person, and nearly all with a word in `-s`, or all with such a word: "Patches", "Scales". */
function areThirds(texts: readonly string[]): boolean {
  const firsts = texts.map(firstWordOf);
  const sure = firsts.filter((word) => isThirdPerson(word)).length;
  const ending = firsts.filter((word) => THIRD.test(word)).length;
  if (texts.length < FEWEST_ALIKE || sure === 0) return false;
  return ending === texts.length || (sure * 2 >= texts.length && ending * 5 >= texts.length * 4);
}

/** "Deletes", "stops" and no "process", "status". */
const THIRD = /^[a-z]{2,}[^suia\W]s$|es$/;

/** "Force-deletes all of it" begins with `deletes`. */
export const firstWordOf = (text: string): string =>
  (text.trim().split(/\s/u, 1)[0] ?? '').toLowerCase().split('-').at(-1) ?? '';

/** A text without the emoji, or the counted label ("Option 1 - "), that stands before it. */
const undecorated = (text: string): string =>
  text
    .replace(/^(?:\p{Extended_Pictographic}|\ufe0f|\u200d|\s)+(?=\S)/u, '')
    .replace(/^\p{L}{3,14} (?:\d{1,2}|[A-H]) ?[-–—] (?=\p{Lu})/u, '');

function codeOf(item: ItemPiece, text: string): ItemReading['code'] {
  if (item.code === '' || !text.startsWith(item.code)) return 'none';
  return /\s|^\.?\//.test(item.code.trim()) || text === item.code ? 'command' : 'name';
}

/** "**Primary**: Team lead", "**Metrics**:" with bullets under it, "On duty: Anna". */
function definitionOf(item: ItemPiece, text: string): ItemReading['definition'] {
  if (item.strong !== '' && text.startsWith(item.strong)) {
    const behind = text.slice(item.strong.length);
    const colon = /[:：]\s*$/.test(item.strong);
    if (!colon && !/^\s*(?:\([^)]*\)\s*)?(?:[:：]|[-–—]\s|$)/.test(behind)) return null;
    const name = item.strong.replace(/[:：]\s*$/, '').trim();
    const rest = behind.replace(/^\s*(?:\([^)]*\))?\s*[:：–—-]*\s*/, '').trim();
    return { name, rest, bold: true };
  }
  const plain = /^([^:：.,;()`]{1,40}?)(?:\s{0,9}：|\s?:(?=\s)|\s[—–](?=\s))\s*(\S.*)$/u.exec(text);
  if (!plain?.[1] || !plain[2]) return null;
  return { name: plain[1].trim(), rest: plain[2].trim(), bold: false };
}

/** What stands between a name and what is said of it. */
const BETWEEN = / [-–—] |: |：/u;
const MOST_NAME_WORDS = 4;

/** A name of up to four words, and what is said of it behind a dash or a colon; both `''` where it is no such thing. */
function namedIn(text: string): readonly [name: string, rest: string] {
  const [name = ''] = text.split(BETWEEN, 1);
  const rest = text.slice(name.length).replace(/^(?: [-–—] |: |：)/u, '');
  return name.split(' ').length > MOST_NAME_WORDS || rest === '' ? ['', ''] : [name, rest.trim()];
}

const FEWEST_MEANING = 3;

/** The part of a word that its forms have in common: "Iniciar - inicia …", "stop - stops …". */
const STEM = 3;

/**
 * The items that only explain a name, where most of the list are such: a single word is no instruction when what stands
 * behind it says what it does. A name of several words that tells, or an explanation that tells, speaks against it.
 */
function glossedOf(
  items: ReadonlyMap<ItemPiece, ItemReading>,
  tongues: Tongues,
): ReadonlySet<ItemPiece> {
  const named = [...items].flatMap(([item, { text, saying, code, definition }]) => {
    if (saying.conditional || (code === 'command' && isCommandText(item.code))) return [];
    const [name, rest] = definition ? [definition.name, definition.rest] : namedIn(text);
    const isMeaning =
      rest.split(/\s+/, FEWEST_MEANING).length === FEWEST_MEANING ||
      SEVERAL_SIGNS.test(rest) ||
      isFormOf(rest, name);
    return name !== '' && isMeaning && !/^\d/.test(rest) ? [{ item, name, rest }] : [];
  });
  const none = new Set<ItemPiece>();
  if (named.length < 2 || named.length * 3 < items.size * 2) return none;
  const tells = (text: string): number => sayingOf(text, tongues).tells;
  const telling = named.filter(
    ({ name, rest }) =>
      (/\s/.test(name) && tells(name) >= (/\s\S+\s/.test(name) ? 1.4 : 2)) ||
      (tells(rest) >= 1.4 && !isFormOf(rest, name)),
  );
  return telling.length * 3 > named.length ? none : new Set(named.map(({ item }) => item));
}

/** Whether a text begins with another form of the word that a name begins with. */
function isFormOf(text: string, name: string): boolean {
  const [first = ''] = text.toLowerCase().split(/\s/, 1);
  const [word = ''] = name.toLowerCase().split(/\s/, 1);
  return first !== word && first.slice(0, STEM) === word.slice(0, STEM);
}

function navigates(items: readonly ItemReading[], context: ListContext): boolean {
  const above = context.lead || context.label || context.trail.at(-1) || '';
  return (
    /\b(?:dashboard|console|ui|gui|portal|(?:web|admin|user) (?:interface|panel|page)|browser|website)\b/i.test(
      above,
    ) &&
    /^(?:go to|open|log ?in|sign in|navigate|visit|browse|access)\b/i.test(items[0]?.text ?? '')
  );
}

/** A text that is a command with its arguments. */
export const isCommandText = (text: string): boolean =>
  /\s/.test(text) && readsAsCommand(text, NO_TOOLS) === 'sure';

/** "2024-05-01: Add the matrix", "v1.2 - Rename the host": what was changed when. */
const DATED =
  /^\W*(?:\d{4}-\d\d?-\d\d?|\d\d?[./]\d\d?[./]\d{2,4}|v?\d+\.\d+(?:\.\d+)?)\s*(?:\([^)]*\)\s*)?[:–—-]/;

/** In a list that is not said to be one of steps, half of the items are too few. */
export function isMostlyTelling(list: ListReading): boolean {
  const { telling, count, above } = list;
  return telling * 2 > count || (telling * 2 === count && above.over === 'steps');
}

/** Several words; of languages without spaces, several signs. */
const SEVERAL = /\s|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{4}/u;

/** A few words, in languages that part none. */
const SEVERAL_SIGNS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{5}/u;

/** "backup-to-drive.js": what follows says what the file does. */
const FILE_NAME = /^[\w./@-]+\.[a-z]{1,5}\d?$/i;

/** "Tom Reed, desk 12", "唐睿，分机12". */
const CONTACT =
  /^(?:\p{Lu}[\p{L}.'’-]{1,20}(?: \p{Lu}[\p{L}.'’-]{0,20}){1,3}|[\p{Script=Han}\p{Script=Hangul}]{2,5})\s?[,(（，、/–—-].{0,40}[\d@#]/u;

/** "Mette Holm", "+45 555 0134", "ops@example.com", "@dba-team": nobody but a person, or no more than how to reach them. */
const REACHED =
  /^(?:\p{Lu}[\p{Ll}’'-]+(?: \p{Lu}[\p{L}.’'-]*){1,2}|\+?\d[\d ()/-]{4,20}|[\w.+-]+@[\w-]+\.[\w.-]+|[@#][\w-]+)$/u;

/** A person and how to reach them. */
export const isContact = (text: string): boolean => CONTACT.test(text) || REACHED.test(text);

/** Whether the bold name of an item, or what it names, tells what to do. */
export function definitionTells(item: ItemPiece, list: ListReading): boolean {
  const reading = list.items.get(item);
  const definition = reading?.definition;
  if (!definition) return false;
  const { name, rest, bold } = definition;
  const tells = (text: string): number => sayingOf(text, list.tongues).tells;
  if (!bold) {
    if (/^\d|^https?:/.test(rest) || isContact(rest)) return false;
    if (isMostlyTelling(list) && isCommandText(rest)) return true;
    return tells(rest) >= 2 || (tells(name) >= 2 && /\s/.test(name) && isMostlyTelling(list));
  }
  if (FILE_NAME.test(name)) return false;
  if (isPressed(name, rest, list)) return true;
  if (tells(name) >= 1.4 && SEVERAL.test(name) && (tells(name) >= 2 || isMostlyTelling(list)))
    return true;
  const plain = tellsSurely(name) || !/\s/.test(name);
  const single =
    plain &&
    beginsWithVerb(name) &&
    isImperative(name) &&
    list.verbNames * 2 >= list.count &&
    recurrenceEnd(rest, list.tongues) === 0;
  if (rest !== '') {
    return (
      tells(rest) >= 1.4 ||
      single ||
      (list.telling > 0 && rest === item.lastCode && isCommandText(rest))
    );
  }
  const under = item.nestedLists.flatMap((nested) => nested.items);
  const named = tells(name) >= 1.4;
  if (under.length === 0) return single || named;
  const said = under.map((each) => sayingOf(each.text, list.tongues));
  const telling = said.filter((each) => each.tells >= 1.4).length;
  // "Infrastructure:" in an overview of what is built: what stands below says what it does.
  if (list.above.over === 'facts' && !named) return false;
  // "Review (within a day):" over what is done there, some of it in verbs that nobody knows.
  if (telling > 0 && list.above.over === 'steps' && said.every(tellsOrSaysNothing)) return true;
  return telling * 2 > under.length || (named && telling * 3 >= under.length);
}

/**
 * "**Kliknij:** Dalej", "**点击：** 下一步": one word that only a verb has the form of, and what stands on the button.
 * Where English is read as well such a verb is a noun too, and everywhere it is one with a time behind it: "**Restart:**
 * Nightly".
 */
function isPressed(name: string, rest: string, { telling, count, tongues }: ListReading): boolean {
  const isCased = /\p{Lu}|\p{Ll}/u.test(name);
  return (
    !tongues.english &&
    (!isCased || telling * 3 >= count - 1) &&
    (isCased ? /^\p{L}{4,}$/u : /^[\p{L}\p{M}]{2,8}$/u).test(name) &&
    !beginsWithVerb(name) &&
    (!isCased || /^["'“„«*]?\p{Lu}/u.test(rest)) &&
    rest !== '' &&
    rest.split(/\s+/, MOST_LABEL_WORDS + 1).length <= MOST_LABEL_WORDS &&
    rest.length <= LONGEST_LABEL &&
    recurrenceEnd(rest, tongues) === 0 &&
    !CONTACT.test(rest) &&
    !/\d[\d :/-]{3}|@/.test(rest) &&
    tongues.others.some((tongue) => !tongue.names(name) && tongue.tells(name) >= FORM_PRESSED)
  );
}

const LONGEST_LABEL = 40;
/** The least that a form of a verb tells where verbs stand last: "Seçin". */
const FORM_PRESSED = 1.2;

/** What a definition names is known as a thing, or is so at some time: "负责人：王小明", "Restart: nightly". */
export const namesThing = ({ definition }: ItemReading, { tongues }: ListReading): boolean =>
  definition !== null &&
  (tongues.others.some((tongue) => tongue.names(definition.name)) ||
    (!/\s/.test(definition.name) && recurrenceEnd(definition.rest, tongues) > 0));

const MOST_LABEL_WORDS = 4;

const tellsOrSaysNothing = ({ tells, states, asks, comes }: ItemSaying): boolean =>
  tells >= 0.5 || !(states || asks || comes);

const RULE = /^(?:NEVER|ALWAYS|MUST NOT|DO NOT|DON[’']T)\b|^(?:Never|Always|Do not|Don[’']t)\b/;
/** The same in other languages. */
const FOREIGN_RULE =
  /^(?:nie|niemals|immer|(?:ne )?jamais|toujours|nunca|siempre|sempre|nooit|altijd|nigdy|zawsze|aldrig|alltid|altid|nikdy|vždy|никогда|всегда|ніколи|завжди)(?!\p{L})/iu;
