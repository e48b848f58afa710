import type { ItemPiece } from '../pieces.ts';
import { isImperative, isThirdPerson } from '../verbs.ts';
import { BY_ITSELF } from './above.ts';
import {
  definitionTells,
  firstWordOf,
  type ItemReading,
  isCommandText,
  isContact,
  isMostlyTelling,
  type ListReading,
  namesThing,
} from './read-list.ts';
import { recurrenceEnd, sayingOf } from './saying.ts';

/** What is seen of a list item, once: the classes weigh it. */
export interface ItemFeatures {
  readonly ordered: boolean;
  /** It begins with a verb that tells what to do, and that is no noun. */
  readonly verb: boolean;
  /** It begins with what may be such a verb. */
  readonly verbMaybe: boolean;
  /** It has the form of an instruction in its language: an ending, an article behind the first word. */
  readonly verbForm: boolean;
  readonly duty: boolean;
  readonly conditional: boolean;
  readonly command: boolean;
  readonly codeName: boolean;
  /** "**Name**: rest" or "Name: rest". */
  readonly definition: boolean;
  readonly definitionTells: boolean;
  /** It is a name with what it means, in a list of such. */
  readonly glossed: boolean;
  readonly arrow: boolean;
  readonly labelled: boolean;
  readonly leadsOn: boolean;
  readonly gerunds: boolean;
  readonly navigates: boolean;
  readonly states: boolean;
  /** It says what a thing does that a page is about, in its list's own language. */
  readonly thing: boolean;
  /** It begins with what a program does, as all of its list do. */
  readonly does: boolean;
  readonly noVerb: 'surely' | 'maybe' | 'no';
  readonly question: boolean;
  readonly asks: boolean;
  readonly link: boolean;
  readonly mostLinks: boolean;
  readonly mostQuestions: boolean;
  readonly mostDated: boolean;
  readonly dated: boolean;
  readonly rank: boolean;
  readonly rule: boolean;
  /** A path, an address, a number, a name with its version: no verb could be in it. */
  readonly name: boolean;
  /** All of it stands in quotation marks: somebody says it. */
  readonly spoken: boolean;
  readonly othersTell: 'nearly all' | 'half' | 'few';
  /** A word or two and an exclamation mark. */
  readonly exclaims: boolean;
  /** What it names is a person with how to reach them. */
  readonly contact: boolean;
  /** It says what will be seen or what happens then. */
  readonly comes: boolean;
  /** It says how long something takes. */
  readonly lasts: boolean;
  /** It says what is so if something holds, and nothing to do then. */
  readonly result: boolean;
  /** It says that something happens by itself. */
  readonly byItself: boolean;
  readonly othersState: boolean;
  /** It stands among steps and, as most of its list, is told in the passive or impersonal present. */
  readonly impersonal: boolean;
  /** All of the list is ticked off. */
  readonly ticked: boolean;
  /** It is a bold name as most of the list are, and most of these tell what to do. */
  readonly sameForm: boolean;
  /** Half of the items begin with words of one ending. */
  readonly alike: boolean;
  readonly overSteps: boolean;
  readonly overFacts: boolean;
  readonly overNever: boolean;
  readonly describes: boolean;
  readonly planned: boolean;
  readonly asked: boolean;
  readonly headingTells: boolean;
  /** It tells nobody to do anything, and the sentence above speaks of several ways. */
  readonly way: boolean;
  /** Its fence holds sentences that tell what to do. */
  readonly toldInFence: boolean;
  readonly quoted: boolean;
}

/** Looks at an item, at its list and at what stands above it. */
export function featuresOf(item: ItemPiece, list: ListReading, toldInFence: boolean): ItemFeatures {
  const reading = list.items.get(item);
  if (!reading) throw new RangeError('The item is not one of the list.');
  const { saying, text, definition } = reading;
  const bold = definition?.bold === true;
  const glossed = list.glossed.has(item);
  const isNoun = namesThing(reading, list);
  const tellsByName = definitionTells(item, list) && !glossed;
  const others = list.count - 1;
  const telling = list.telling - (reading.telling ? 1 : 0);
  const rate = others > 0 ? telling / others : 0;
  const leaning = list.leaning - (reading.leaning ? 1 : 0);
  const stating = list.stating - (!reading.telling && isStating(reading) ? 1 : 0);
  const { above } = list;
  const tells = bold ? 0 : saying.tells;
  const isThen = reading.tellsThen && telling * 2 >= others;
  const isImpersonal =
    saying.impersonal &&
    above.over === 'steps' &&
    others > 0 &&
    list.impersonal * 5 >= list.count * 3;
  // "Deletes the namespace" says what a program does, in the form that all of its list have.
  const isThird = isThirdPerson(firstWordOf(text)) || (list.thirds && /s$/.test(firstWordOf(text)));
  const isComing = saying.comes && !isThen && !isImpersonal;
  const isSoThen = isResult(text, saying);
  const isRank = RANK.test(definition?.name ?? text) || RANK.test(item.text);
  return {
    ordered: item.list.ordered,
    verb: tells >= 2 || (tells >= 1.4 && isMostlyTelling(list)),
    verbMaybe: tells >= 1.1,
    verbForm: tells >= 0.5 && !isThird && !(saying.thing && tells < 1.4),
    duty: saying.duty && !bold && !isComing,
    conditional:
      saying.conditional &&
      !isComing &&
      !isSoThen &&
      !ONLY_WHEN.test(text) &&
      !(BY_ITSELF.test(text) && saying.tells < 1.4),
    command:
      (reading.code === 'command' && !isFile(text)) ||
      (reading.code === 'none' && isCommandText(text)),
    codeName: reading.code === 'name' && !isImpersonal && saying.tells < 1.1,
    result: (isSoThen || ONLY_WHEN.test(text)) && !isThen,
    definition: definition !== null,
    definitionTells: tellsByName,
    glossed,
    arrow: tellsBehindArrow(text, list),
    labelled: labelledTells(text, list),
    leadsOn: leadsToInstructions(item, list),
    gerunds: list.gerunds,
    navigates: list.navigates,
    states: (saying.states || isThird) && !isThen,
    thing: saying.thing && !isThen,
    does: list.thirds && isThird,
    comes: isComing,
    lasts: saying.lasts && !isThen && !isImpersonal && !bold,
    noVerb: bold || isThen ? 'no' : saying.noVerb,
    question: reading.question,
    asks: saying.asks,
    link: reading.link,
    mostLinks: list.links * 2 > list.count,
    mostQuestions: list.questions * 2 > list.count,
    mostDated: list.dated * 2 > list.count,
    dated: reading.dated,
    rank: isRank,
    rule: reading.rule && list.count > 1 && list.rules * 2 > list.count,
    name: isName(text) || (reading.code === 'command' && isFile(text)),
    spoken: SPOKEN.test(text),
    exclaims: isExclaimed(text) && saying.tells < 1.4,
    othersTell: isNoun
      ? 'few'
      : others >= 2 && rate >= (above.over === 'steps' ? 0.7 : 0.9)
        ? 'nearly all'
        : others >= 1 &&
            (rate >= 0.4 ||
              (leaning >= 2 && leaning * 5 >= others) ||
              (leaning * 2 >= others && stating * 4 <= others))
          ? 'half'
          : 'few',
    contact: definition !== null && !tellsByName && isContact(definition.rest),
    byItself:
      (BY_ITSELF.test(text) || happensAt(text, list)) && saying.tells < 1.4 && !isImpersonal,
    othersState: others >= 1 && stating * 2 >= others && telling === 0 && leaning < 2,
    impersonal: isImpersonal,
    // "Before you go on, be sure to:" with ticks before all items has them for looks.
    ticked:
      list.ticked === list.count &&
      list.count > 1 &&
      !(above.over === 'steps' && telling * 2 >= others),
    sameForm:
      bold &&
      !isRank &&
      !glossed &&
      !isNoun &&
      list.bold * 4 >= list.count * 3 &&
      // What all have in common tells no one of them apart: where most of them tell, the others do too.
      (list.boldTelling * 3 >= list.bold * 2 ||
        (list.bold >= FEWEST_ALIKE_NAMED &&
          !reading.saying.states &&
          !reading.question &&
          list.boldOrBehind * 2 > list.bold)),
    alike: list.alike && !saying.states && !isThird && !isComing && !saying.lasts,
    overSteps: above.over === 'steps',
    overFacts: above.over === 'facts',
    overNever: above.over === 'never',
    describes: above.describes,
    planned: above.planned,
    asked: above.asked,
    headingTells: above.headingTells,
    way: above.ways && saying.tells < 1.4 && item.nestedLists.length === 0,
    toldInFence,
    quoted: item.quoted,
  };
}

/** "If the portal shows it, the import was successful": all of it says what is so then. What follows may tell what to do. */
const isResult = (
  text: string,
  { tells, states, duty, conditional }: ItemReading['saying'],
): boolean =>
  conditional && states && !duty && tells < 0.5 && !/(?:[.!?:;]\s|[。！？：]\s?)\S/u.test(text);

/** "디스크가 가득 찼을 때": where the verb stands last so does "when", and nothing is said of what to do then. */
const ONLY_WHEN =
  /(?:[을ㄹ할될일었았] ?때|는 경우|[된한인] 경우|[るたいの](?:とき|時|場合)|(?:\p{Script=Han}时|的(?:时候|情况)))[.。]?$/u;

const FEWEST_ALIKE_NAMED = 4;

const isStating = (reading: ItemReading): boolean =>
  reading.saying.states || reading.question || reading.definition !== null;

/** "P1", "SEV-2", "Level 3", "Tier 1". */
const RANK =
  /^(?:p|sev|severity|level|tier|l|priority|prio|stufe|niveau|nivel|livello|poziom|уровень|приоритет)[ -]?\d(?!\d)/iu;

/** A path, an address, a number with its unit, "Docker 24", "Elixir 1.16", "PostgreSQL 16 or newer". */
function isName(text: string): boolean {
  return (
    /^(?:https?:\/\/|www\.)\S+$/.test(text) ||
    /^[~.]?\/[\w./-]+$/.test(text) ||
    /^[\w.-]+@[\w-]+\.[\w.]+$/.test(text) ||
    /^[\p{Lu}][\p{L}\w+#.-]*(?: [\p{Lu}][\p{L}\w+#.-]*)? v?\d[\d.x]*\+?(?:$|[ ,(](?![-–—] ))/u.test(
      text,
    ) ||
    /^[<>≤≥~]?\s?\d[\d.,]*\s?[\p{L}%]{0,8}$/u.test(text)
  );
}

/** "app/models/user.py", "docs/plan.md": a file of the project and no program to run. */
const isFile = (text: string): boolean =>
  /^(?![.~]?\/)[\w.@-]+(?:\/[\w.@-]+)+\.(?!sh$|bash$)[a-z]{1,5}\d?$/i.test(text);

/** "Every night the leader changes": nobody is told to do that, where no verb that is known does. */
const happensAt = (text: string, { tongues }: ListReading): boolean =>
  /^\s*[^\s,:，：–-]/u.test(text.slice(recurrenceEnd(text, tongues) || text.length));

const SPOKEN = /^["“”„«»][^"“”„«»]{2,400}["“”«»][.!?]?$/u;

/** "Queue too long → add a worker". */
function tellsBehindArrow(text: string, list: ListReading): boolean {
  const rest = ARROW.exec(text)?.[1];
  if (rest === undefined) return false;
  return (
    (isImperative(rest) && isMostlyTelling(list)) ||
    list.tongues.others.some((tongue) => tongue.tells(rest) >= 2)
  );
}

const ARROW = /^[^→⇒]{2,80}?\s(?:→|⇒|[-=]>)\s+(\S.*)$/u;

/** "Database: restart the primary". */
function labelledTells(text: string, list: ListReading): boolean {
  const rest = /^(?:[\p{L}\w/&-]+ ){0,3}[\p{L}\w/&-]+:\s+(\S.*)$/u.exec(text)?.[1];
  return rest !== undefined && sayingOf(rest, list.tongues).tells >= 2;
}

/** "If the power failed:" with bullets under it that tell what to do then. */
function leadsToInstructions(item: ItemPiece, list: ListReading): boolean {
  if (
    !/[:：]\s*$/.test(item.text) ||
    !/^(?:if|when|for|in case|on|once|after|before)\b/i.test(item.text)
  )
    return false;
  const under = item.nestedLists.flatMap((nested) => nested.items);
  return (
    under.filter((each) => sayingOf(each.text, list.tongues).tells >= 1.4).length * 2 > under.length
  );
}

/** "Done!", "That’s it!", "¡Listo!". */
const isExclaimed = (text: string): boolean =>
  text.length <= 32 &&
  /[!！](?:\s|\p{Extended_Pictographic}|\ufe0f)*$/u.test(text) &&
  text.split(/\s+/).length <= 4;
