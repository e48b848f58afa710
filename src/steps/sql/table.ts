/** A column of a result. */
export interface SqlColumn {
  readonly name: string;
  /** PostgreSQL's type OID. */
  readonly type: number;
}

/** A row: values in PostgreSQL's own text form, `null` for NULL. */
export type SqlRow = readonly (string | null)[];

/** What is shown of a result. */
export interface SqlRows {
  readonly columns: readonly SqlColumn[];
  /** The first rows, as many as are shown at most. */
  readonly rows: readonly SqlRow[];
  /** Rows there were. */
  readonly total: number;
}

/** A table to be shown. */
export interface SqlTable {
  readonly text: string;
  /** Every row and every value is in it, as it is. */
  readonly complete: boolean;
}

/** Rows that are shown at most. */
export const MAX_SHOWN_ROWS = 200;
const MAX_CELL_WIDTH = 120;
const MAX_TABLE_CHARS = 64 * 1024;
/** int8 int2 int4 oid float4 float8 money numeric xid cid: right-aligned, as psql does. */
const NUMBERS = new Set([20, 21, 23, 26, 28, 29, 700, 701, 790, 1700]);

/**
 * A result as the table that psql prints, bounded: cells are cut, what could drive a terminal is shown as an escape. Ends with the row count, which says when rows were left out.
 */
export function renderTable(result: SqlRows): SqlTable {
  const { columns, rows, total } = result;
  if (columns.length === 0) return { text: `${count(total)}\n`, complete: true };
  const cells = rows.map((row) => columns.map((_column, at) => cell(row[at] ?? null)));
  const names = columns.map((column) => clean(column.name));
  const widths = names.map((name, at) =>
    Math.max(psqlWidth(name), ...cells.map((row) => psqlWidth(row[at] ?? ''))),
  );
  const lines = [
    names
      .map((name, at) => center(name, widths[at] ?? 0))
      .join('|')
      .trimEnd(),
    widths.map((width) => '-'.repeat(width + 2)).join('+'),
  ];
  let chars = 0;
  let shown = 0;
  for (const row of cells) {
    const line = row
      .map((text, at) => align(text, widths[at] ?? 0, columns[at]))
      .join('|')
      .trimEnd();
    chars += line.length;
    if (chars > MAX_TABLE_CHARS) break;
    lines.push(line);
    shown += 1;
  }
  lines.push(shown < total ? `(${total} rows, the first ${shown} shown)` : count(total));
  const complete = shown === total && rows.every((row) => row.every(isShownWhole));
  return { text: `${lines.join('\n')}\n`, complete };
}

function isShownWhole(value: string | null): boolean {
  return value === null || (value.length <= MAX_CELL_WIDTH && clean(value) === value);
}

function count(total: number): string {
  return `(${total} ${total === 1 ? 'row' : 'rows'})`;
}

function cell(value: string | null): string {
  if (value === null) return '';
  const text = clean(value.slice(0, MAX_CELL_WIDTH * 2));
  const chars = Array.from(text);
  if (chars.length <= MAX_CELL_WIDTH && value.length <= MAX_CELL_WIDTH * 2) return text;
  return `${chars.slice(0, MAX_CELL_WIDTH).join('')}…`;
}

/** One line of harmless characters. */
export function clean(text: string): string {
  return text.replace(
    /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu,
    (char) => {
      if (char === '\n') return '\\n';
      if (char === '\t') return '\\t';
      const code = char.codePointAt(0) ?? 0;
      return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16)}`;
    },
  );
}

function center(text: string, width: number): string {
  const space = width - psqlWidth(text);
  const left = Math.floor(space / 2);
  return ` ${' '.repeat(left)}${text}${' '.repeat(space - left)} `;
}

function align(text: string, width: number, column: SqlColumn | undefined): string {
  const pad = ' '.repeat(Math.max(0, width - psqlWidth(text)));
  return isRightAligned(column) ? ` ${pad}${text} ` : ` ${text}${pad} `;
}

/** Numbers are, as psql does. */
export const isRightAligned = (column: SqlColumn | undefined): boolean =>
  NUMBERS.has(column?.type ?? 0);

/**
 * Columns that psql gives a text: character by character, wide ones two and combining ones none. A terminal shows what
 * is joined into one sign in less, but a transcript of psql is padded so.
 */
export function psqlWidth(text: string): number {
  let width = 0;
  for (const char of text) width += charWidth(char.codePointAt(0) ?? 0);
  return width;
}

function charWidth(code: number): number {
  if (code < 0x300) return 1;
  if ((code >= 0x300 && code <= 0x36f) || (code >= 0xfe00 && code <= 0xfe0f) || code === 0x200d)
    return 0;
  const wide =
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    (code >= 0x20000 && code <= 0x3fffd);
  return wide ? 2 : 1;
}

/** One line of CSV (RFC 4180). NULL is an empty field, an empty text is quoted. */
export function csvLine(values: readonly (string | null)[]): string {
  const field = (value: string | null): string => {
    if (value === null) return '';
    return value === '' || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  };
  return `${values.map(field).join(',')}\r\n`;
}
