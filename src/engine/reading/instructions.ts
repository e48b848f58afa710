import type { ItemPiece } from './pieces.ts';
import { beginsWithVerb, isImperative } from './verbs.ts';

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
  /\b(?:you|please|follow|perform|do the following|complete|carry out|execute these|run these|these steps|following steps|we need to|must be (?:taken|done|performed)|steps (?:below|are|to)|ensure|make sure)\b/i;

/** Why an item is an instruction to a person; `''` when it is not. Pure. */
export function instructionOf(
  item: ItemPiece,
  items: readonly ItemPiece[],
  context: ListContext,
): string {
  if (!item.list.ordered || item.text === '' || item.link !== null) return '';
  const standing = listStanding(items, context);
  if (standing === 'negative') return '';
  if (/\?\s*$/.test(item.text)) return '';
  if (item.code !== '' && item.text.startsWith(item.code)) {
    return /\s|^\.?\//.test(item.code.trim())
      ? 'ordered item that begins with a command'
      : codeFirst(item);
  }
  if (isDefinition(item))
    return definitionTells(item, context) ? 'ordered item that tells what to do' : '';
  if (isImperative(item.text)) return 'ordered item that tells what to do';
  return amongInstructions(item, items, standing) ? 'ordered item among instructions' : '';
}

/** Whether a list is of the kinds that are never steps. */
export function listStanding(
  items: readonly ItemPiece[],
  context: ListContext,
): 'negative' | 'positive' | 'neutral' {
  const links = items.filter((item) => item.link !== null).length;
  if (links * 2 > items.length) return 'negative';
  if (items.filter((item) => /\?\s*$/.test(item.text)).length * 2 > items.length) return 'negative';
  const telling = items.filter((item) => isImperative(item.text)).length;
  if (context.lead && !isImperative(context.lead)) {
    if (DESCRIBES.test(context.lead) && !ASKS_READER.test(context.lead)) return 'negative';
  }
  const near = context.lead || context.label || context.trail.at(-1) || '';
  const nearest = context.label || context.trail.at(-1) || '';
  for (const text of [near, nearest]) {
    if (POSITIVE.test(text)) return telling * 2 >= items.length ? 'positive' : 'neutral';
    if (NEGATIVE.test(text))
      return telling * 3 >= items.length * 2 && !HARD_NEGATIVE.test(text) ? 'neutral' : 'negative';
  }
  return 'neutral';
}

const HARD_NEGATIVE =
  /\b(?:contents|contacts?|causes?|reasons?|symptoms?|questions?|faqs?|references?|see also|further reading|definitions?|glossary|features|benefits|how it works|limitations|principles|assumptions)\b/i;

/** "**Primary**: Team lead", "**Metrics**:" with bullets under it. */
function isDefinition(item: ItemPiece): boolean {
  if (item.strong === '') return false;
  const rest = item.text.slice(item.strong.length);
  return (
    (/[:：]\s*$/.test(item.strong) || /^\s*(?:\([^)]*\))?\s*(?:[:：]|[-–—]\s|$)/.test(rest)) &&
    item.text.startsWith(item.strong)
  );
}

function definitionTells(item: ItemPiece, context: ListContext): boolean {
  const name = item.strong.replace(/[:：]\s*$/, '');
  if (isImperative(name) && name.split(/\s+/).length > 1) return true;
  const rest = item.text.slice(item.strong.length).replace(/^\s*(?:\([^)]*\))?\s*[:：–—-]*\s*/, '');
  const single = beginsWithVerb(name);
  if (rest !== '') return isImperative(rest) || (single && isImperative(name));
  const under = item.nestedLists.flatMap((list) => list.items);
  if (under.length > 0) {
    const telling = under.filter((each) => isImperative(each.text)).length;
    return telling * 2 > under.length || (isImperative(name) && telling * 3 >= under.length);
  }
  return (
    isImperative(name) || (single && POSITIVE.test(context.label || context.trail.at(-1) || ''))
  );
}

function codeFirst(item: ItemPiece): string {
  const rest = item.text.slice(item.code.length);
  return /^\s*$/.test(rest) ? 'ordered item that is a command' : '';
}

/** A few words without a verb in a list that otherwise tells what to do are meant the same way. */
function amongInstructions(
  item: ItemPiece,
  items: readonly ItemPiece[],
  standing: string,
): boolean {
  const others = items.filter((each) => each !== item);
  if (others.length < 2 || /\b(?:is|are|was|were|remains?)\b/.test(item.text)) return false;
  const telling = others.filter((each) => isImperative(each.text)).length;
  return telling >= others.length * (standing === 'positive' ? 0.7 : 0.9);
}
