import type { Found } from './searcher.ts';

/**
 * `xxd`, `hexdump`, `od` show bytes in lines of sixteen, each with its offset and most with the letters beside: a secret
 * begins and ends within a line, and stands there twice.
 */
const OFFSET = /^[ \t]*[0-9a-f]{6,16}:?[ \t]/i;
/** Groups of digits, as all of them write bytes; `od -c` writes letters in columns of four. */
const GROUPS = /^(?:[ \t]+-?[0-9a-f]{1,16}){2}/i;
const LETTERS = /^(?: {3}\S| {2}\\\S| [0-7]{3}){2}/;

/** Where in a line of a dump the bytes begin; `undefined` for any other line. */
function dumpedFrom(line: string): number | undefined {
  const offset = OFFSET.exec(line)?.[0].length ?? 0;
  const rest = offset === 0 ? line : line.slice(offset - 1);
  if (!GROUPS.test(rest) && !LETTERS.test(rest)) {
    // The last line of a dump may hold one byte only.
    return offset > 0 && /^[ \t]+[0-9a-f]{2,16}[ \t]*(?:\||[ \t]\S|$)/i.test(rest)
      ? offset
      : undefined;
  }
  return offset;
}

/** The places, and where they stand in a dump its lines from one before to two behind, but for the offsets. */
export function wholeDumpLines(bytes: Uint8Array, found: readonly Found[]): readonly Found[] {
  const all: Found[] = [];
  for (const place of found) {
    all.push(place);
    let start = lineStart(bytes, place.start);
    if (dumpedAt(bytes, start) === undefined) continue;
    const before = start === 0 ? 0 : lineStart(bytes, start - 1);
    if (dumpedAt(bytes, before) !== undefined) start = before;
    for (let behind = 0; start < bytes.length && behind <= LINES_BEHIND; ) {
      const from = dumpedAt(bytes, start);
      if (from === undefined) break;
      const end = lineEnd(bytes, start);
      all.push({ start: start + from, end });
      if (end >= place.end) behind += 1;
      start = end + 1;
    }
  }
  return all;
}

const LINES_BEHIND = 2;

/** Whether a place is in a line of a dump. */
export function isDumped(bytes: Uint8Array, at: number): boolean {
  return dumpedAt(bytes, lineStart(bytes, at)) !== undefined;
}

/** Where the last line begins, when it is one of a dump: what comes next may make it part of a secret. */
export function pendingDump(bytes: Uint8Array): number {
  if (bytes.length === 0) return 0;
  const last = lineStart(bytes, bytes.length);
  const begun = pendingLine(bytes, last);
  if (begun !== undefined) return begun;
  const whole = last === bytes.length ? lineStart(bytes, last - 1) : last;
  if (dumpedAt(bytes, whole) === undefined) return bytes.length;
  const before = whole === 0 ? 0 : lineStart(bytes, whole - 1);
  return last === bytes.length || dumpedAt(bytes, before) === undefined ? whole : before;
}

const LONGEST_BEGINNING = 32;
/** A line of a dump that has just begun: an offset, or blanks, and at most one byte. */
const BEGUN = /^[ \t]{0,8}[0-9a-f]{0,16}:?[ \t]{0,4}\S{0,4}[ \t]{0,4}$/i;
const LIKELY = /^(?:[ \t]|[0-9a-f]{6})/i;

/** Where a begun line, or the whole line of a dump before it, begins; `undefined`: it can be told what the last line is. */
function pendingLine(bytes: Uint8Array, last: number): number | undefined {
  if (last === bytes.length || bytes.length - last > LONGEST_BEGINNING) return undefined;
  const line = Buffer.from(bytes.subarray(last)).toString('latin1');
  if (!BEGUN.test(line) || dumpedAt(bytes, last) !== undefined) return undefined;
  const before = last === 0 ? last : lineStart(bytes, last - 1);
  if (before < last && dumpedAt(bytes, before) !== undefined) return before;
  return LIKELY.test(line) ? last : undefined;
}

const NEWLINE = 10;
const LONGEST_LINE = 400;

function dumpedAt(bytes: Uint8Array, start: number): number | undefined {
  const first = bytes[start] ?? 0;
  const isLikely = first === 32 || first === 9 || isHexDigit(first);
  if (!isLikely) return undefined;
  const end = lineEnd(bytes, start);
  if (end - start > LONGEST_LINE) return undefined;
  return dumpedFrom(Buffer.from(bytes.subarray(start, end)).toString('latin1'));
}

function isHexDigit(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 70) || (byte >= 97 && byte <= 102);
}

function lineStart(bytes: Uint8Array, at: number): number {
  return at <= 0 ? 0 : bytes.lastIndexOf(NEWLINE, at - 1) + 1;
}

function lineEnd(bytes: Uint8Array, at: number): number {
  const end = bytes.indexOf(NEWLINE, at);
  return end < 0 ? bytes.length : end;
}
