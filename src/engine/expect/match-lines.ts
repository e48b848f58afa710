import type { LinePattern, ObservedLine } from './line-pattern.ts';

/** Splits output into lines; CRLF counts as LF. Blank lines are kept. */
export function toLines(output: string): readonly ObservedLine[] {
  if (output === '') return [];
  const parts = output.replaceAll('\r\n', '\n').split('\n');
  const last = parts.pop() ?? '';
  const lines = parts.map((text) => ({ text, ended: true }));
  return last === '' ? lines : [...lines, { text: last, ended: false }];
}

/**
 * Whether the patterns match all the lines, in order. Follows every reading of `...` and the quantifiers at once, so the
 * work is bounded by lines × patterns and nothing is tried twice.
 */
export function linesMatch(
  patterns: readonly LinePattern[],
  lines: readonly ObservedLine[],
): boolean {
  let at = optional(patterns, new Set([0]));
  for (const line of lines) {
    const next = new Set<number>();
    for (const index of at) advance(patterns, index, line, next);
    if (next.size === 0) return false;
    at = optional(patterns, next);
  }
  return at.has(end(patterns.length));
}

/**
 * Places in the list of patterns: `2 × index` stands before the pattern, `2 × index + 1` behind its first line when it may
 * take more.
 */
const before = (index: number): number => index * 2;
const inside = (index: number): number => index * 2 + 1;
const end = before;

function advance(
  patterns: readonly LinePattern[],
  place: number,
  line: ObservedLine,
  next: Set<number>,
): void {
  const index = place >> 1;
  const pattern = patterns[index];
  if (!pattern?.matches(line)) return;
  next.add(before(index + 1));
  if (pattern.max > 1) next.add(inside(index));
}

/** Adds what can be reached without a line: patterns that may take none. */
function optional(patterns: readonly LinePattern[], places: Set<number>): Set<number> {
  const all = new Set(places);
  for (const place of places) {
    let index = (place >> 1) + (place & 1);
    all.add(before(index));
    while (patterns[index]?.min === 0) {
      index += 1;
      if (all.has(before(index))) break;
      all.add(before(index));
    }
  }
  return all;
}
