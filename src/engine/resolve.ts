import { asFilled } from './expect/filled.ts';
import { applyEdits, type Edit, fill, type Hole, type HoleProblem } from './inputs/hole.ts';
import { fillHttp } from './inputs/places/http.ts';
import { fillShell } from './inputs/places/shell.ts';
import { fillSql } from './inputs/places/sql.ts';
import { HandrailError } from './model/errors.ts';
import type { BoundInput } from './model/plan.ts';
import { shellFacts } from './shell/facts.ts';
import { wildCandidates } from './shell/wild.ts';

/** How inputs are filled into a text; `expected`: as values within expected text (`expect/filled.ts`). */
export type Quoting = 'shell' | 'sql' | 'http' | 'expected' | 'none';

/** A text with its inputs filled in. */
export interface ResolvedText {
  /** What runs. May hold secrets. */
  readonly text: string;
  /** The same with `***` in the place of secrets: for screens and logs. */
  readonly masked: string;
  /** Values of `$1`, `$2` …, for queries. */
  readonly binds: readonly string[];
}

/**
 * Fills bound inputs into a text, each written for where it stands, so that it arrives exactly and as
 * nothing but data. `{{…}}` that nothing is bound to stays byte for byte. Pure. Throws INPUT_UNSAFE for a
 * value that cannot stand where it should, and INPUT_INVALID for one that no text can carry.
 */
export function resolveText(
  text: string,
  quoting: Quoting,
  values: ReadonlyMap<string, BoundInput>,
): ResolvedText {
  const { problems, ...resolved } = tryResolve(text, quoting, values);
  const [first] = problems;
  if (first === undefined) return resolved;
  throw new HandrailError('INPUT_UNSAFE', { ...first });
}

/** The same, with what stands against it in place of an error; then `text` must not be run. */
export function tryResolve(
  text: string,
  quoting: Quoting,
  values: ReadonlyMap<string, BoundInput>,
): ResolvedText & { readonly problems: readonly HoleProblem[] } {
  const holes = findHoles(text, values, quoting === 'shell');
  if (holes.length === 0) return { text, masked: text, binds: [], problems: [] };
  if (quoting !== 'none' && quoting !== 'expected')
    for (const { input } of holes) refuseUnwritable(input);
  const filled = fillHoles(text, quoting, holes);
  return {
    ...applyEdits(text, filled.edits),
    binds: filled.binds ?? [],
    problems: filled.problems,
  };
}

function fillHoles(
  text: string,
  quoting: Quoting,
  holes: readonly Hole[],
): {
  readonly edits: readonly Edit[];
  readonly problems: readonly HoleProblem[];
  readonly binds?: readonly string[];
} {
  switch (quoting) {
    case 'shell':
      return fillShell(text, holes);
    case 'sql':
      return fillSql(text, holes);
    case 'http':
      return fillHttp(text, holes);
    case 'expected':
      return {
        edits: holes.map((hole) => fill(hole, asFilled(hole.input.value))),
        problems: [],
      };
    case 'none':
      return { edits: holes.map((hole) => fill(hole, hole.input.value)), problems: [] };
    default:
      return quoting satisfies never;
  }
}

/** No command line, query or request can carry a NUL byte or half a character. */
function refuseUnwritable({ name, value }: BoundInput): void {
  const what = value.includes('\0')
    ? 'a NUL byte'
    : value.isWellFormed()
      ? ''
      : 'half a character (a lone surrogate)';
  if (what !== '')
    throw new HandrailError('INPUT_INVALID', {
      message: `The value of input \`${name}\` holds ${what}, which cannot be handed on. Give another value.`,
    });
}

const DECLARED = /\{\{([A-Za-z_][\w.-]{0,127})(?:\|([a-z]{1,20}))?\}\}/g;

/**
 * The places that bound values go into, in order: `{{name}}`, and the author's own spellings. What no
 * value is bound to is left alone, byte for byte.
 */
function findHoles(
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

/** A text with the places of these inputs spelled as declared ones are, however its author spelled them. */
export function asDeclared(
  text: string,
  quoting: Quoting,
  values: ReadonlyMap<string, BoundInput>,
): string {
  const edits = findHoles(text, values, quoting === 'shell')
    .filter(({ spelling }) => !spelling.startsWith('{{'))
    .map((hole) => fill(hole, `{{${hole.input.name}}}`));
  return applyEdits(text, edits).text;
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
