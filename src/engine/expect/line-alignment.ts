import type { LinePattern, ObservedLine } from './line-pattern.ts';

/** One pair of an alignment, as 0-based indices: `null` on one side is a missing or an unexpected line. */
export interface Pair {
  readonly expected: number | null;
  readonly observed: number | null;
}

/** Lines on each side that are aligned at most; the work is its square. */
const WINDOW = 250;

/** An alignment of patterns and lines with the fewest missing and unexpected lines. */
export interface Alignment {
  readonly pairs: readonly Pair[];
  /** Lines of both sides that lie beyond what is aligned. */
  readonly left: number;
}

/** Aligns what does not match as a whole: the common beginning first, then the cheapest way through a bounded window. */
export function alignLines(
  patterns: readonly LinePattern[],
  lines: readonly ObservedLine[],
): Alignment {
  const from = commonBeginning(patterns, lines);
  const same = lines.slice(0, from).map((_line, index) => ({ expected: index, observed: index }));
  const window = {
    patterns: patterns.slice(from, from + WINDOW),
    lines: lines.slice(from, from + WINDOW),
  };
  const left =
    Math.max(0, patterns.length - from - WINDOW) + Math.max(0, lines.length - from - WINDOW);
  return { pairs: [...same, ...walk(window, from)], left };
}

function commonBeginning(patterns: readonly LinePattern[], lines: readonly ObservedLine[]): number {
  let at = 0;
  while (at < patterns.length && at < lines.length) {
    const pattern = patterns[at];
    const line = lines[at];
    if (!pattern || !line || pattern.min === 0 || pattern.max > 1 || !pattern.matches(line)) break;
    at += 1;
  }
  return at;
}

interface Window {
  readonly patterns: readonly LinePattern[];
  readonly lines: readonly ObservedLine[];
}

/** `one` takes a line and leaves the pattern, `more` stays at it; `leave` passes an optional pattern. */
type Move = 'one' | 'more' | 'leave' | 'missing' | 'extra';

function walk(window: Window, from: number): readonly Pair[] {
  const moves = cheapestMoves(window);
  const pairs: Pair[] = [];
  let pattern = 0;
  let line = 0;
  while (pattern < window.patterns.length || line < window.lines.length) {
    const move = moves(pattern, line);
    if (move === 'missing') pairs.push({ expected: from + pattern, observed: null });
    if (move === 'extra') pairs.push({ expected: null, observed: from + line });
    if (move === 'one' || move === 'more') {
      pairs.push({ expected: from + pattern, observed: from + line });
    }
    if (move !== 'extra' && move !== 'more') pattern += 1;
    if (move !== 'missing' && move !== 'leave') line += 1;
  }
  return pairs;
}

/** The cheapest move from every place, found from the end backwards. */
function cheapestMoves(window: Window): (pattern: number, line: number) => Move {
  const width = window.lines.length + 1;
  const total = new Int32Array(width * (window.patterns.length + 1));
  const taken: Move[] = new Array(total.length).fill('extra');
  const price = (pattern: number, line: number): number => total[pattern * width + line] ?? 0;
  for (let pattern = window.patterns.length; pattern >= 0; pattern -= 1) {
    for (let line = window.lines.length; line >= 0; line -= 1) {
      const best = cheapest(window, pattern, line, price);
      total[pattern * width + line] = best[0];
      taken[pattern * width + line] = best[1];
    }
  }
  return (pattern, line) => taken[pattern * width + line] ?? 'extra';
}

function cheapest(
  window: Window,
  p: number,
  l: number,
  price: (pattern: number, line: number) => number,
): readonly [number, Move] {
  const pattern = window.patterns[p];
  const line = window.lines[l];
  const moves: (readonly [number, Move])[] = [];
  if (pattern && line && pattern.matches(line)) {
    moves.push([price(p + 1, l + 1), 'one']);
    if (pattern.max > 1) moves.push([price(p, l + 1), 'more']);
  }
  if (pattern?.min === 0) moves.push([price(p + 1, l), 'leave']);
  else if (pattern) moves.push([price(p + 1, l) + 1, 'missing']);
  if (line) moves.push([price(p, l + 1) + 1, 'extra']);
  let best = moves[0] ?? ([0, 'extra'] as const);
  for (const move of moves) if (move[0] < best[0]) best = move;
  return best;
}
