import type { ItemPiece } from './pieces.ts';
import { isImperative } from './verbs.ts';

/** What stands above a list, for judging what kind of list it is. */
export interface ListContext {
  /** Texts from the nearest to the farthest: sentence above, label, headings. */
  readonly lead: string;
  readonly label: string;
  readonly trail: readonly string[];
}

/** Whether a list's items are steps by what stands above it. */
export type Standing = 'negative' | 'positive' | 'neutral';

const NEGATIVE =
  /\b(?:contents|toc|contacts?|on-?call (?:rotation|schedule|contacts)|escalation (?:path|matrix|contacts|chain|levels?)|priority|priorities|severity levels?|symptoms?|causes?|root causes|reasons?|questions?|faqs?|references?|related|see also|links|resources|further reading|definitions?|glossary|terms|terminology|features|benefits|advantages|disadvantages|limitations|assumptions|principles|goals|objectives|scope|impact|audience|metrics|kpis?|indicators|components|architecture|overview|summary|background|stakeholders|responsibilities|roles|members|triggers|examples|known issues|lessons learned|deliverables|outputs|outcomes|findings|results|categories|types|changelog|revision history|success criteria|tips|hints|facts|acceptance criteria|exit criteria|slas?|slos?|key points|options considered|how it works|why)\b/i;
const POSITIVE =
  /\b(?:steps?|procedure|actions?|instructions?|checklist|process|how to|resolution|mitigation|remediation|recovery|rollback|response|investigation|diagnosis|diagnostics?|troubleshooting|playbook|runbook|workflow|deployment|installation|setup|restore|maintenance|verification|tasks|do the following|follow|to do|fix|solution|workaround|execution|preparation|containment|eradication)\b/i;
const DESCRIBES =
  /\b(?:(?:this|the|these|it|which|that|following|each|our|script|command|pipeline|job|workflow|tool|automation|process|system|service|playbook|operator|controller|function|program|action|module|role|procedure|setup|test|app\w*)\b[^.:]{0,60}\b(?:will|does|do|performs?|automatically|is going to|should|can)|(?:specifically|internally|behind the scenes|under the hood|what happens|what it does|how it works|works as follows|happens|it will|consists? of|includes?|composed of|are as follows|there are|are available|we have|comprises|contains?))\b[^.]*[:.]?\s*$/i;
const ASKS_READER =
  /\b(?:you|we|please|follow|perform|do the following|complete|carry out|execute these|run these|these steps|following steps|we need to|must be (?:taken|done|performed)|steps (?:below|are|to)|ensure|make sure)\b/i;

/** Judges a list by the words above it and by the form of its items. `telling` of them tell what to do. Pure. */
export function standingOf(
  items: readonly ItemPiece[],
  telling: number,
  context: ListContext,
): Standing {
  const links = items.filter((item) => item.link !== null).length;
  if (links * 2 > items.length) return 'negative';
  if (items.filter((item) => /\?\s*$/.test(item.text)).length * 2 > items.length) return 'negative';
  if (items.filter((item) => DATED.test(item.text)).length * 2 > items.length) return 'negative';
  const { lead } = context;
  if (lead && !isImperative(lead) && !ASKS_READER.test(lead)) {
    if (DESCRIBES.test(lead) || (STATES.test(lead) && !STEPS.test(lead))) return 'negative';
  }
  const heading = context.trail.at(-1) ?? '';
  const nearest = context.label || (isProblem(heading) ? '' : heading);
  const intro = introduces(lead) ? lead : '';
  if (HELP.test(nearest) && telling * 3 < items.length * 2) return 'negative';
  if (neverSteps(intro || nearest) || (!POSITIVE.test(context.label) && neverSteps(heading))) {
    return 'negative';
  }
  if (lead && POSITIVE.test(lead) && !NEGATIVE.test(lead)) {
    return telling * 2 >= items.length ? 'positive' : 'neutral';
  }
  for (const text of [intro || nearest, nearest]) {
    if (POSITIVE.test(text)) return telling * 2 >= items.length ? 'positive' : 'neutral';
    if (NEGATIVE.test(text)) {
      return telling * 3 >= items.length * 2 && !HARD_NEGATIVE.test(text) ? 'neutral' : 'negative';
    }
  }
  return 'neutral';
}

/** "Symptom: the proxy does not start", "If the check fails": the problem that the items solve. */
const isProblem = (heading: string): boolean =>
  /^\W*(?:\d[\d.]*\s+)?(?:(?:symptom|cause|problem|issue|error|alert|scenario|case)s?\s*\d*\s*[:–—-]\s*\S|(?:if|when|in case)\b)/i.test(
    heading,
  );

/** Whether a sentence says what the list below it is: it ends in a colon, or is no more than a few words. */
const introduces = (lead: string): boolean =>
  /[:：]\W*$/.test(lead) || lead.split(/\s+/, 6).length <= 5;

/** Headings over whom to turn to. */
const HELP =
  /^\W*(?:\d[\d.]*\s+)?(?:(?:getting |need |more )?help|(?:technical |customer |vendor )?support|feedback|contact us|community)\W*$/iu;

/** "Rollback objectives", "Duties of the operator (weekly)": said in verbs, but not to be done now. */
function neverSteps(text: string): boolean {
  const noun = text
    .replace(/\([^)]*\)/g, '')
    .replace(/\s+(?:of|for|in|during|on|by|behind)\s.*$/i, '')
    .replace(/[\s:：*_.]+$/, '');
  return NEVER.test(noun);
}

const NEVER =
  /\b(?:contents|contacts|goals?|objectives?|aims?|responsibilit(?:y|ies)|duties|roles|principles|philosophy|values|benefits|features|faqs?|glossary|definitions|terminology|change ?log|(?:change|revision|version|document|release) (?:history|log)|revisions|triggers|limitations|assumptions|capabilities|learning outcomes|lessons(?: learned| learnt)?|learnings|takeaways|use cases)$/i;

/** "2024-05-01: Add the matrix", "v1.2 - Rename the host": what was changed when. */
const DATED =
  /^\W*(?:\d{4}-\d\d?-\d\d?|\d\d?[./]\d\d?[./]\d{2,4}|v?\d+\.\d+(?:\.\d+)?)\s*(?:\([^)]*\)\s*)?[:–—-]/;

/** A sentence about how something is, and not about what is to be done. */
const STATES =
  /^(?:the|this|it|its|our|an?|each|every|all|there)\b[^:]*\b(?:is|are|uses?|works?|supports?|provides?|consists?|has|have|runs?|depends?)\b/i;
const STEPS =
  /\b(?:process|procedure|steps?|instructions?|workflow|solutions?|fix|workaround|plan)\b/i;
const HARD_NEGATIVE =
  /\b(?:contents|contacts?|causes?|reasons?|symptoms?|questions?|faqs?|references?|see also|further reading|definitions?|glossary|features|benefits|how it works|limitations|principles|assumptions)\b/i;
