import { type Alignment, alignLines, type Pair } from './line-alignment.ts';
import type { LinePattern, ObservedLine } from './line-pattern.ts';
import { shown } from './shown.ts';

const CONTEXT = 2;
const MAX_ROWS = 40;

/**
 * The numbered diff of a mismatch, one row a line: the expected line's number, the observed line's number, `-` for what is
 * missing, `+` for what was not expected, and `←` with the pattern that matched a line. Bounded in rows and width.
 */
export function lineDiff(patterns: readonly LinePattern[], lines: readonly ObservedLine[]): string {
  const alignment = alignLines(patterns, lines);
  const rows = printed(alignment.pairs, (pair) => row(patterns, lines, pair));
  return [headline(alignment), ...rows].join('\n');
}

function headline({ pairs, left }: Alignment): string {
  const say = (count: number, what: string): string =>
    count === 0 ? '' : `${plural(count, 'line')} ${what}`;
  const parts = [
    say(pairs.filter((pair) => pair.observed === null).length, 'missing (-)'),
    say(pairs.filter((pair) => pair.expected === null).length, 'not expected (+)'),
  ].filter(Boolean);
  const more = left > 0 ? `; ${plural(left, 'further line')} not compared` : '';
  return `${parts.join(', ') || 'The lines differ'}${more} (expected line, line of the output):`;
}

function plural(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** The rows around what differs. */
function printed(pairs: readonly Pair[], print: (pair: Pair) => string): readonly string[] {
  const out: string[] = [];
  let passed = 0;
  const leave = (): void => {
    if (passed > 0) out.push(`          … ${plural(passed, 'matching line')}`);
    passed = 0;
  };
  for (const [index, pair] of pairs.entries()) {
    const around = pairs.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1);
    if (!around.some((near) => near.expected === null || near.observed === null)) {
      passed += 1;
      continue;
    }
    leave();
    if (out.length >= MAX_ROWS) return [...out, '          … and more'];
    out.push(print(pair));
  }
  leave();
  return out;
}

function row(
  patterns: readonly LinePattern[],
  lines: readonly ObservedLine[],
  { expected, observed }: Pair,
): string {
  const number = (index: number | null): string =>
    (index === null ? '' : String(index + 1)).padStart(4);
  const source = expected === null ? '' : (patterns[expected]?.source.trimEnd() ?? '');
  const text = observed === null ? source : (lines[observed]?.text.trimEnd() ?? '');
  const sign = observed === null ? '-' : expected === null ? '+' : ' ';
  const by = sign === ' ' && source !== text ? `   ← ${shown(source)}` : '';
  return `${number(expected)} ${number(observed)} ${sign} ${shown(text)}${by}`.trimEnd();
}
