import type { Canvas } from './canvas.ts';

/** When something began, on the clock of the run: milliseconds since its start. */
export type SinceMs = number;

/** What the clocks of a run remember from one stop to the next. */
export interface Clocks {
  /** The stop that the person is at, and since when. */
  here: { readonly id: string; readonly sinceMs: SinceMs } | null;
  /** The time that earlier legs of the run took: its clock goes on from there. */
  earlierMs: number;
  /** When the first stop under a heading or label with a budget was reached. */
  readonly begun: Map<string, SinceMs>;
}

export const newClocks = (): Clocks => ({ here: null, earlierMs: 0, begun: new Map() });

/** Words of the clocks at this moment, the most telling first, and whether the time that the page allows is over. */
export interface ClockWords {
  readonly parts: readonly string[];
  readonly isOver: boolean;
}

/** A remark and the clocks on one line: what does not fit is left out at the end. */
export function clockLine(
  { parts, isOver }: ClockWords,
  { width, style }: Canvas,
  remark = '',
): string {
  let line = '';
  for (const part of remark === '' ? parts : [remark, ...parts]) {
    const longer = line === '' ? part : `${line}   ${part}`;
    if (longer.length >= width) break;
    line = longer;
  }
  return style(isOver ? 'bad' : 'dim', line);
}
