import type { Procedure, Step } from '../model/runbook.ts';
import type { Piece } from './pieces.ts';
import { freeId, readingStep } from './reading-step.ts';
import { isImperative, tellsSurely } from './verbs.ts';

/**
 * Headings whose own text asks for something although it holds no step: "Step 1 - Stop the agent" with a list of
 * bullets, "Ask the platform team to …". A person has to come past them, as past a step. Linear.
 */
export function readStops(
  pieces: readonly Piece[],
  procedures: readonly Procedure[],
  steps: readonly Step[],
  lines: readonly string[],
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
    if (hasStep || procedure.nested || !asks(procedure, own)) continue;
    const id = freeId(`read-${procedure.id}`, taken);
    taken.add(id);
    stops.push(readingStep(id, procedure.title, procedure, { line: procedure.line, end }, lines));
  }
  return stops;
}

/** "Step 1", "Phase 2:", "3. Drain it": an author counts what has to be done. */
const COUNTED =
  /^\W*(?:(?:step|phase|stage|schritt|étape|etape|paso|passo|etapa|stap|krok|steg|шаг|крок)\s*#?\d|\d{1,2}(?:\.\d{1,2}){0,3}[.)]?\s)/iu;
/** What a heading of this name holds is told, not asked for. */
const TELLS =
  /^\W*(?:\d[\d.]*\s+)?(?:overview|summary|background|purpose|scope|impact|symptoms?|causes?|root causes?|description|introduction|about|context|meaning|architecture|glossary|definitions?|terminology|references?|links|see also|related|further reading|resources|contacts?|escalation|on-?call|owners?|history|change ?log|revision history|version history|appendix|table of contents|contents|faqs?|roles|responsibilit(?:y|ies)|metrics|slas?|slos?|severity|priorit(?:y|ies)|assumptions|lessons learned|audience|documentation|document information)\b/i;
const OBLIGES =
  /\b(?:please|(?:you|we|everyone|the on-?call(?: engineer)?|the operator) (?:must|should|shall|need to|have to)|must be (?:\w+ed|told|done|sent|run|kept|shut|set|put|taken|given)|make sure|be sure to|don[’']t forget|remember to)\b/i;

function asks({ title, level }: Procedure, own: readonly Piece[]): boolean {
  const texts = own.flatMap((piece) =>
    piece.kind === 'paragraph' || piece.kind === 'item' ? [bare(piece)] : [],
  );
  const hasCode = own.some(({ kind }) => kind === 'fence');
  if (texts.length === 0 && !hasCode) return false;
  if (TELLS.test(title)) return false;
  if (COUNTED.test(title) || (level > 1 && tells(title))) return true;
  if (level === 1) return false;
  return texts.some((text) => tells(text) || OBLIGES.test(text));
}

const tells = (text: string): boolean => isImperative(text) && tellsSurely(text);

/** "**Health checks**: every 30 s" names something and says what it is. */
const bare = ({ text, strong }: { readonly text: string; readonly strong: string }): string =>
  strong !== '' && text.startsWith(strong)
    ? text.slice(strong.length).replace(/^[\s:：–—-]+/, '')
    : text;
