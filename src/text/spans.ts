/** A piece of a text, by offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Index of the first of sorted spans that starts at the offset or behind it. */
export function firstSpanFrom(spans: readonly Span[], offset: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Puts one letter in the place of each letter of sorted spans, so that offsets and lines stay. */
export function maskSpans(text: string, spans: readonly Span[], letter = 'x'): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { start, end } of spans) {
    pieces.push(text.slice(at, start), letter.repeat(end - start));
    at = end;
  }
  pieces.push(text.slice(at));
  return pieces.join('');
}
