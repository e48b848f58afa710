import { withoutWritten } from '../literal-secrets.ts';
import type { Procedure, ProcedureRole } from '../model/runbook.ts';
import type { NestedRange } from './lines.ts';
import type { HeadingPiece } from './pieces.ts';
import { documentSlugs } from './slugs.ts';

/** A procedure with the heading it was read from. */
export interface ReadProcedure {
  readonly heading: HeadingPiece;
  readonly procedure: Procedure;
  /** Ids of the procedures around it, outermost first. */
  readonly ancestors: readonly string[];
}

/** Reads the procedures of a runbook from its headings, in the order of the text. */
export function readProcedures(
  headings: readonly HeadingPiece[],
  nested: readonly NestedRange[],
  lastLine: number,
): readonly ReadProcedure[] {
  const slug = documentSlugs();
  const levels = effectiveLevels(headings, nested);
  const ends = endLines(headings, levels, lastLine);
  const open: { readonly level: number; readonly id: string; readonly title: string }[] = [];
  return headings.map((heading, index) => {
    const level = levels[index] ?? heading.level;
    while ((open.at(-1)?.level ?? 0) >= level) open.pop();
    // It makes the ids of its steps, which name files: what its author should not have written is in none.
    const title = withoutWritten(heading.text);
    const id = slug(title, heading.anchor) || slug('procedure');
    const ancestors = open.map((each) => each.id);
    const trail = [...open.map((each) => each.title), title];
    open.push({ level, id, title });
    const procedure: Procedure = {
      id,
      title,
      trail,
      level: heading.level,
      line: heading.line,
      endLine: ends[index] ?? lastLine,
      ...facts(heading.text),
      nested: isNested(heading.line, nested) !== undefined,
    };
    return { heading, procedure, ancestors };
  });
}

/** What a heading or a label says besides its name. */
export function facts(
  title: string,
): Pick<Procedure, 'role' | 'budgetMs' | 'timeOfDay' | 'severity'> {
  return {
    role: roleOf(title),
    budgetMs: budgetOf(title),
    timeOfDay: timeOf(title),
    severity: severityOf(title),
  };
}

/** Headings of a nested runbook stand below the heading that the nested runbook stands under. */
function effectiveLevels(
  headings: readonly HeadingPiece[],
  nested: readonly NestedRange[],
): readonly number[] {
  let outer = 0;
  return headings.map((heading) => {
    if (isNested(heading.line, nested)) return outer + heading.level;
    outer = heading.level;
    return heading.level;
  });
}

function endLines(
  headings: readonly HeadingPiece[],
  levels: readonly number[],
  lastLine: number,
): readonly number[] {
  const ends = headings.map(() => lastLine);
  const open: number[] = [];
  for (const [index, heading] of headings.entries()) {
    while (open.length > 0 && (levels[open.at(-1) ?? 0] ?? 0) >= (levels[index] ?? 0)) {
      ends[open.pop() ?? 0] = heading.line - 1;
    }
    open.push(index);
  }
  return ends;
}

function isNested(line: number, nested: readonly NestedRange[]): NestedRange | undefined {
  let low = 0;
  let high = nested.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nested[middle]?.line ?? 0) <= line) low = middle + 1;
    else high = middle;
  }
  const range = nested[low - 1];
  return range && line <= range.endLine ? range : undefined;
}

function roleOf(title: string): ProcedureRole | null {
  const text = title.replace(/^[^\p{L}]+/u, '').replace(/^step\s*\d+[.:)]?\s*[-–—]?\s*/i, '');
  if (
    /^(?:roll[- ]?back|rolling back|revert(?:ing)?|back(?:ing)?[- ]?out|(?:how to )?undo(?:ing)?(?=$| (?:the|this|these|it|all|changes?|steps?)\b))\b|\b(?:roll-?back|back-?out|fall-?back|undo)(?: procedures?| plan| steps?| instructions?)?$/i.test(
      text,
    )
  ) {
    return /\b(?:testing|test|strategy|criteria|triggers?|considerations)\b/i.test(text)
      ? null
      : 'rollback';
  }
  if (
    /^(?:clean(?:ing)?[- ]?up|tear(?:ing)?[- ]?down)\b|\b(?:cleanup|clean-up|teardown)$/i.test(text)
  )
    return 'cleanup';
  if (
    /^(?:pre-?requisites?|requirements?|before you (?:begin|start)|set-?up|setup|pre[- ](?!mortem)\w+)\b/i.test(
      text,
    )
  )
    return 'prerequisites';
  if (/^(?:verification|verify(?:ing)?|validation|post[- ](?!mortem|incident)\w+)\b/i.test(text))
    return 'verification';
  return null;
}

const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

function budgetOf(title: string): number | null {
  const inside = [...title.matchAll(/\(([^()]{1,80})\)/g)].map((match) => match[1] ?? '');
  for (const text of inside) {
    const match =
      /(?<![\d.])(?:(\d{1,9}(?:\.\d{1,9})?)\s{0,9}[-–—]\s{0,9})?(\d{1,9}(?:\.\d{1,9})?)[ -]?(seconds?|secs?|minutes?|mins?|hours?|hrs?|days?)\b/i.exec(
        text,
      );
    if (!match) continue;
    const unit = UNIT_MS[(match[3] ?? 'm')[0]?.toLowerCase() ?? 'm'] ?? 0;
    return Math.round(Number(match[2]) * unit);
  }
  return null;
}

function timeOf(title: string): string | null {
  const match = /(?:\(|\bat )([01]?\d|2[0-3]):([0-5]\d)(?:\s*([ap])m\b)?/i.exec(title);
  if (!match) return null;
  let hour = Number(match[1]);
  if (match[3]?.toLowerCase() === 'p' && hour < 12) hour += 12;
  if (match[3]?.toLowerCase() === 'a' && hour === 12) hour = 0;
  return `${String(hour).padStart(2, '0')}:${match[2]}`;
}

function severityOf(title: string): string | null {
  const match = /\bP([0-4])\b/.exec(title) ?? /\bSEV[- ]?([0-4])\b/i.exec(title);
  return match ? `P${match[1]}` : null;
}
