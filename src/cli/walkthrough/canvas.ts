import { colouredCode } from '../screen/code.ts';
import {
  bothEnds,
  clip as clipSafe,
  clustersOf,
  displayWidth,
  fold as foldSafe,
} from '../screen/layout.ts';
import type { Marks } from '../screen/marks.ts';
import { screenCode, screenLine, screenText } from '../screen/safe-text.ts';
import type { Style } from '../screen/style.ts';

/** What every screen is drawn on: a width, a style and the person's wish for plain text. */
export interface Canvas {
  /** Columns; at least 20. */
  readonly width: number;
  /** Lines of the screen; at least 10. */
  readonly rows: number;
  readonly marks: Marks;
  readonly style: Style;
  /** One fact a line, whole words, nothing redrawn. */
  readonly plain: boolean;
  /** Markdown as screen lines of at most `width` columns. */
  readonly prose: (markdown: string, width: number) => readonly string[];
}

/** A text folded to lines of at most `width` columns at spaces, where there are any; made safe first. */
export function fold(text: string, width: number, indent = ''): readonly string[] {
  const room = Math.max(8, width - indent.length);
  return foldSafe(screenLine(text), room).map((line) => indent + line);
}

/** A text cut to `width` columns, with `…` where something is missing; made safe first. */
export function clip(text: string, width: number): string {
  return clipSafe(screenLine(text), width);
}

/** `left` and `right` on one line; `right` goes when there is no room for both. */
export function spread(left: string, right: string, width: number): string {
  const room = width - displayWidth(right) - 3;
  return room < 12
    ? clip(left, width)
    : bothEnds(clip(left, room), right, sideWidth(width, [left], [right]));
}

/**
 * Columns for two texts at the ends of a line, or of lines one below the other: no more than they need and a usual
 * screen has, because on a wide one the eye loses its line on the way from one end to the other.
 */
export function sideWidth(
  width: number,
  left: readonly string[],
  right: readonly string[],
): number {
  const longest = (texts: readonly string[]): number =>
    texts.reduce((most, text) => Math.max(most, displayWidth(screenLine(text))), 0);
  return Math.min(width, Math.max(USUAL_COLUMNS, longest(left) + SIDE_GAP + longest(right)));
}

const USUAL_COLUMNS = 100;
const SIDE_GAP = 6;

/** Facts as sentences, for plain words: each ends once, however its text ended, and one that is empty says nothing. */
export function sentences(...said: readonly string[]): string {
  return said
    .map((fact) => fact.trim())
    .filter((fact) => fact !== '')
    .map((fact) => (/[.!?…。！？]$/u.test(fact) ? fact : `${fact.replace(/[:;,：]$/u, '')}.`))
    .join(' ');
}

/** A word of ours as the first of a sentence; the page's own stay as they are. */
export const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** A rule across the screen. */
export const rule = ({ width, marks, style }: Canvas): string =>
  style('dim', marks.rule.repeat(width));

/** How much of a script is shown. */
export interface Shown {
  /** Lines of the screen that it may take. */
  readonly most: number;
  readonly language?: string | null;
  /** What shows the rest, such as `+ shows all`. */
  readonly rest?: string;
  /** Lines (from 0) that are left out before any other, where not all fit. */
  readonly spare?: ReadonlySet<number>;
}

/** A script with numbered lines behind a margin; longer lines are folded under their number. */
export function numbered(text: string, canvas: Canvas, shown: Shown): readonly string[] {
  const whole = numberedLines(text, canvas);
  const digits = String(whole.length).length;
  const isLong = fitting(whole, shown.most).isCut;
  const spare = (isLong && shown.spare) || NONE;
  const all = whole.flatMap((folded, at) => (spare.has(at) ? [] : [{ folded, at }]));
  const { count } = fitting(
    all.map(({ folded }) => folded),
    shown.most,
  );
  const lines = all.slice(0, count).flatMap(({ folded, at }) =>
    folded.map((piece, part) => {
      const number = part === 0 ? String(at + 1).padStart(digits) : ' '.repeat(digits);
      const code = colouredCode(piece, shown.language ?? 'bash', canvas.style);
      return `  ${canvas.style('dim', `${number} ${canvas.marks.bar}`)} ${code}`;
    }),
  );
  if (!isLong) return lines;
  const rest = whole.length - count;
  const how = shown.rest === undefined ? '' : `: ${shown.rest}`;
  const more = `… ${rest} more ${rest === 1 ? 'line' : 'lines'}${how}`;
  return [...lines, canvas.style('dim', `  ${more}`)];
}

const NONE: ReadonlySet<number> = new Set();

/** Whether a script takes more lines of the screen than it may. */
export const isTooLong = (text: string, canvas: Canvas, most: number): boolean =>
  fitting(numberedLines(text, canvas), most).isCut;

/** The lines of a script, each as the pieces that fit the screen. */
function numberedLines(text: string, canvas: Canvas): readonly (readonly string[])[] {
  const all = screenCode(text.replace(/\n$/, '')).split('\n');
  const room = Math.max(8, canvas.width - String(all.length).length - 5);
  return all.map((line) => pieces(line.replaceAll('\t', '    '), room));
}

/** How many whole lines fit, one at least; what is cut says so on a line more, which the last line may as well take. */
function fitting(
  all: readonly (readonly string[])[],
  most: number,
): { readonly count: number; readonly isCut: boolean } {
  let count = 0;
  let taken = 0;
  for (const [at, { length }] of all.entries()) {
    const room = at === all.length - 1 ? most + 1 : most;
    if (count > 0 && taken + length > room) return { count, isCut: true };
    taken += length;
    count += 1;
  }
  return { count, isCut: false };
}

/** A text of several lines, made safe, each cut into pieces of at most `width` columns. */
export function screenLines(text: string, width: number): readonly string[] {
  const safe = screenText(text.trimEnd(), { colour: false });
  if (safe === '') return [];
  return safe.split('\n').flatMap((line) => pieces(line.replaceAll('\t', '    '), width));
}

/** A line broken at exactly `room` columns, blanks kept. */
function pieces(line: string, room: number): readonly string[] {
  if (displayWidth(line) <= room) return [line];
  const found: string[] = [];
  let piece = '';
  for (const cluster of clustersOf(line)) {
    if (displayWidth(piece) + displayWidth(cluster) > room) {
      found.push(piece);
      piece = '';
    }
    piece += cluster;
  }
  return [...found, piece];
}

/** Columns in front of a fact's value. */
export const FACT_INDENT = 12;

/** Labelled facts in one column: `label     value`, folded under the value. */
export function facts(
  rows: readonly (readonly [label: string, value: string])[],
  { width, style }: Canvas,
): readonly string[] {
  return rows.flatMap(([label, value]) => {
    const lines = fold(value, width - FACT_INDENT);
    return lines.map((line, at) => `  ${style('dim', (at === 0 ? label : '').padEnd(9))} ${line}`);
  });
}

/** `HH:MM:SS` of a time span. */
export function clockSpan(spanMs: number): string {
  const seconds = Math.max(0, Math.floor(spanMs / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** `HH:MM:SS` of the day, local time. */
export function clockTime(at: Date): string {
  return at.toTimeString().slice(0, 8);
}

/** The page's own text up to a stop, set for the screen, with a blank line behind it; nothing where there is none. */
export function leadLines(markdown: string, canvas: Canvas): readonly string[] {
  if (markdown.trim() === '') return [];
  const lines = canvas.prose(markdown, canvas.width);
  return lines.length === 0 ? [] : ['', ...lines];
}
