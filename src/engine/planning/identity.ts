import { sha256Of } from '../../text/sha256.ts';
import type { RunEvent } from '../model/event.ts';
import type { Plan, PlannedStep } from '../model/plan.ts';

/** A step as the log of its run lists it. */
export type ListedStep = Extract<RunEvent, { type: 'run.started' }>['steps'][number];

/** The steps of a plan as they are listed in the log: with what they are known again by. */
export function listSteps({ steps }: Pick<Plan, 'steps'>): readonly ListedStep[] {
  return steps.map((planned) => {
    const { id, step, phase, reading } = planned;
    const { name, capture } = step.annotations;
    const { captures: from } = step.traits;
    return {
      id,
      type: step.type,
      title: step.title,
      line: step.line,
      procedure: step.procedure,
      phase,
      ...(planned.item === undefined ? {} : { item: planned.item }),
      ...(name === undefined ? {} : { name }),
      ...(capture === undefined || from === undefined ? {} : { captures: { name: capture, from } }),
      ...(reading === true ? {} : hashesOf(planned)),
    };
  });
}

/** Of the text as the author wrote it, whatever values it is said with. */
function hashesOf({
  step: said,
  unsaid,
  probe,
}: PlannedStep): Pick<ListedStep, 'own' | 'content' | 'words'> {
  const step = unsaid ?? said;
  return {
    own: shortHash([step.type, step.text.trim()]),
    content: shortHash([step.type, step.text, step.annotations, probe?.text ?? '']),
    words: shortHash([step.title, step.procedure]),
  };
}

function shortHash(facts: readonly unknown[]): string {
  return sha256Of(JSON.stringify(facts)).slice(0, 16);
}

/** The same with the items of a step (`each`) as the one step that they are on the page. */
export function asOnPage(listed: readonly ListedStep[]): readonly ListedStep[] {
  const seen = new Set<string>();
  return listed.flatMap(({ item, ...step }) => {
    const id = item ?? step.id;
    if (seen.has(id)) return [];
    seen.add(id);
    return [item === undefined ? step : { ...step, id }];
  });
}

/**
 * Which step of a run each step of a text is, by its place in the list (`undefined`: it is new). Known by its `name`,
 * then by what it does, in the order of the text; then by its id; then by its place between steps that are known. Words
 * around it, its heading, its title and its neighbours do not count. Pure.
 */
export function knownSteps(
  before: readonly ListedStep[],
  now: readonly ListedStep[],
): readonly (ListedStep | undefined)[] {
  const isUnchanged =
    before.length === now.length &&
    now.every(({ id, own }, at) => before[at]?.id === id && before[at]?.own === own);
  if (isUnchanged) return before;
  const known: (number | undefined)[] = now.map(() => undefined);
  const taken = new Set<number>();
  const take = (at: number, from: number): void => {
    known[at] = from;
    taken.add(from);
  };
  const open = (): readonly number[] =>
    now.flatMap((_, at) => (known[at] === undefined ? [at] : []));
  const left = (): readonly number[] => before.flatMap((_, at) => (taken.has(at) ? [] : [at]));

  const byName = (step: ListedStep): string => `${linkOf(step)} ${step.name ?? ''}`;
  for (const at of open()) {
    const step = now[at];
    if (step?.name === undefined) continue;
    const same = left().filter((from) => {
      const one = before[from];
      return one?.name !== undefined && byName(one) === byName(step);
    });
    const [only] =
      same.length > 0 ? same : left().filter((from) => before[from]?.name === step.name);
    if (only !== undefined) take(at, only);
  }
  for (const [at, from] of alignedByText(before, now, left(), open())) take(at, from);
  // What was moved past others is out of their order.
  for (const at of open()) {
    const own = now[at]?.own;
    if (own === undefined) continue;
    const from = left().find((one) => before[one]?.own === own);
    if (from !== undefined) take(at, from);
  }
  for (const at of open()) {
    const from = left().find((one) => before[one]?.id === now[at]?.id);
    if (from !== undefined && now[at]?.type === before[from]?.type) take(at, from);
  }
  for (const [at, from] of alignedByPlace(before, now, known, left())) take(at, from);
  return known.map((from) => (from === undefined ? undefined : before[from]));
}

/** What stands before the last `/` of a linked step's id names the link. */
function linkOf({ id, procedure }: ListedStep): string {
  const own = procedure === '' ? id : id.slice(0, Math.max(0, id.lastIndexOf(`${procedure}/`)));
  return own.slice(0, Math.max(0, own.lastIndexOf('/')));
}

/** Longest list that is aligned step by step; longer ones are taken in their order. */
const MAX_CELLS = 4_000_000;

/** The longest common order of equal texts; of equally long ones that with most equal ids. */
function alignedByText(
  before: readonly ListedStep[],
  now: readonly ListedStep[],
  left: readonly number[],
  open: readonly number[],
): readonly (readonly [now: number, before: number])[] {
  const isSame = (from: number, at: number): boolean =>
    before[from]?.own !== undefined && before[from]?.own === now[at]?.own;
  const pairs: [number, number][] = [];
  // Most texts are unchanged at their beginning.
  let head = 0;
  for (; head < Math.min(left.length, open.length); head += 1) {
    const [one, other] = [left[head] ?? -1, open[head] ?? -1];
    if (!isSame(one, other) || before[one]?.id !== now[other]?.id) break;
    pairs.push([other, one]);
  }
  const rows = left.slice(head);
  const columns = open.slice(head);
  if (rows.length * columns.length > MAX_CELLS) return pairs;
  return [...pairs, ...longestCommon(rows, columns, isSame, before, now)];
}

function longestCommon(
  rows: readonly number[],
  columns: readonly number[],
  isSame: (from: number, at: number) => boolean,
  before: readonly ListedStep[],
  now: readonly ListedStep[],
): readonly (readonly [number, number])[] {
  const width = columns.length + 1;
  const score = new Float64Array((rows.length + 1) * width);
  const worth = (row: number, column: number): number => {
    const [from, at] = [rows[row] ?? -1, columns[column] ?? -1];
    if (!isSame(from, at)) return 0;
    const isSameId = before[from]?.id === now[at]?.id;
    return 1 + (isSameId ? 1e-3 : 0) + (before[from]?.title === now[at]?.title ? 1e-4 : 0);
  };
  for (let row = rows.length - 1; row >= 0; row -= 1)
    for (let column = columns.length - 1; column >= 0; column -= 1) {
      const here = worth(row, column);
      const matched = here === 0 ? 0 : here + (score[(row + 1) * width + column + 1] ?? 0);
      const [below, right] = [
        score[(row + 1) * width + column] ?? 0,
        score[row * width + column + 1] ?? 0,
      ];
      score[row * width + column] = Math.max(matched, below, right);
    }
  const pairs: [number, number][] = [];
  for (let row = 0, column = 0; row < rows.length && column < columns.length; ) {
    const best = score[row * width + column] ?? 0;
    const here = worth(row, column);
    if (here > 0 && best === here + (score[(row + 1) * width + column + 1] ?? 0)) {
      pairs.push([columns[column] ?? -1, rows[row] ?? -1]);
      row += 1;
      column += 1;
    } else if (best === (score[(row + 1) * width + column] ?? 0)) row += 1;
    else column += 1;
  }
  return pairs;
}

/** Between two steps that are known stand as many new ones of the same types as there were: they are those, edited. */
function alignedByPlace(
  before: readonly ListedStep[],
  now: readonly ListedStep[],
  known: readonly (number | undefined)[],
  left: readonly number[],
): readonly (readonly [now: number, before: number])[] {
  const pairs: (readonly [number, number])[] = [];
  const isLeft = new Set(left);
  let gap: number[] = [];
  let last = -1;
  const close = (end: number): void => {
    const old = before.flatMap((_, at) => (at > last && at < end && isLeft.has(at) ? [at] : []));
    const isLike =
      old.length === gap.length &&
      gap.every((at, index) => now[at]?.type === before[old[index] ?? -1]?.type);
    if (isLike)
      for (const [index, at] of gap.entries()) {
        const from = old[index] ?? -1;
        // Steps that were moved make gaps that overlap: what is found once is found.
        isLeft.delete(from);
        pairs.push([at, from]);
      }
    gap = [];
  };
  for (const [at] of now.entries()) {
    const from = known[at];
    if (from === undefined) gap.push(at);
    else {
      close(from);
      last = from;
    }
  }
  close(before.length);
  return pairs;
}

/**
 * The plan of a text as it is now, its steps under the ids that the run knows them by; new ones under ids of their own.
 * Everything that the log says of a step holds for it then.
 */
export function underKnownIds(plan: Plan, before: readonly ListedStep[]): Plan {
  const known = knownSteps(before, listSteps(plan));
  const used = new Set(before.map(({ id }) => id));
  const steps = plan.steps.map((planned, at) => {
    const twin = known[at];
    if (twin !== undefined) return twin.id === planned.id ? planned : { ...planned, id: twin.id };
    let id = planned.id;
    for (let count = 1; used.has(id); count += 1)
      id = `${planned.id}-added${count === 1 ? '' : `-${count}`}`;
    used.add(id);
    return id === planned.id ? planned : { ...planned, id };
  });
  return { ...plan, steps };
}
