import type { BoundInput } from '../model/plan.ts';
import { shellFacts } from '../shell/facts.ts';
import { wildCandidates } from '../shell/wild.ts';
import type { Hole } from './hole.ts';

const DECLARED = /\{\{([A-Za-z_][\w.-]{0,127})(?:\|([a-z]{1,20}))?\}\}/g;

/**
 * The places that bound values go into, in order: `{{name}}`, and the author's own spellings. What no
 * value is bound to is left alone, byte for byte.
 */
export function findHoles(
  text: string,
  values: ReadonlyMap<string, BoundInput>,
  isShell: boolean,
): readonly Hole[] {
  if (values.size === 0) return [];
  const holes: Hole[] = [];
  for (const match of text.matchAll(DECLARED)) {
    const input = values.get(match[1] ?? '');
    const start = match.index;
    if (input !== undefined)
      holes.push({
        start,
        end: start + match[0].length,
        input,
        filter: match[2] ?? '',
        spelling: match[0],
      });
  }
  for (const { name, spelling, start, end } of isShell
    ? shellFacts(text).wildInputs
    : wildCandidates(text)) {
    const input = values.get(name);
    if (input !== undefined) holes.push({ start, end, input, filter: '', spelling });
  }
  return withoutOverlaps(holes);
}

function withoutOverlaps(holes: readonly Hole[]): readonly Hole[] {
  let end = 0;
  return holes
    .toSorted((one, other) => one.start - other.start)
    .filter((hole) => {
      if (hole.start < end) return false;
      end = hole.end;
      return true;
    });
}
