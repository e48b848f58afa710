import type { Procedure, Step } from '../model/runbook.ts';
import { sayingOf, type Tongues, tonguesOf } from './items/saying.ts';
import type { Language } from './languages/language.ts';
import type { ListPiece, Piece } from './pieces.ts';
import { freeId, readingStep } from './reading-step.ts';

/**
 * Headings whose own text asks for something although it holds no step: "Step 1 - Stop the agent" with a list of
 * bullets, "Ask the platform team to …", in any language that items are judged in. A person has to come past them, as
 * past a step. Linear.
 */
export function readStops(
  pieces: readonly Piece[],
  procedures: readonly Procedure[],
  steps: readonly Step[],
  lines: readonly string[],
  languages: readonly Language[],
): readonly Step[] {
  const taken = new Set(steps.map(({ id }) => id));
  const stepLines = steps.map(({ line }) => line).toSorted((one, other) => one - other);
  const stops: Step[] = [];
  let piece = 0;
  let step = 0;
  for (const [at, procedure] of procedures.entries()) {
    const end = (procedures[at + 1]?.line ?? lines.length + 1) - 1;
    const own: Piece[] = [];
    while ((pieces[piece]?.line ?? end + 1) <= procedure.line) piece += 1;
    for (let next = pieces[piece]; next !== undefined && next.line <= end; next = pieces[piece]) {
      own.push(next);
      piece += 1;
    }
    while ((stepLines[step] ?? end + 1) < procedure.line) step += 1;
    const hasStep = (stepLines[step] ?? end + 1) <= end;
    if (hasStep || procedure.nested) continue;
    const isCounted = countsOn(procedure, procedures[at - 1], procedures[at + 1]);
    if (!asks(procedure, own, isCounted, languages)) continue;
    const id = freeId(`read-${procedure.id}`, taken);
    taken.add(id);
    stops.push(readingStep(id, procedure.title, procedure, { line: procedure.line, end }, lines));
  }
  return stops;
}

/**
 * Lists that hold commands which no sentence asks to run, among the steps of a section: a person has to come past them.
 * Below a heading without steps they are part of what is read there, or of what only tells.
 */
export function unaskedStops(
  lists: readonly ListPiece[],
  procedures: readonly Procedure[],
  steps: readonly Step[],
  lines: readonly string[],
): readonly Step[] {
  const holding = new Set(steps.map(({ procedure }) => procedure));
  const taken = new Set(steps.map(({ id }) => id));
  return lists.flatMap(({ line, endLine, items }) => {
    const around = procedures.findLast((one) => one.line <= line && line <= one.endLine);
    if (!holding.has(around?.id ?? '')) return [];
    const id = freeId(`read-${around?.id ?? 'list'}-commands`, taken);
    taken.add(id);
    const title = `${items[0]?.text ?? ''}${items.length > 1 ? ' …' : ''}`;
    return [readingStep(id, title, around, { line, end: endLine }, lines)];
  });
}

/** Stops whose headings are counted among others, of the same level in the same chapter, some of which hold steps. */
export function stepsWithoutSteps(
  stops: readonly Step[],
  procedures: readonly Procedure[],
  steps: readonly Step[],
): readonly Step[] {
  const holding = new Set(steps.map(({ procedure }) => procedure));
  const row = ({ level, trail }: Procedure): string => JSON.stringify([level, trail.slice(0, -1)]);
  const counted = procedures.filter(
    (one, at) => COUNTED.test(one.title) || countsOn(one, procedures[at - 1], procedures[at + 1]),
  );
  const rows = new Set(counted.filter(({ id }) => holding.has(id)).map(row));
  const among = new Set(counted.filter((one) => rows.has(row(one))).map(({ id }) => id));
  return stops.filter(({ procedure }) => among.has(procedure));
}

/** "Step 1", "Phase 2:", "3. Drain it": an author counts what has to be done. */
const COUNTED = /^\W*(?:(?:step|phase|stage)\s*#?\d|\d{1,2}(?:\.\d{1,2}){0,3}[.)]?\s)/iu;
/** "Schritt 1", "步骤 2", "第三步": a number beside the word for a step, whose language knows it. */
const NUMBERED = /\d|[一二三四五六七八九十]/u;
/** What a heading of this name holds is told, not asked for. */
const TELLS =
  /^\W*(?:\d[\d.]*\s+)?(?:overview|summary|background|purpose|scope|impact|symptoms?|causes?|root causes?|description|introduction|about|context|meaning|architecture|glossary|definitions?|terminology|references?|links|see also|related|further reading|resources|contacts?|escalation|on-?call|owners?|history|change ?log|revision history|version history|appendix|table of contents|contents|faqs?|roles|responsibilit(?:y|ies)|metrics|slas?|slos?|severity|priorit(?:y|ies)|assumptions|lessons learned|audience|documentation|document information)\b/i;
const OBLIGES =
  /\b(?:please|(?:you|we|everyone|the on-?call(?: engineer)?|the operator) (?:must|should|shall|need to|have to)|must be (?:\w+ed|told|done|sent|run|kept|shut|set|put|taken|given)|make sure|be sure to|don[’']t forget|remember to)\b/i;

function asks(
  { title, level }: Procedure,
  own: readonly Piece[],
  isCounted: boolean,
  languages: readonly Language[],
): boolean {
  const texts = own.flatMap((piece) =>
    piece.kind === 'paragraph' || piece.kind === 'item' ? [bare(piece)] : [],
  );
  const hasCode = own.some(({ kind }) => kind === 'fence');
  if (texts.length === 0 && !hasCode) return false;
  if (TELLS.test(title)) return false;
  const tongues = tonguesOf(texts, title, languages);
  const over = [...tonguesOf([title], '', languages).others, ...tongues.others]
    .map((tongue) => tongue.over(title))
    .find((each) => each !== null);
  const isSteps = over === 'steps' && NUMBERED.test(title);
  if (COUNTED.test(title) || isSteps) return true;
  const isKnown = tongues.english || tongues.others.length > 0;
  if (isCounted && !isKnown) return true;
  if (over === 'never' || over === 'facts') return false;
  if (level > 1 && tells(title, tongues)) return true;
  if (level === 1) return false;
  if (texts.some((text) => tells(text, tongues) || obliges(text, tongues))) return true;
  return texts.filter((text) => mayTell(text, tongues)).length * 2 > texts.length;
}

const SURELY = 2;
/** As an item of a list: nouns seldom have the form. English verbs that are nouns as well are too many for it. */
const LIKELY = 1.4;
const MAYBE = 1.1;

function tells(text: string, tongues: Tongues): boolean {
  if (sayingOf(text, tongues).tells >= SURELY) return true;
  return tongues.others.some((tongue) => tongue.say(text).tells >= LIKELY);
}

/** A form that nouns have as well: where most of a heading's texts have it, they tell. */
function mayTell(text: string, tongues: Tongues): boolean {
  return tongues.others.some((tongue) => tongue.say(text).tells >= MAYBE);
}

/** English says "must" and "should" of machines as well; a pack's words for a duty stand as they are. */
function obliges(text: string, tongues: Tongues): boolean {
  if (OBLIGES.test(text)) return true;
  return tongues.others.some((tongue) => {
    const { duty, states } = tongue.say(text);
    return duty && !states;
  });
}

/** "Hatua 1" and "Hatua 2" beside each other: counted by one word, whatever its language. */
function countsOn(
  { title, level }: Procedure,
  before: Procedure | undefined,
  after: Procedure | undefined,
): boolean {
  const own = countOf(title);
  if (own === null) return false;
  const isNext = (other: Procedure | undefined, by: number): boolean => {
    const count = other?.level === level ? countOf(other.title) : null;
    return count?.word === own.word && count.number === own.number + by;
  };
  return isNext(before, -1) || isNext(after, 1);
}

function countOf(title: string): { readonly word: string; readonly number: number } | null {
  const [, word, digits] = /^\W{0,4}(\p{L}{2,16})\s?#?(\d{1,2})(?!\d)/u.exec(title) ?? [];
  return word === undefined || digits === undefined
    ? null
    : { word: word.toLowerCase(), number: Number(digits) };
}

/** "**Health checks**: every 30 s" names something and says what it is. */
const bare = ({ text, strong }: { readonly text: string; readonly strong: string }): string =>
  strong !== '' && text.startsWith(strong)
    ? text.slice(strong.length).replace(/^[\s:：–—-]+/, '')
    : text;

/** "Step 2: do it" as a line of plain text: the word alone says what it is. */
const STEP_LINE = /^[ \t]{0,3}step \d{1,2}[:.)]? +(\S.*)/i;
/** "(1) do it", "4a. do it", "b) do it", "2 - do it", "#3 do it", "1.2 do it": some mark stands around the number. */
const MARKED =
  /^[ \t]{0,3}([(#]?)((?:\d{1,2}\.){0,3})(\d{1,2}[a-z]?|[ivx]{2,4}|[a-z])([ \t][-–—:]|[.):]{0,2})[ \t]+(\S.*)/i;
/** "① do it". */
const CIRCLED = /^[ \t]{0,3}([\u2460-\u2473])[ \t]*(\S.*)/u;

interface Counted {
  /** All of the mark but what counts on. */
  readonly shape: string;
  readonly count: number;
  readonly text: string;
}

/** A line that is counted. */
export interface CountedLine {
  /** What stands behind the number. */
  readonly text: string;
  /** The word for a step stands before it. */
  readonly said: boolean;
}

/**
 * What stands behind the numbers of lines that are counted and are no list: by the word for a step (`said`), or where the
 * number before or behind is there too. `before` and `after` are the nearest lines of the paragraphs around.
 */
export function countedLines(
  lines: readonly string[],
  { before, after }: { readonly before: string; readonly after: string },
): readonly CountedLine[] {
  const read = [before, ...lines, after].map(markOf);
  return lines.flatMap((line, at): CountedLine[] => {
    const said = STEP_LINE.exec(line)?.[1];
    if (said !== undefined) return [{ text: said, said: true }];
    const own = read[at + 1];
    if (own == null) return [];
    const isNext = follows(own, read[at]) || follows(read[at + 2], own);
    return isNext ? [{ text: own.text, said: false }] : [];
  });
}

const follows = (later: Counted | null | undefined, earlier: Counted | null | undefined): boolean =>
  later != null &&
  earlier != null &&
  later.shape === earlier.shape &&
  later.count - earlier.count === 1;

function markOf(line: string): Counted | null {
  const [, circle, behind] = CIRCLED.exec(line) ?? [];
  if (circle !== undefined && behind !== undefined)
    return { shape: 'circle', count: circle.codePointAt(0) ?? 0, text: behind };
  const [, open = '', above = '', own = '', close = '', text] = MARKED.exec(line) ?? [];
  // "3 replicas", "a host": a word of a sentence.
  if (text === undefined || open + above + close === '') return null;
  const [, number = '', letter = own] = /^(\d+)([a-z]?)$/i.exec(own) ?? [];
  const said = letter === '' ? number : letter;
  const shape = [open, above, letter === '' ? '' : number, kindOf(said), close].join(' ');
  return { shape, count: ordinalOf(said), text };
}

const kindOf = (said: string): string =>
  /\d/.test(said) ? 'number' : said.length > 1 || said === 'i' ? 'roman' : 'letter';

const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii'];

function ordinalOf(said: string): number {
  if (/\d/.test(said)) return Number(said);
  const roman = ROMAN.indexOf(said.toLowerCase());
  return said.length > 1 || said === 'i' ? roman + 1 : (said.toLowerCase().codePointAt(0) ?? 0);
}
