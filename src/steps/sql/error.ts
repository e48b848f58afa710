import type { Step } from '../../engine/model/runbook.ts';
import type { DatabaseProblem } from './database.ts';
import { clean } from './table.ts';

/** A problem with its place, ready to be shown. */
export interface ShownProblem {
  /** The lines psql would print, with the author's own line and a caret under the place. */
  readonly text: string;
  /** One sentence for the record. */
  readonly why: string;
}

const MAX_LINE = 160;

/** Shows a problem in the author's own text; `offset` counts UTF-16 units in the fence's text as it ran. */
export function showProblem(
  problem: DatabaseProblem,
  step: Pick<Step, 'text' | 'textLine'>,
  ran: string,
  offset: number | null,
): ShownProblem {
  const place = offset === null ? undefined : placeOf(step, ran, offset);
  const lines = [`ERROR:  ${problem.message}${problem.code ? ` (SQLSTATE ${problem.code})` : ''}`];
  if (place) lines.push(...quoted(place));
  if (problem.detail) lines.push(`DETAIL:  ${problem.detail}`);
  if (problem.hint) lines.push(`HINT:  ${problem.hint}`);
  const where = place ? ` (line ${place.line})` : '';
  return {
    text: `${lines.map(harmless).join('\n')}\n`,
    why: harmless(`${problem.message}${where}`),
  };
}

function harmless(text: string): string {
  return text.split('\n').map(clean).join('\n');
}

interface AuthorPlace {
  /** 1-based line in the runbook. */
  readonly line: number;
  readonly text: string;
  /** 0-based column in that text. */
  readonly column: number;
}

function placeOf(step: Pick<Step, 'text' | 'textLine'>, ran: string, offset: number): AuthorPlace {
  const before = ran.slice(0, offset).split('\n');
  const index = before.length - 1;
  const column = before.at(-1)?.length ?? 0;
  const ranLine = ran.split('\n')[index] ?? '';
  const written = step.text.split('\n')[index];
  const line = step.textLine + index;
  if (written === undefined) return { line, text: ranLine, column };
  return { line, text: written, column: columnAsWritten(written, ranLine, column) };
}

/** The author's line has `{{name}}` where the line that ran has `$1` or a name. */
function columnAsWritten(written: string, ran: string, column: number): number {
  let atWritten = 0;
  let atRan = 0;
  for (const hole of written.matchAll(/\{\{[^{}\n]*\}\}/g)) {
    const literal = written.slice(atWritten, hole.index);
    const next =
      written
        .slice(hole.index + hole[0].length)
        .slice(0, 8)
        .split('{{')[0] ?? '';
    if (!ran.startsWith(literal, atRan)) break;
    const holeInRan = atRan + literal.length;
    if (column < holeInRan) return atWritten + column - atRan;
    const end = next === '' ? ran.length : ran.indexOf(next, holeInRan + 1);
    if (end < 0 || column < end) return hole.index;
    atWritten = hole.index + hole[0].length;
    atRan = end;
  }
  return Math.min(written.length, atWritten + Math.max(0, column - atRan));
}

function quoted(place: AuthorPlace): readonly string[] {
  const from = Math.max(0, place.column - MAX_LINE / 2);
  const head = `LINE ${place.line}: `;
  const shown = place.text.slice(from, from + MAX_LINE).replaceAll('\t', ' ');
  return [`${head}${shown}`, `${' '.repeat(head.length + place.column - from)}^`];
}
