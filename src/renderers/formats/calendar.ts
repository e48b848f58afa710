import { safeText } from '../../text/safe-text.ts';

const MAX_OCTETS = 75;

/** One content line of iCalendar (RFC 5545, 3.1): folded at 75 octets, never inside a character. */
export function calendarLine(name: string, value: string): string {
  let out = '';
  let octets = 0;
  for (const character of `${name}:${value}`) {
    const size = Buffer.byteLength(character);
    if (octets + size > MAX_OCTETS) {
      out += '\r\n ';
      octets = 1;
    }
    out += character;
    octets += size;
  }
  return `${out}\r\n`;
}

/** Untrusted text as a TEXT value (RFC 5545, 3.3.11). */
export function calendarText(text: string): string {
  return safeText(text)
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\n/g, '\\n');
}

/** An instant as a DATE-TIME in UTC: `20261120T020500Z`. */
export function calendarTime(at: string): string {
  return `${at.slice(0, 19).replace(/[-:]/g, '')}Z`;
}
