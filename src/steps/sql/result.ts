import {
  csvLine,
  isRightAligned,
  MAX_SHOWN_ROWS,
  psqlWidth,
  type SqlColumn,
  type SqlRow,
  type SqlRows,
} from './table.ts';

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

/** What a statement answered: rows, or its tag. */
interface Answer extends SqlRows {
  readonly tag: string;
}

const TAB_COLUMNS = 8;

/**
 * Results as psql prints them, to be compared with what somebody pasted from there: NULL is empty, a value of several
 * lines goes on below itself, a tab is blanks up to the next eighth column. `likeIt`: the text they are compared with; it says whether NULL
 * was spelled out and whether a blank line stands behind a table.
 */
export function asPsql(results: readonly Answer[], likeIt: string): string {
  const spelled = /\bNULL\b/.test(likeIt) ? 'NULL' : '';
  const gap = /^\(\d{1,12} rows?\)[ \t]*\r?\n[ \t]*\r?\n/m.test(likeIt) ? '\n' : '';
  return results
    .map((result) =>
      result.columns.length > 0 ? `${tableOf(result, spelled)}${gap}` : `${result.tag}\n`,
    )
    .join('');
}

function tableOf({ columns, rows, total }: SqlRows, spelledNull: string): string {
  const head = columns.map(({ name }) => linesOf(name));
  const cells = rows.map((row) => columns.map((_column, at) => linesOf(row[at] ?? spelledNull)));
  const widths = columns.map((_column, at) =>
    Math.max(0, ...[head, ...cells].flatMap((row) => (row[at] ?? []).map(psqlWidth))),
  );
  const lines = [
    ...wrapped(head, widths, (text, width) => {
      const space = width - psqlWidth(text);
      const left = Math.floor(space / 2);
      return `${' '.repeat(left)}${text}${' '.repeat(space - left)}`;
    }),
    widths.map((width) => '-'.repeat(width + 2)).join('+'),
    ...cells.flatMap((row) =>
      wrapped(row, widths, (text, width, at) => {
        const space = ' '.repeat(Math.max(0, width - psqlWidth(text)));
        return isRightAligned(columns[at]) ? `${space}${text}` : `${text}${space}`;
      }),
    ),
    `(${total} ${total === 1 ? 'row' : 'rows'})`,
  ];
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

/** A row over as many lines as its longest value has; `+` says that a value goes on. */
function wrapped(
  row: readonly (readonly string[])[],
  widths: readonly number[],
  aligned: (text: string, width: number, at: number) => string,
): readonly string[] {
  const height = Math.max(1, ...row.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    row
      .map((lines, at) => {
        const goesOn = line < lines.length - 1 ? '+' : ' ';
        return ` ${aligned(lines[line] ?? '', widths[at] ?? 0, at)}${goesOn}`;
      })
      .join('|'),
  );
}

/** The lines of a value as psql writes its control characters. */
function linesOf(value: string): readonly string[] {
  return value.split('\n').map((line) => {
    let shown = '';
    for (const part of line.split(/(\t|[\p{Cc}])/u)) {
      if (part === '\t') shown += ' '.repeat(TAB_COLUMNS - (psqlWidth(shown) % TAB_COLUMNS));
      else if (part === '\r') shown += '\\r';
      else if (/^\p{Cc}$/u.test(part)) shown += escaped(part.codePointAt(0) ?? 0);
      else shown += part;
    }
    return shown;
  });
}

const escaped = (code: number): string =>
  code < 0x80
    ? `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`
    : `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
