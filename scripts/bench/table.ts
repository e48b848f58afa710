import type { Row } from './row.ts';

/** What a bench found, as `--json` writes it and `--against` reads it. */
export interface Report {
  readonly node: string;
  readonly cpus: number;
  readonly load: number;
  readonly rows: readonly Row[];
}

const REGRESSION = 1.1;

/** Fewer rounds than this may be luck. */
const FEWEST_ROUNDS = 3;

/**
 * `holds`, `SHORT`, or nothing where there is no goal. A busy machine can make a limit's least too large, and a ratio to
 * it too small: a goal holds where what usually happened says so, too, and is `unsure` where that does not, or where
 * hardly anything was measured.
 */
export function verdictOf({
  goal,
  value,
  usual = 0,
  rounds = FEWEST_ROUNDS,
}: Row): 'holds' | 'SHORT' | 'unsure' | '' {
  if (goal === null || value === null) return '';
  if (Number.isNaN(value) || value > goal) return 'SHORT';
  return usual <= goal && rounds >= FEWEST_ROUNDS ? 'holds' : 'unsure';
}

/** A line for the screen; with an earlier value, what has become of it. */
export function lineOf(row: Row, earlier: Row | undefined): string {
  const goal = row.goal === null ? '' : `≤ ${row.goal} ${row.unit}`;
  const was =
    earlier?.value == null
      ? ''
      : `  was ${figureOf(earlier)}${isWorse(row, earlier) ? ' REGRESSION' : ''}`;
  return `${verdictOf(row).padEnd(6)} ${row.what.padEnd(44)} ${goal.padEnd(12)} ${figureOf(row).padEnd(9)}${was}  ${row.seen}`;
}

/** Worse than before by more than a tenth. */
export function isWorse({ value }: Row, earlier: Row | undefined): boolean {
  if (value === null || earlier?.value == null) return false;
  return value > earlier.value * REGRESSION;
}

/** The row of an earlier report that measured the same. */
export function sameRow(report: Report | undefined, { name, what }: Row): Row | undefined {
  return report?.rows.find((row) => row.name === name && row.what === what);
}

/**
 * The table for the documentation: what was measured now in place of what stood there before, which becomes the value
 * before where no earlier report says another; rows that were not measured stay as they are. `order`: the names of all
 * rows, as they are to stand.
 */
export function markdownTable(
  earlierTable: string,
  now: Report,
  before: Report | undefined,
  order: readonly string[],
): string {
  const kept = earlierTable.split('\n').flatMap((line) => lineIn(line) ?? []);
  const fresh = now.rows.map((row): Line => {
    const known = kept.find(({ name, what }) => name === row.name && what === row.what);
    const earlier = sameRow(before, row);
    const was = earlier ? figureOf(earlier) : known === undefined ? '' : known.value;
    const goal = row.goal === null ? '' : `≤ ${row.goal} ${row.unit}`;
    const cells = [row.what, goal, was, figureOf(row), verdictOf(row), row.seen];
    const text = `| ${cells.join(' | ')} <!-- ${row.name} --> |`;
    return { name: row.name, what: row.what, value: figureOf(row), text };
  });
  const again = new Set(fresh.map(({ name }) => name));
  const lines = [...kept.filter(({ name }) => !again.has(name)), ...fresh].toSorted(
    (one, other) => order.indexOf(one.name) - order.indexOf(other.name),
  );
  return [
    `Node ${now.node}, ${now.cpus} processors.`,
    '',
    '| what | goal | before | now | | made of |',
    '|---|---|---|---|---|---|',
    ...lines.map(({ text }) => text),
  ].join('\n');
}

/** A row as it stands in the documentation. */
interface Line {
  readonly name: string;
  readonly what: string;
  readonly value: string;
  readonly text: string;
}

function lineIn(text: string): Line | undefined {
  const name = /<!-- ([\w-]+) --> \|$/.exec(text)?.[1];
  const [, what, , , value] = text.split('|').map((cell) => cell.trim());
  if (name === undefined || what === undefined || value === undefined) return undefined;
  return { name, what, value, text };
}

function figureOf({ value, unit }: Row): string {
  if (value === null) return 'not measured';
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${unit}`;
}
