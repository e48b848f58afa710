import { safeText } from '../../text/safe-text.ts';

/** What a spreadsheet would take for the beginning of a formula, also in full width and after blanks. */
const FORMULA = /^[\s\u00a0]*[=+\-@\uff1d\uff0b\uff0d\uff20|%]|^[\t\r]/;

/**
 * One record of CSV as RFC 4180 has it, with CRLF. A text that a spreadsheet would calculate gets a `'`
 * in front, which spreadsheets show as text; so does one that begins with `'`, so that taking one away
 * always gives the text back.
 */
export function csvRecord(fields: readonly (string | number | null)[]): string {
  return `${fields.map(field).join(',')}\r\n`;
}

function field(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = safeText(value);
  const text = FORMULA.test(safe) || safe.startsWith("'") ? `'${safe}` : safe;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
