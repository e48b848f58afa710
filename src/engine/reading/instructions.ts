import { type ListContext, type Standing, standingOf } from './list-standing.ts';
import type { ItemPiece } from './pieces.ts';
import { readsAsCommand } from './shell-words.ts';
import { beginsWithVerb, isGerund, isImperative, tellsSurely } from './verbs.ts';

const NO_TOOLS: ReadonlySet<string> = new Set();

/** A list with what is true of it as a whole, judged once. */
export interface ListReading {
  readonly standing: Standing;
  readonly context: ListContext;
  readonly count: number;
  /** Items that tell somebody to do something. */
  readonly telling: number;
  /** Items of the form "**Name**: …" whose name begins with a verb. */
  readonly verbNames: number;
  /** Every item is "Doing this", under a sentence that asks for it. */
  readonly gerunds: boolean;
  /** The items lead through the pages of a program: "Go to the console", "Filter: date". */
  readonly navigates: boolean;
}

/** Judges a list, all parts of it that go on after a fence together. Linear in its items. */
export function readList(all: readonly ItemPiece[], context: ListContext): ListReading {
  const items = all.map(undecorated);
  const telling = items.filter(tells).length;
  const verbNames = items.filter(
    (item) => isDefinition(item) && beginsWithVerb(item.strong),
  ).length;
  const asked = /\bby\W*$|\bsteps?\b|\bfollowing\b|\bprocedure\b/i.test(context.lead);
  const gerunds = asked && items.every((item) => isGerund(item.text));
  return {
    standing: standingOf(items, telling, context),
    context,
    count: items.length,
    telling,
    verbNames,
    gerunds,
    navigates: navigates(items, context),
  };
}

/** An item without the emoji that stands before its text. */
function undecorated(item: ItemPiece): ItemPiece {
  const text = item.text.replace(/^(?:\p{Extended_Pictographic}|\ufe0f|\u200d|\s)+(?=\S)/u, '');
  return text === item.text ? item : { ...item, text };
}

/** Whether an item by itself seems to tell what to do, or to name a command. */
function tells(item: ItemPiece): boolean {
  if (isImperative(item.text) || beginsWithCode(item) || tellsBehindArrow(item.text)) return true;
  const rest = isDefinition(item) ? definedAs(item) : '';
  return rest !== '' && (isImperative(rest) || (rest === item.lastCode && isCommandText(rest)));
}

/** What stands behind the name: "**Name** (remark): rest". */
const definedAs = (item: ItemPiece): string =>
  item.text.slice(item.strong.length).replace(/^\s*(?:\([^)]*\))?\s*[:：–—-]*\s*/, '');

function navigates(items: readonly ItemPiece[], context: ListContext): boolean {
  const above = context.lead || context.label || context.trail.at(-1) || '';
  return (
    /\b(?:dashboard|console|ui|gui|portal|(?:web|admin|user) (?:interface|panel|page)|browser|website)\b/i.test(
      above,
    ) &&
    /^(?:go to|open|log ?in|sign in|navigate|visit|browse|access)\b/i.test(items[0]?.text ?? '')
  );
}

/** Why an item is an instruction to a person; `''` when it is not. Pure. */
export function instructionOf(piece: ItemPiece, list: ListReading): string {
  const item = undecorated(piece);
  if (!item.list.ordered || item.text === '' || item.quoted) return '';
  if (list.standing === 'negative' || /\?\s*$/.test(item.text)) return '';
  if (beginsWithCode(item)) {
    return isCommandItem(item) ? 'ordered item that begins with a command' : '';
  }
  if (isDefinition(item)) {
    return definitionTells(item, list) ? 'ordered item that tells what to do' : '';
  }
  if (item.link !== null && !isImperative(item.text)) return '';
  if (isImperative(item.text) && (tellsSurely(item.text) || isMostlyTelling(list))) {
    return 'ordered item that tells what to do';
  }
  if (isCommandText(item.text)) return 'ordered item that is a command';
  if (tellsBehindArrow(item.text) && isMostlyTelling(list)) {
    return 'ordered item that tells what to do';
  }
  if (labelledImperative(item.text) || leadsToInstructions(item) || isOtherScript(item.text)) {
    return 'ordered item that tells what to do';
  }
  if (list.gerunds || list.navigates) return 'ordered item among instructions';
  return isAmongInstructions(item, list) ? 'ordered item among instructions' : '';
}

/** In a list that is not said to be one of steps, half of the items are too few. */
function isMostlyTelling(list: ListReading): boolean {
  const { telling, count, standing } = list;
  return telling * 2 > count || (telling * 2 === count && standing === 'positive');
}

/** "If the power failed:" with bullets under it that tell what to do then. */
function leadsToInstructions(item: ItemPiece): boolean {
  if (
    !/[:：]\s*$/.test(item.text) ||
    !/^(?:if|when|for|in case|on|once|after|before)\b/i.test(item.text)
  )
    return false;
  const under = item.nestedLists.flatMap((nested) => nested.items);
  return under.filter((each) => isImperative(each.text)).length * 2 > under.length;
}

/** "Queue too long → add a worker". */
function tellsBehindArrow(text: string): boolean {
  const rest = /^[^→⇒]{2,80}?\s(?:→|⇒|[-=]>)\s+(\S.*)$/.exec(text)?.[1];
  return rest !== undefined && isImperative(rest);
}

/** "Database: restart the primary". */
function labelledImperative(text: string): boolean {
  const rest = /^(?:[\w/&-]+ ){0,3}[\w/&-]+:\s+(\S.*)$/.exec(text)?.[1];
  return rest !== undefined && isImperative(rest) && tellsSurely(rest);
}

/** Mostly letters of a script whose verbs are not known here, such as Cyrillic or Chinese. */
function isOtherScript(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? [];
  const other = letters.filter((letter) => !/\p{Script=Latin}/u.test(letter)).length;
  return letters.length >= 3 && other * 2 > letters.length;
}

/** "P1", "SEV-2", "Level 3", "Tier 1". */
const RANK = /^(?:p|sev|severity|level|tier|l|priority)[ -]?\d/i;

/** "**Primary**: Team lead", "**Metrics**:" with bullets under it. */
function isDefinition(item: ItemPiece): boolean {
  if (item.strong === '' || !item.text.startsWith(item.strong)) return false;
  const rest = item.text.slice(item.strong.length);
  return /[:：]\s*$/.test(item.strong) || /^\s*(?:\([^)]*\))?\s*(?:[:：]|[-–—]\s|$)/.test(rest);
}

function definitionTells(item: ItemPiece, list: ListReading): boolean {
  const name = item.strong.replace(/[:：]\s*$/, '');
  if (RANK.test(name)) return false;
  if (
    isImperative(name) &&
    /\s/.test(name.trim()) &&
    (tellsSurely(name) || isMostlyTelling(list))
  ) {
    return true;
  }
  const rest = definedAs(item);
  const plain = tellsSurely(name) || !/\s/.test(name.trim());
  const single =
    plain && beginsWithVerb(name) && isImperative(name) && list.verbNames * 2 >= list.count;
  if (rest !== '')
    return (
      isImperative(rest) ||
      single ||
      (list.telling > 0 && rest === item.lastCode && isCommandText(rest))
    );
  const under = item.nestedLists.flatMap((nested) => nested.items);
  if (under.length === 0) return single || isImperative(name);
  const telling = under.filter((each) => isImperative(each.text)).length;
  return telling * 2 > under.length || (isImperative(name) && telling * 3 >= under.length);
}

const isCommandText = (text: string): boolean =>
  /\s/.test(text) && readsAsCommand(text, NO_TOOLS) === 'sure';

const beginsWithCode = (item: ItemPiece): boolean =>
  item.code !== '' && item.text.startsWith(item.code);

function isCommandItem(item: ItemPiece): boolean {
  return /\s|^\.?\//.test(item.code.trim()) || item.text === item.code;
}

/** "The restore takes two hours". */
const SAYS_HOW =
  /^(?:the|this|that|these|it)\b[^,:]*\b(?:takes?|will|should|may|can|has|have|does|happens?|starts?|appears?|shows?|becomes?)\b/i;

/** A few words without a verb in a list that otherwise tells what to do are meant the same way. */
function isAmongInstructions(item: ItemPiece, list: ListReading): boolean {
  const others = list.count - 1;
  if (others < 2 || /\b(?:is|are|was|were|remains?)\b/.test(item.text)) return false;
  if (SAYS_HOW.test(item.text)) return false;
  return list.telling >= others * (list.standing === 'positive' ? 0.7 : 0.9);
}
