import type { Row } from './row.ts';

/** What a bench found, as `--json` writes it and `--against` reads it. */
export interface Report {
  readonly node: string;
  readonly cpus: number;
  readonly load: number;
  readonly rows: readonly Row[];
}

const REGRESSION = 1.1;

/** `holds`, `SHORT`, or nothing where there is no goal. */
export function verdictOf({ goal, value }: Row): 'holds' | 'SHORT' | '' {
  if (goal === null || value === null) return '';
  return value <= goal ? 'holds' : 'SHORT';
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

/** The table for the documentation. */
export function markdownTable(now: Report, before: Report | undefined): string {
  const lines = now.rows.map((row) => {
    const goal = row.goal === null ? '' : `≤ ${row.goal} ${row.unit}`;
    const earlier = sameRow(before, row);
    const cells = [
      row.what,
      goal,
      earlier ? figureOf(earlier) : '',
      figureOf(row),
      verdictOf(row),
      row.seen,
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    `Node ${now.node}, ${now.cpus} processors.`,
    '',
    '| what | goal | before | now | | made of |',
    '|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}

function figureOf({ value, unit }: Row): string {
  if (value === null) return 'not measured';
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${unit}`;
}
