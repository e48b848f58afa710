/** Rows that stand behind a `COPY … FROM STDIN;` in a fence, up to its `\.`. */
export interface CopyData {
  /** Where they begin in the text. */
  readonly start: number;
  readonly rows: string;
}

/** A text without the rows that it hands to `COPY`. */
export interface WithoutCopyData {
  /** As long as the whole, blanks in the places of the rows: every place in it is the same. */
  readonly text: string;
  readonly data: readonly CopyData[];
}

/** Takes the rows out of a text, as psql reads it: those behind the line that ends the statement, to a line `\.` or the end. */
export function withoutCopyData(whole: string): WithoutCopyData {
  if (!/\bfrom\s{1,40}stdin\b/i.test(whole)) return { text: whole, data: [] };
  const data: CopyData[] = [];
  const kept: string[] = [];
  let statement = '';
  let rows: { readonly start: number; readonly lines: string[] } | null = null;
  let at = 0;
  for (const line of whole.split('\n')) {
    if (rows === null) {
      kept.push(line);
      statement = `${statement}\n${line}`;
      if (/;\s*$/.test(line)) {
        if (startsCopy(statement)) rows = { start: at + line.length + 1, lines: [] };
        statement = '';
      }
    } else {
      kept.push(' '.repeat(line.length));
      if (line === '\\.') {
        data.push({ start: rows.start, rows: lined(rows.lines) });
        rows = null;
      } else rows.lines.push(line);
    }
    at += line.length + 1;
  }
  if (rows !== null) data.push({ start: rows.start, rows: lined(rows.lines) });
  return { text: kept.join('\n'), data };
}

function startsCopy(lines: string): boolean {
  const bare = lines
    .replace(/--[^\n]*/g, ' ')
    .trimEnd()
    .replace(/;$/, '');
  const statement = bare.slice(bare.lastIndexOf(';') + 1);
  return /^\s*copy\b/i.test(statement) && /\bfrom\s{1,40}stdin\b/i.test(statement);
}

function lined(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
