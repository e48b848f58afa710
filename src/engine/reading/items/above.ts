import { WAYS } from '../languages/condition-words.ts';
import { english } from '../languages/english.ts';
import type { Language } from '../languages/language.ts';
import { tellsOfDoing } from '../languages/leads.ts';
import type { ItemPiece } from '../pieces.ts';
import { isGerund, isImperative } from '../verbs.ts';
import type { Tongues } from './saying.ts';

/** What stands above a list, for judging what kind of list it is. */
export interface ListContext {
  /** Texts from the nearest to the farthest: sentence above, label, headings. */
  readonly lead: string;
  readonly label: string;
  readonly trail: readonly string[];
  /** Languages of the page. */
  readonly page: readonly Language[];
}

/** "Question round", "Reference import": a word in the singular before a noun only says of what kind that is. */
const OF_KIND =
  /\b(?:question|cause|reason|symptom|reference|contact|definition|rule|role|member|trigger|example|result|finding|goal)(?= (?!and|or|for|of|in|to|on|with|is|are|by|at|from|about|lists?|info|information|details?|persons?|people|points?|numbers?|us|documents?|documentation|materials?|links?|guides?)[a-z])/gi;

/** What the words above a list say about its items. */
export interface Above {
  /** What the nearest words that tell are over: things to be done, things that are, or what is never to be done. */
  readonly over: 'steps' | 'facts' | 'never' | null;
  /** The sentence above says how something works, or is. */
  readonly describes: boolean;
  /** The heading gives it weeks or months: a plan, and nothing to be done in a run. */
  readonly planned: boolean;
  /** The sentence above asks the reader. */
  readonly asked: boolean;
  /** The sentence above says that there are several ways: the items may be no more than their names. */
  readonly ways: boolean;
  /** The heading names a thing to be done: "Restart the database", "Rotating keys". */
  readonly headingTells: boolean;
}

const NEGATIVE =
  /\b(?:contents|toc|contacts?|on-?call (?:rotation|schedule|contacts)|escalation (?:path|matrix|contacts|chain|levels?)|priority|priorities|severity levels?|symptoms?|causes?|root causes|reasons?|questions?|faqs?|references?|related|see also|links|resources|further reading|definitions?|glossary|terms|terminology|features|benefits|advantages|disadvantages|limitations|assumptions|principles|goals|objectives|scope|impact|audience|metrics|kpis?|indicators|components|architecture|overview|summary|background|stakeholders|responsibilities|roles|members|triggers|examples|known issues|lessons learned|deliverables|outputs|outcomes|findings|results|categories|types|changelog|revision history|success criteria|tips|hints|facts|acceptance criteria|exit criteria|slas?|slos?|key points|options considered|how it works|why|notes?|inventory|safety|rules|policy|policies|guidelines|what (?:was|were|has been|is|are|we) (?:done|set ?up|changed|checked|installed|configured|implemented|learned|learnt|know|use|have))\b/i;
const POSITIVE =
  /\b(?:steps?|procedure|actions?|instructions?|checklist|process|how to|resolution|mitigation|remediation|recovery|rollback|response|investigation|diagnosis|diagnostics?|troubleshooting|playbook|runbook|workflow|deployment|installation|setup|restore|maintenance|verification|tasks|do the following|follow|to do|fix|solution|workaround|execution|preparation|containment|eradication)\b/i;
const DESCRIBES =
  /\b(?:(?:this|the|these|it|which|that|following|each|our|script|command|pipeline|job|workflow|tool|automation|process|system|service|playbook|operator|controller|function|program|action|module|role|procedure|setup|test|app\w*)\b[^.:]{0,60}\b(?:will|does|do|performs?|automatically|is going to|should|can)|(?:specifically|internally|behind the scenes|under the hood|what happens|what it does|how it works|works as follows|happens|it will|consists? of|includes?|composed of|are as follows|there are|are available|we have|comprises|contains?))\b[^.]*[:.]?\s*$/i;
const ASKS_READER =
  /\b(?:you|we|please|follow|perform|do the following|complete|carry out|execute these|run these|these steps|following steps|we need to|must be (?:taken|done|performed)|steps (?:below|are|to)|ensure|make sure|(?:two|three|four|several|multiple|different|various) (?:\w+ )?(?:ways|methods|options|approaches)|one of (?:the following|these|the two))\b/i;
/** "This can be done without a restart:": it says how somebody does it, and not what it does. */
const DONE_SO =
  /\b(?:can|may|could|must|has to|have to|needs? to) be [a-z]{2,12}(?:ed|ne|de|lt|un)\b/i;
/** "In this guide:", "We will cover:", "You will learn how to:": what the page itself is about. */
const ABOUT_PAGE =
  /^\W{0,4}(?:in|throughout|by the end of|at the end of|after) (?:this|the following) (?:guide|tutorial|article|document|post|page|chapter|module|lesson|course|section|workshop|lab|video|manual|runbook)\b(?![^.]{0,80}\b(?:do the following|following steps|follow|perform|complete the|carry out)\b)|^\W{0,4}(?:this|the following) (?:guide|tutorial|article|document|post|page|chapter|module|lesson|course|section|workshop|lab|video|manual|runbook)(?: will| is going to)? (?:covers?|explains?|describes?|shows?|walks?|teach(?:es)?|discuss(?:es)?|outlines?|addresses|deals?)\b|^\W{0,4}(?:here,? |now,? |today,? )?(?:we|you)(?:[’']ll| will| are going to|[’']re going to)?(?: also)? (?:cover|learn|discuss|explore)\b|^\W{0,4}(?:what (?:(?:you|we)(?:[’']ll| will)|this \w+ will) (?:learn|cover|discuss|do|build)|topics(?: covered)?|learning (?:goals|objectives|outcomes)|agenda|outline)\W{0,6}$/i;
/** A sentence about how something is, and not about what is to be done. */
const STATES =
  /^(?:the|this|it|its|our|an?|each|every|all|there)\b[^:]*\b(?:is|are|uses?|works?|supports?|provides?|consists?|has|have|runs?|depends?)\b/i;
const STEPS =
  /\b(?:process|procedure|steps?|instructions?|workflow|solutions?|fix|workaround|plan)\b/i;
const HARD_NEGATIVE =
  /\b(?:contents|contacts?|causes?|reasons?|symptoms?|questions?|faqs?|references?|see also|further reading|definitions?|glossary|features|benefits|how it works|limitations|principles|assumptions|rules)\b/i;
const NEVER =
  /\b(?:contents|contacts|goals?|objectives?|aims?|responsibilit(?:y|ies)|duties|roles|principles|philosophy|values|benefits|features|faqs?|glossary|definitions|terminology|change ?log|(?:change|revision|version|document|release) (?:history|log)|revisions|triggers|limitations|assumptions|capabilities|learning outcomes|lessons(?: learned| learnt)?|learnings|takeaways|use cases|safety rules|(?:best|good) practices)$/i;
/** "Short term (1–2 weeks)", "中期（1个月）": units of plans, in the languages of the packs. */
const HORIZON =
  /[(（][^()（）]{0,20}\d\s?(?:weeks?|months?|quarters?|wochen?|monaten?|semaines?|mois|semanas?|mes(?:es)?|settiman[ae]|mes[ei]|weken|maanden|tygodnie?|tygodni|miesi[ąę]c\p{L}*|veckor|månader|týdn[yů]|měsíc[eů]?|недел[иья]|месяц\p{L}{0,2}|тижн[іів]{1,2}|місяц\p{L}{0,2}|週間|[ヶカか]月|周|[个個]月|주|개월|hafta|ay|tuần|tháng|uger|måneder|uker|viikkoa|kuukautta|săptămâni|luni|hét|hónap|minggu|bulan|εβδομάδες|μήνες)(?!\p{L})[^()（）]{0,20}[)）]/iu;
/** Headings over goals and lessons, which are told in verbs and are nothing to be done now, in the languages of the packs. */
const GOALS =
  /(?<!\p{L})(?:ziele?|zweck|erkenntnisse|lehren|objectifs?|buts?|leçons|objetivos?|lecciones|lições|aprendizados|obiettiv[io]|scop[io]|lezioni|doel(?:en|stellingen?)?|lessen|cele?|wnioski|syften?|lärdomar|formål|cíle?|poučení|цел[иь]|выводы|уроки|цілі|мета|висновки|tavoitteet|hedefler|dersler|obiective?|célok?|στόχοι|mục tiêu|tujuan|(?:mejores|buenas) prácticas|bonnes pratiques|(?:melhores|boas) práticas|(?:migliori|buone) pratiche|лучшие практики|(?:найкращі|кращі) практики|osvědčené postupy|osvedčené postupy|(?:dobre|najlepsze) praktyki|najbolj[eših]{1,3} praks\p{L}|praktik terbaik|thực tiễn tốt nhất|أفضل الممارسات|بهترین شیوه‌ها|parhaat käytännöt|bästa praxis|(?:bedste|beste) praksis|(?:βέλτιστες|καλές) πρακτικές|en iyi uygulamalar|legjobb gyakorlatok|(?:bune|cele mai bune) practici)(?!\p{L})|最佳[实實][践踐]|ベストプラクティス|모범 사례|目标|目標|教训|教訓|経験から|목표|교훈|학습 포인트/iu;
/** "Message template:", "Draft of the e-mail:": what stands below is said to others, whatever it tells them to do. */
const MESSAGE =
  /^\W{0,6}(?:(?:the|this|a|an|our|sample|example|suggested|proposed|initial|first|final|internal|external|customer|public|incident|outage|maintenance|status|slack|teams|chat)\s){0,3}(?:(?:page|channel|e-?mail|mail|message|messages|notice|notification|announcement|communications?|comms|update|reply|letter|sms|banner|post|ticket|report)\s){1,2}(?:templates?|wording|drafts?|text)$|^\W{0,6}(?:the |a )?(?:templates?|wording|drafts?|text)\s(?:of|for)\s(?:(?:the|this|an?|our|customer|internal|external|public)\s){0,2}(?:e-?mail|mail|message|notice|notification|announcement|communication|update|reply|letter|sms|banner|post)\b/i;
/** Headings over whom to turn to. */
const HELP =
  /^\W*(?:\d[\d.]*\s+)?(?:(?:getting |need |more )?help|(?:technical |customer |vendor )?support|feedback|contact us|community)\W*$/iu;

/** "automatically", which most languages have as one word. */
export const BY_ITSELF =
  /(?<!\p{L})автомат\p{L}*|(?<!\p{L})(?:autom[aáā]t|automaat)\p{L}{2,}(?!\p{L})|otomati[ks]|自動|自动|자동|αυτόματα|tự động|אוטומטי|تلقائي|خودکار|به‌طور خودکار|อัตโนมัติ|स्वचालित|स्वतः/iu;

/** The last words before the colon. */
const BY_ITSELF_AT_END = /\S[:：][^\p{L}\p{N}:：]*$/u;

/** Judges the words above a list. `telling` of its items tell what to do. Pure. */
export function aboveOf(
  items: readonly ItemPiece[],
  telling: number,
  context: ListContext,
  tongues: Tongues,
): Above {
  const { lead, label } = context;
  const heading = context.trail.at(-1) ?? '';
  const asked = lead !== '' && ASKS_READER.test(lead);
  const languages = [english, ...tongues.others.map(({ language }) => language)];
  const doing =
    ABOUT_PAGE.test(lead || label || heading) ||
    [lead || label, lead ? '' : heading].some((text) => tellsOfDoing(text, languages));
  // "GitHub Actions akan otomatis:", over what nobody has to do.
  const isByItself =
    BY_ITSELF_AT_END.test(lead) && telling * 2 < items.length && !isImperative(lead);
  const describes =
    doing ||
    (isByItself && BY_ITSELF.test(lead)) ||
    (lead !== '' &&
      !isImperative(lead) &&
      !asked &&
      !(DONE_SO.test(lead) && telling * 3 >= items.length * 2) &&
      (leadsOver(lead) || telling * 3 < items.length * 2) &&
      (DESCRIBES.test(lead) || (STATES.test(lead) && !STEPS.test(lead))));
  return {
    over: doing ? 'never' : overOf(items, telling, context, tongues),
    describes,
    planned: [label, heading].some((text) => HORIZON.test(text)),
    asked,
    ways: WAYS.test(lead) && /[:：][^\w:：]*$/.test(lead),
    headingTells: [label, heading].some((text) => isImperative(text) || isGerund(text)),
  };
}

function overOf(
  items: readonly ItemPiece[],
  telling: number,
  context: ListContext,
  tongues: Tongues,
): Above['over'] {
  const { lead, label } = context;
  const heading = context.trail.at(-1) ?? '';
  const mostTell = telling * 3 >= items.length * 2;
  const nearest = (label || (isProblem(heading) ? '' : heading)).replace(OF_KIND, '');
  // What tells what to do is no heading over people or causes: "Contact the insurer:".
  const intro = introduces(lead) && !isImperative(lead) ? lead.replace(OF_KIND, '') : '';
  if (HELP.test(nearest) && !mostTell) return 'never';
  if (isFollowUp(context)) return 'never';
  if (isOverGoals(nearest, tongues) || isOverMessage(intro || nearest)) return 'never';
  if (neverSteps(intro || nearest) || (!POSITIVE.test(label) && neverSteps(heading)))
    return 'never';
  // "Responsibilities": its names stay names, whatever the sentence between speaks of.
  if (
    nearest !== '' &&
    areNamed(items) &&
    tongues.others.some((each) => each.over(nearest) === 'never')
  )
    return 'never';
  if (lead && POSITIVE.test(lead) && !NEGATIVE.test(lead)) return 'steps';
  for (const text of [intro || nearest, nearest]) {
    if (POSITIVE.test(text)) return 'steps';
    if (NEGATIVE.test(text)) {
      if (HARD_NEGATIVE.test(text) && !(mostTell && isImperative(text))) return 'never';
      return mostTell ? null : 'facts';
    }
    for (const tongue of tongues.others) {
      const over = text === '' ? null : tongue.over(text);
      if (over === null || (over === 'facts' && TIMED_PART.test(text))) continue;
      if (over === 'never' && areNamed(items)) return over;
      return over !== 'steps' && mostTell ? (over === 'never' ? 'facts' : null) : over;
    }
  }
  if (/[?？]\s*$/.test(nearest) && !/\bhow\b/i.test(nearest)) return mostTell ? null : 'facts';
  if (!NUMBERED.test(heading)) return null;
  return context.trail.slice(0, -1).some((above) => saysSteps(above, tongues)) ? 'steps' : null;
}

/** "**Act fast** - begin within five minutes": principles have names, whatever these are explained by. */
const areNamed = (items: readonly ItemPiece[]): boolean =>
  items.filter(
    ({ strong, text }) => strong !== '' && text.startsWith(strong) && strong.length < text.length,
  ).length *
    3 >=
  items.length * 2;

/** "Action items" of a page about what has happened: they are for the weeks after it, and nothing to be done in a run. */
const isFollowUp = ({ label, trail }: ListContext): boolean =>
  trail.slice(0, -1).some((title) => POSTMORTEM.test(title)) &&
  [label, trail.at(-1) ?? ''].some((text) => FOLLOW_UP.test(text));

const POSTMORTEM =
  /\bpost[- ]?mortems?\b|\b(?:incident|outage) (?:reports?|reviews?|retrospectives?)\b|\bretrospectives?\b|\broot cause analysis\b|ポストモーテム|障害報告|复盘|事后分析|포스트모템|장애 ?보고/i;
const FOLLOW_UP =
  /^\W{0,8}(?:\d[\d.]{0,6}\s)?(?:(?:corrective|preventive|preventative|remedial|follow[- ]?up|future|planned|next|remaining)(?: and (?:corrective|preventive|preventative))? )?(?:action ?items?|actions?|follow[- ]?ups?|next steps|improvements|tasks)\W{0,8}$|再発防止|改善措施|后续行动|재발 방지|후속 조치/i;

const LONGEST_GOALS = 60;

const isOverGoals = (heading: string, { others }: Tongues): boolean =>
  others.length > 0 &&
  heading.length <= LONGEST_GOALS &&
  GOALS.test(heading) &&
  !others.some((tongue) => tongue.tells(heading) >= 1);

const isOverMessage = (text: string): boolean =>
  MESSAGE.test(text.replace(/(?<![\s:：*_.])[\s:：*_.]+$/, ''));

/** "2. Preparation (20 min)", "Phase 3": a part of what the heading above it says. */
const NUMBERED = /^\W{0,8}(?:\d|(?:step|phase|stage|part)\b)/iu;

/** "2. Data safety (15–40 min)": what takes its time is done, whatever it is about. */
const TIMED_PART =
  /^\W{0,8}\d.*[(（]\s?\d{1,3}\s?(?:[-–]\s?\d{1,3}\s?)?\p{L}{1,10}\.?\s?[)）]\W*$/u;

const saysSteps = (heading: string, tongues: Tongues): boolean =>
  (POSITIVE.test(heading) && !NEGATIVE.test(heading)) ||
  tongues.others.some((tongue) => heading !== '' && tongue.over(heading) === 'steps');

/** "Symptom: the proxy does not start", "If the check fails": the problem that the items solve. */
const isProblem = (heading: string): boolean =>
  /^\W{0,40}(?:\d[\d.]{0,20}\s+)?(?:(?:symptom|cause|problem|issue|error|alert|scenario|case)s?\s{0,9}\d{0,9}\s{0,9}[:–—-]\s*\S|(?:if|when|in case)\b)/i.test(
    heading,
  );

/** Whether a sentence says what the list below it is: it ends in a colon, or is no more than a few words. */
const introduces = (lead: string): boolean =>
  /[:：][^\w:：]*$/.test(lead) || lead.split(/\s+/, 6).length <= 5;

/** Whether a sentence speaks of the list below it; one that ends in a full stop may be about anything. */
const leadsOver = (lead: string): boolean =>
  /[:：][^\w:：]*$/.test(lead) ||
  !/[.。][)"*_]{0,4}$/.test(lead) ||
  /\b(?:following|follows|below|steps)\b/i.test(lead);

/** "Rollback objectives", "Duties of the operator (weekly)": said in verbs, but not to be done now. */
function neverSteps(text: string): boolean {
  const noun = text
    .replace(/\([^()]*\)/g, '')
    .replace(/(?<!\s)\s+(?:of|for|in|during|on|by|behind)\s.*$/is, '')
    .replace(/(?<![\s:：*_.])[\s:：*_.]+$/, '');
  return NEVER.test(noun);
}
