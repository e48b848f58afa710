import type { ItemPiece } from './pieces.ts';
import { readsAsCommand } from './shell-words.ts';
import { beginsWithVerb, isGerund, isImperative, tellsSurely } from './verbs.ts';

const NO_TOOLS: ReadonlySet<string> = new Set();

/** What stands above a list, for judging what kind of list it is. */
export interface ListContext {
  /** Texts from the nearest to the farthest: sentence above, label, headings. */
  readonly lead: string;
  readonly label: string;
  readonly trail: readonly string[];
}

const NEGATIVE =
  /\b(?:contents|toc|contacts?|on-?call (?:rotation|schedule|contacts)|escalation (?:path|matrix|contacts|chain|levels?)|priority|priorities|severity levels?|symptoms?|causes?|root causes|reasons?|questions?|faqs?|references?|related|see also|links|resources|further reading|definitions?|glossary|terms|terminology|features|benefits|advantages|disadvantages|limitations|assumptions|principles|goals|objectives|scope|impact|audience|metrics|kpis?|indicators|components|architecture|overview|summary|background|stakeholders|responsibilities|roles|members|triggers|examples|known issues|lessons learned|deliverables|outputs|outcomes|findings|results|categories|types|changelog|revision history|success criteria|acceptance criteria|exit criteria|slas?|slos?|key points|options considered|how it works|why)\b/i;
const POSITIVE =
  /\b(?:steps?|procedure|actions?|instructions?|checklist|process|how to|resolution|mitigation|remediation|recovery|rollback|response|investigation|diagnosis|diagnostics?|troubleshooting|playbook|runbook|workflow|deployment|installation|setup|restore|maintenance|verification|tasks|do the following|follow|to do|fix|solution|workaround|execution|preparation|containment|eradication)\b/i;
const DESCRIBES =
  /\b(?:(?:this|the|these|it|which|that|following|each|our|script|command|pipeline|job|workflow|tool|automation|process|system|service|playbook|operator|controller|function|program|action|module|role|procedure|setup|test|app\w*)\b[^.:]{0,60}\b(?:will|does|do|performs?|automatically|is going to|should|can)|(?:specifically|internally|behind the scenes|under the hood|what happens|what it does|how it works|works as follows|happens|it will|consists? of|includes?|composed of|are as follows|there are|are available|we have|comprises|contains?))\b[^.]*[:.]?\s*$/i;
const ASKS_READER =
  /\b(?:you|we|please|follow|perform|do the following|complete|carry out|execute these|run these|these steps|following steps|we need to|must be (?:taken|done|performed)|steps (?:below|are|to)|ensure|make sure)\b/i;

/** A list with what is true of it as a whole, judged once. */
export interface ListReading {
  readonly standing: 'negative' | 'positive' | 'neutral';
  readonly context: ListContext;
  readonly count: number;
  /** Items that tell somebody to do something. */
  readonly telling: number;
  /** Items of the form "**Name**: …" whose name begins with a verb. */
  readonly verbNames: number;
  /** Every item is "Doing this", under a sentence that asks for it. */
  readonly gerunds: boolean;
}

/** Judges a list, all parts of it that go on after a fence together. Linear in its items. */
export function readList(items: readonly ItemPiece[], context: ListContext): ListReading {
  const telling = items.filter((item) => isImperative(item.text) || beginsWithCode(item)).length;
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
  };
}

/** Why an item is an instruction to a person; `''` when it is not. Pure. */
export function instructionOf(item: ItemPiece, list: ListReading): string {
  if (!item.list.ordered || item.text === '' || item.quoted) return '';
  if (list.standing === 'negative' || /\?\s*$/.test(item.text)) return '';
  if (beginsWithCode(item)) {
    return isCommandItem(item) ? 'ordered item that begins with a command' : '';
  }
  if (isDefinition(item)) {
    return definitionTells(item, list) ? 'ordered item that tells what to do' : '';
  }
  if (item.link !== null && !isImperative(item.text)) return '';
  if (isImperative(item.text) && (tellsSurely(item.text) || list.telling * 2 >= list.count)) {
    return 'ordered item that tells what to do';
  }
  if (/\s/.test(item.text) && readsAsCommand(item.text, NO_TOOLS) === 'sure')
    return 'ordered item that is a command';
  if (labelledImperative(item.text) || leadsToInstructions(item) || isOtherScript(item.text)) {
    return 'ordered item that tells what to do';
  }
  if (list.gerunds) return 'ordered item among instructions';
  return isAmongInstructions(item, list) ? 'ordered item among instructions' : '';
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

/** Whether a list is of the kinds that are never steps. */
function standingOf(
  items: readonly ItemPiece[],
  telling: number,
  context: ListContext,
): ListReading['standing'] {
  const links = items.filter((item) => item.link !== null).length;
  if (links * 2 > items.length) return 'negative';
  if (items.filter((item) => /\?\s*$/.test(item.text)).length * 2 > items.length) return 'negative';
  const { lead } = context;
  if (lead && !isImperative(lead) && !ASKS_READER.test(lead)) {
    if (DESCRIBES.test(lead) || (STATES.test(lead) && !STEPS.test(lead))) return 'negative';
  }
  const nearest = context.label || context.trail.at(-1) || '';
  for (const text of [lead || nearest, nearest]) {
    if (POSITIVE.test(text)) return telling * 2 >= items.length ? 'positive' : 'neutral';
    if (NEGATIVE.test(text)) {
      return telling * 3 >= items.length * 2 && !HARD_NEGATIVE.test(text) ? 'neutral' : 'negative';
    }
  }
  return 'neutral';
}

/** A sentence about how something is, and not about what is to be done. */
const STATES =
  /^(?:the|this|it|its|our|an?|each|every|all|there)\b[^:]*\b(?:is|are|uses?|works?|supports?|provides?|consists?|has|have|runs?|depends?)\b/i;
const STEPS =
  /\b(?:process|procedure|steps?|instructions?|workflow|solutions?|fix|workaround|plan)\b/i;
const HARD_NEGATIVE =
  /\b(?:contents|contacts?|causes?|reasons?|symptoms?|questions?|faqs?|references?|see also|further reading|definitions?|glossary|features|benefits|how it works|limitations|principles|assumptions)\b/i;
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
  if (isImperative(name) && /\s/.test(name.trim())) return true;
  const rest = item.text.slice(item.strong.length).replace(/^\s*(?:\([^)]*\))?\s*[:：–—-]*\s*/, '');
  const single = beginsWithVerb(name) && isImperative(name) && list.verbNames * 2 >= list.count;
  if (rest !== '') return isImperative(rest) || single;
  const under = item.nestedLists.flatMap((nested) => nested.items);
  if (under.length === 0) return single || isImperative(name);
  const telling = under.filter((each) => isImperative(each.text)).length;
  return telling * 2 > under.length || (isImperative(name) && telling * 3 >= under.length);
}

const beginsWithCode = (item: ItemPiece): boolean =>
  item.code !== '' && item.text.startsWith(item.code);

function isCommandItem(item: ItemPiece): boolean {
  return /\s|^\.?\//.test(item.code.trim()) || item.text === item.code;
}

/** A few words without a verb in a list that otherwise tells what to do are meant the same way. */
function isAmongInstructions(item: ItemPiece, list: ListReading): boolean {
  const others = list.count - 1;
  if (others < 2 || /\b(?:is|are|was|were|remains?)\b/.test(item.text)) return false;
  return list.telling >= others * (list.standing === 'positive' ? 0.7 : 0.9);
}
