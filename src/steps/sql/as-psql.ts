import { displayWidth, isRightAligned, type SqlRows } from './table.ts';

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
    Math.max(0, ...[head, ...cells].flatMap((row) => (row[at] ?? []).map(displayWidth))),
  );
  const lines = [
    ...wrapped(head, widths, (text, width) => {
      const space = width - displayWidth(text);
      const left = Math.floor(space / 2);
      return `${' '.repeat(left)}${text}${' '.repeat(space - left)}`;
    }),
    widths.map((width) => '-'.repeat(width + 2)).join('+'),
    ...cells.flatMap((row) =>
      wrapped(row, widths, (text, width, at) => {
        const space = ' '.repeat(Math.max(0, width - displayWidth(text)));
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
      if (part === '\t') shown += ' '.repeat(TAB_COLUMNS - (displayWidth(shown) % TAB_COLUMNS));
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
