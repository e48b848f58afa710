import { asPsql } from './as-psql.ts';
import { csvLine, MAX_SHOWN_ROWS, type SqlColumn, type SqlRow } from './table.ts';

/** The rows of one statement: the first of them for the screen, all of them as CSV. */
export interface SqlResult {
  readonly tag: string;
  readonly columns: readonly SqlColumn[];
  /** At most `MAX_SHOWN_ROWS`. */
  readonly rows: readonly SqlRow[];
  readonly total: number;
  /** Every row with a header line; `null` when nobody would keep it, or it is too long. */
  readonly csv: Uint8Array | null;
}

/** Longest CSV of one statement that is kept. */
const MAX_CSV_BYTES = 16 * 1024 * 1024;

const BLOCK_CHARACTERS = 64 * 1024;

/** Collects rows in bounded memory. */
export interface RowCollector {
  take(row: SqlRow): void;
  result(tag: string, columns: readonly SqlColumn[]): SqlResult;
}

/** Collects the rows of one statement; CSV only when somebody keeps it. */
export function rowCollector(withCsv: boolean): RowCollector {
  const rows: SqlRow[] = [];
  let blocks: Uint8Array[] = [];
  let text = '';
  let bytes = 0;
  let total = 0;
  const close = (): void => {
    blocks.push(Buffer.from(text));
    text = '';
  };
  return {
    take(row) {
      total += 1;
      if (rows.length < MAX_SHOWN_ROWS) rows.push(row);
      if (!withCsv || bytes > MAX_CSV_BYTES) return;
      const line = csvLine(row);
      bytes += Buffer.byteLength(line);
      text += line;
      if (text.length >= BLOCK_CHARACTERS) close();
      if (bytes <= MAX_CSV_BYTES) return;
      blocks = [];
      text = '';
    },
    result(tag, columns) {
      const kept = withCsv && bytes <= MAX_CSV_BYTES && columns.length > 0;
      const header = csvLine(columns.map((column) => column.name));
      if (kept) close();
      const csv = kept ? Buffer.concat([Buffer.from(header), ...blocks]) : null;
      return { tag, columns, rows, total, csv };
    },
  };
}

/**
 * What an expectation is compared with: a JSON sample with the rows as JSON (an object with the first row), a single line with a
 * single value, everything else with the tables as psql prints them. `undefined`: with what was shown.
 */
export function observedFor(
  expected: string | undefined,
  results: readonly SqlResult[],
): string | undefined {
  const last = results.findLast((result) => result.columns.length > 0);
  if (expected === undefined || !last) return undefined;
  const text = expected.trim();
  const single = last.columns.length === 1 && last.total === 1 ? last.rows[0]?.[0] : undefined;
  if (/^[[{]/.test(text)) {
    if (typeof single === 'string' && isJson(single)) return single;
    const rows = last.rows.map((row) => asObject(last.columns, row));
    return JSON.stringify(text.startsWith('{') ? (rows[0] ?? null) : rows);
  }
  if (!text.includes('\n') && !text.includes('|') && single !== undefined)
    // psql shows nothing; people write NULL.
    return single ?? (text === 'NULL' ? text : '');
  // Rows that COPY sent were shown and are not kept.
  const isWhole = results.every(
    ({ rows, total, tag }) => rows.length === total && !tag.startsWith('COPY'),
  );
  return isWhole ? asPsql(results, expected) : undefined;
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** int2 int4 oid float4 float8 numeric, and int8, which is exact as far as JavaScript's numbers go. */
const NUMBERS = new Set([20, 21, 23, 26, 700, 701, 1700]);
const BOOLEAN = 16;
const JSON_TYPES = new Set([114, 3802]);

function asObject(columns: readonly SqlColumn[], row: SqlRow): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    columns.map((column, at) => [column.name, asJson(column.type, row[at] ?? null)]),
  );
}

function asJson(type: number, value: string | null): unknown {
  if (value === null) return null;
  if (type === BOOLEAN) return value === 't';
  if (NUMBERS.has(type) && Number.isFinite(Number(value))) return Number(value);
  if (!JSON_TYPES.has(type)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
