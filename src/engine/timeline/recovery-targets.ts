import { formatDuration } from '../../text/duration.ts';

/** A recovery objective that a manual states. */
export interface RecoveryTarget {
  readonly name: 'RTO' | 'RPO';
  /** What it is for when the manual says, such as a table row's first cell; `''` otherwise. */
  readonly of: string;
  readonly targetMs: number;
  /** 1-based line. */
  readonly line: number;
  readonly text: string;
}

const UNIT_MS: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const SPAN =
  /(?<!\d)(\d{1,15}(?:\.\d{1,15})?)\s{0,9}-?\s{0,9}(seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d)\b/i;
const NAMES = ['RTO', 'RPO'] as const;

/**
 * The recovery time and recovery point objectives in a manual's text: `**RTO**: 4 hours`,
 * `4-hour RTO, 1-hour RPO`, and tables with a column headed RTO or RPO. Fences are not read.
 */
export function recoveryTargets(source: string): readonly RecoveryTarget[] {
  const found: RecoveryTarget[] = [];
  let fence = '';
  let columns: readonly string[] = [];
  source.split('\n').forEach((text, at) => {
    const mark = /^\s*(```+|~~~+)/.exec(text)?.[1] ?? '';
    if (fence !== '') {
      if (mark.startsWith(fence)) fence = '';
    } else if (mark !== '') fence = mark;
    else if (text.trimStart().startsWith('|')) {
      const cells = text
        .split('|')
        .slice(1)
        .map((cell) => cell.replace(/[*_`]/g, '').trim());
      if (columns.length === 0) columns = cells;
      found.push(...inRow(cells, columns, at + 1));
    } else {
      columns = [];
      found.push(...inProse(text, at + 1));
    }
  });
  return found;
}

function inRow(
  cells: readonly string[],
  columns: readonly string[],
  line: number,
): readonly RecoveryTarget[] {
  const first = cells[0] ?? '';
  const own = NAMES.filter((name) => new RegExp(`\\b${name}\\b`).test(first));
  if (own.length === 1 && own[0]) return target(own[0], '', cells.slice(1).join(' '), line);
  return NAMES.flatMap((name) => {
    const at = columns.findIndex((column) => new RegExp(`\\b${name}\\b`).test(column));
    return at < 0 || cells === columns
      ? []
      : target(name, at === 0 ? '' : first, cells[at] ?? '', line);
  });
}

function inProse(text: string, line: number): readonly RecoveryTarget[] {
  const plain = text.replace(/[*_`]/g, '');
  return NAMES.flatMap((name) => {
    const after = new RegExp(
      `\\b${name}\\b(?:\\s*\\([^)]*\\))?\\s*(?:[:=]|is|of)\\s*(.{0,30})`,
    ).exec(plain);
    if (after?.[1]) return target(name, '', after[1], line);
    const before = new RegExp(`(\\d+(?:\\.\\d+)?[\\s-]*[a-z]+)\\s+${name}\\b`, 'i').exec(plain);
    return before?.[1] ? target(name, '', before[1], line) : [];
  });
}

function target(
  name: 'RTO' | 'RPO',
  of: string,
  text: string,
  line: number,
): readonly RecoveryTarget[] {
  const span = SPAN.exec(text);
  const unit = UNIT_MS[(span?.[2] ?? '').charAt(0).toLowerCase()];
  if (!span || unit === undefined) return [];
  const targetMs = Number(span[1]) * unit;
  return [{ name, of, targetMs, line, text: formatDuration(targetMs) }];
}
