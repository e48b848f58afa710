import { isDumped } from './dumps.ts';
import type { Found } from './searcher.ts';

/** Finds long pieces of what secrets are made into, whatever white space, line breaks and separators stand in between. */
export interface PieceFinder {
  /** Every place where a piece stands, in no order; places may overlap. */
  find(bytes: Uint8Array): readonly Found[];
  /** Where the end of the bytes begins to look like a piece that is still too short to be sure; their length when nowhere. */
  pending(bytes: Uint8Array): number;
}

/** Bytes of a pattern that are looked up at once. */
const GRAM = 5;
/** A piece this long says enough of a secret to be hidden; a shorter pattern has to stand there whole. */
export const ENOUGH = 16;

/** In a line of a dump this is enough: it may show a few bytes only. */
const FEW = 9;

/** Digits alone stand for fewer bytes than letters do. */
function isManyIn({ length }: Piece, pattern: Uint8Array): boolean {
  return length >= FEW && !pattern.every((byte) => byte >= 48 && byte <= 57);
}

/** What secrets look like: as they are, and as tools write them. */
export interface Patterns {
  readonly plain: readonly string[];
  /** Each with how long a piece of it says enough, in letters: a byte takes one of them, or six. */
  readonly encoded: ReadonlyMap<string, number>;
}

/**
 * What tools and people put between the bytes of what they show, and before what they escape: white space, and
 * `73:33`, `0x73, 0x33`, `\\"`, `'s','3'`, `115.51`, `s|3`, the zero bytes of UTF-16, and letters that nobody sees
 * (U+200B, U+00AD and the like, by their bytes). It is nowhere looked at.
 */
const SKIPPED = new Uint8Array(256);
for (const letter of '\0\t\n\v\f\r ,:.-|\\"\'\xe2\x80\x8b\x8c\x8d\xc2\xad')
  SKIPPED[letter.charCodeAt(0)] = 1;

/** Without what is skipped: the shape in which a text, as a latin1 string of its bytes, can be looked for. */
export function tight(text: string): string {
  let kept = '';
  for (let at = 0; at < text.length; at += 1) if (!isSkipped(text.charCodeAt(at))) kept += text[at];
  return kept;
}

/**
 * Patterns are `tight`. Every so many bytes, the next few that are not skipped are looked up among all places of all
 * patterns; only what is known there is compared. Linear, and cheap where nothing is found.
 */
export function pieceFinder({ plain, encoded }: Patterns): PieceFinder {
  const leasts = new Map([...encoded, ...plain.map((pattern) => [pattern, ENOUGH] as const)]);
  const least = new Map<Uint8Array, number>();
  const asTheyAre = new Set<Uint8Array>();
  for (const [pattern, letters] of leasts) {
    if (pattern.length <= GRAM) continue;
    const bytes = Buffer.from(pattern, 'latin1');
    least.set(bytes, Math.min(bytes.length, letters));
    if (!encoded.has(pattern)) asTheyAre.add(bytes);
  }
  const known = [...least.keys()];
  if (known.length === 0) return { find: () => [], pending: (bytes) => bytes.length };
  const places = placesOf(known);
  const plainBeginnings = beginningsOf(asTheyAre);
  const encodedBeginnings = beginningsOf(known.filter((pattern) => !asTheyAre.has(pattern)));
  const enough = (pattern: Uint8Array): number => least.get(pattern) ?? ENOUGH;
  const step = Math.min(...known.map(enough)) - GRAM + 1;
  return {
    find(bytes) {
      const found: Found[] = [];
      const last = bytes.length - GRAM;
      for (let start = 0; start <= last; start += step) {
        for (let place = places.at(bytes, start); place >= 0; place = places.after(place)) {
          const pattern = places.pattern(place);
          const piece = around(bytes, start, pattern, places.position(place));
          if (piece === undefined) continue;
          const isSure = piece.length >= enough(pattern);
          if (!isSure && !(isManyIn(piece, pattern) && isDumped(bytes, piece.start))) continue;
          const { start: from, end } = goneOn(bytes, piece, pattern);
          found.push({ start: from, end: asTheyAre.has(pattern) ? end : restOfCode(bytes, end) });
        }
      }
      return found;
    },
    pending(bytes) {
      const start = lastGram(bytes);
      const end = bytes.length - trailing(bytes);
      let from = beginning(bytes, plainBeginnings, encodedBeginnings);
      if (start < 0) return from;
      for (let place = places.at(bytes, start); place >= 0; place = places.after(place)) {
        const pattern = places.pattern(place);
        const piece = around(bytes, start, pattern, places.position(place));
        if (piece === undefined || piece.end < end) continue;
        if (piece.length < enough(pattern)) from = Math.min(from, piece.start);
        // What stands in between belongs to it as soon as it goes on.
        else if (piece.to < pattern.length) from = Math.min(from, piece.end);
      }
      return from;
    },
  };
}

/** All places of all patterns, by a hash of the few bytes that stand there. */
interface Places {
  /** The first place with the bytes that stand at `start`, white space left out; -1: there is none. */
  at(bytes: Uint8Array, start: number): number;
  after(place: number): number;
  pattern(place: number): Uint8Array;
  position(place: number): number;
}

const NONE = -1;
const FILTER_BITS = 20;
const TABLE_BITS = 17;

/** A small filter, an open table behind it, and lists of places: no objects on the way that every byte of output takes. */
function placesOf(patterns: readonly Uint8Array[]): Places {
  const total = patterns.reduce((sum, { length }) => sum + length - GRAM + 1, 0);
  const filter = new Uint8Array(1 << (FILTER_BITS - 3));
  const firsts = new Uint8Array(1 << (FILTER_BITS - 3));
  const heads = new Int32Array(1 << TABLE_BITS).fill(NONE);
  const next = new Int32Array(total).fill(NONE);
  const which = new Uint16Array(total);
  const positions = new Int32Array(total);
  const hashes = new Int32Array(total);
  const since = (from: number, hash: number): number => {
    let place = from;
    while (place >= 0 && hashes[place] !== hash) place = next[place] ?? NONE;
    return place;
  };
  let count = 0;
  for (const [index, pattern] of patterns.entries())
    for (let position = 0; position + GRAM <= pattern.length; position += 1) {
      const hash = tightHash(pattern, position, undefined);
      add(firsts, firstHash(firstsOf(pattern, position)));
      add(filter, hash >>> (31 - FILTER_BITS));
      const slot = hash >>> (31 - TABLE_BITS);
      next[count] = heads[slot] ?? NONE;
      heads[slot] = count;
      which[count] = index;
      positions[count] = position;
      hashes[count] = hash;
      count += 1;
    }
  return {
    at(bytes, start) {
      const hash = tightHash(bytes, start, firsts);
      if (hash === UNKNOWN || !has(filter, hash >>> (31 - FILTER_BITS))) return NONE;
      return since(heads[hash >>> (31 - TABLE_BITS)] ?? NONE, hash);
    },
    after: (place) => since(next[place] ?? NONE, hashes[place] ?? 0),
    pattern: (place) => patterns[which[place] ?? 0] ?? EMPTY,
    position: (place) => positions[place] ?? 0,
  };
}

const EMPTY = new Uint8Array(0);
const MIX = 0x9e3779b1;

const FIRST = 3;

/** As `tightHash` sees them: a pattern has nothing that is skipped. */
function firstsOf(pattern: Uint8Array, at: number): number {
  return ((pattern[at] ?? 0) << 16) | ((pattern[at + 1] ?? 0) << 8) | (pattern[at + 2] ?? 0);
}

/** A look-up that ends early: nothing known begins with these bytes. No hash of whole ones is it. */
const UNKNOWN = -1;

/**
 * The hash of the next bytes that are not skipped; of fewer of them at the end. `UNKNOWN` as soon as the first three of
 * them are the first ones of no place: most of the bytes of most output are not looked at.
 */
function tightHash(bytes: Uint8Array, start: number, firsts: Uint8Array | undefined): number {
  const { length } = bytes;
  let hash = 0;
  let at = start;
  for (let count = 0; count < FIRST && at < length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (SKIPPED[byte] === 1) continue;
    hash = (hash << 8) | byte;
    count += 1;
  }
  if (firsts !== undefined && !has(firsts, firstHash(hash))) return UNKNOWN;
  for (let count = FIRST; count < GRAM && at < length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (SKIPPED[byte] === 1) continue;
    hash = Math.imul(hash ^ byte, MIX);
    hash ^= hash >>> 15;
    count += 1;
  }
  return hash & 0x7fffffff;
}

function firstHash(three: number): number {
  return Math.imul(three, MIX) >>> (32 - FILTER_BITS);
}

function has(filter: Uint8Array, bit: number): boolean {
  return ((filter[bit >> 3] ?? 0) & (1 << (bit & 7))) !== 0;
}

function add(filter: Uint8Array, bit: number): void {
  filter[bit >> 3] = (filter[bit >> 3] ?? 0) | (1 << (bit & 7));
}

interface Piece extends Found {
  /** Bytes of the pattern in it. */
  readonly length: number;
  /** Where in the pattern it ends. */
  readonly to: number;
}

/** The longest piece of the pattern around a place where a few bytes of it may stand. */
function around(
  bytes: Uint8Array,
  start: number,
  pattern: Uint8Array,
  at: number,
): Piece | undefined {
  const right = forward(bytes, start, pattern, at);
  if (right.matched < GRAM) return undefined;
  let from = at;
  let begin = right.first;
  for (let here = right.first - 1; here >= 0 && from > 0; here -= 1) {
    const byte = bytes[here] ?? 0;
    if (isSkipped(byte)) continue;
    if (byte !== pattern[from - 1]) break;
    from -= 1;
    begin = here;
  }
  const to = at + right.matched;
  return { start: begin, end: right.end, length: to - from, to };
}

function forward(
  bytes: Uint8Array,
  start: number,
  pattern: Uint8Array,
  at: number,
): { readonly matched: number; readonly first: number; readonly end: number } {
  let matched = 0;
  let first = -1;
  let end = start;
  for (let here = start; here < bytes.length && at + matched < pattern.length; here += 1) {
    const byte = bytes[here] ?? 0;
    if (isSkipped(byte)) continue;
    if (byte !== pattern[at + matched]) break;
    if (first < 0) first = here;
    matched += 1;
    end = here + 1;
  }
  return { matched, first, end };
}

const LONGEST_PREFIX = 40;

/** A piece goes on behind a line break when the next line begins as its own does (`> `, `x: `). */
function goneOn(bytes: Uint8Array, { start, end, to }: Piece, pattern: Uint8Array): Found {
  let stop = end;
  for (let at = to, from = start; at < pattern.length; ) {
    const lineEnd = bytes.indexOf(NEWLINE, stop);
    if (lineEnd < 0 || !isBlank(bytes, stop, lineEnd)) break;
    const lineStart = bytes.lastIndexOf(NEWLINE, Math.max(0, stop - 1)) + 1;
    const prefix = bytes.subarray(lineStart, Math.max(lineStart, from));
    if (prefix.length === 0 || prefix.length > LONGEST_PREFIX) break;
    const next = lineEnd + 1 + prefix.length;
    if (!isSame(bytes, lineEnd + 1, prefix)) break;
    const more = forward(bytes, next, pattern, at);
    if (more.matched === 0) break;
    at += more.matched;
    stop = more.end;
    from = next;
  }
  return { start, end: stop };
}

const LONGEST_REST = 40;

/** What is encoded behind a piece, without anything in between: its end, or what an encoder put between two of its lines. */
function restOfCode(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && at - from < LONGEST_REST && isCode(bytes[at] ?? 0)) at += 1;
  return at - from < LONGEST_REST ? at : from;
}

/** A letter of base64. */
function isCode(byte: number): boolean {
  return (
    (byte >= 48 && byte <= 57) ||
    (byte >= 65 && byte <= 90) ||
    (byte >= 97 && byte <= 122) ||
    byte === 43 ||
    byte === 47 ||
    byte === 61
  );
}

const NEWLINE = 10;

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (!isSkipped(bytes[at] ?? 0)) return false;
  return true;
}

function isSame(bytes: Uint8Array, from: number, other: Uint8Array): boolean {
  for (let at = 0; at < other.length; at += 1) if (bytes[from + at] !== other[at]) return false;
  return true;
}

/** Where the last bytes that make a whole look-up begin. */
function lastGram(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.length - 1; at >= 0; at -= 1) {
    if (!isSkipped(bytes[at] ?? 0)) count += 1;
    if (count === GRAM) return at;
  }
  return -1;
}

/** The first few letters of patterns, and of each of these its first ones. */
function beginningsOf(patterns: Iterable<Uint8Array>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const pattern of patterns)
    for (let length = 1; length < GRAM; length += 1)
      found.add(Buffer.from(pattern.subarray(0, length)).toString('latin1'));
  return found;
}

/** So many letters of a code in a row are no word. */
const CODE_LETTERS = 8;

/**
 * Where the last few letters begin that are the first ones of a secret as it is, or of what an encoder makes of it: these
 * stand at the very end, or at the end of a line of a code.
 */
function beginning(
  bytes: Uint8Array,
  plain: ReadonlySet<string>,
  encoded: ReadonlySet<string>,
): number {
  const end = bytes.length - trailing(bytes);
  const isOpen = !isSpace(bytes[bytes.length - 1] ?? 0);
  const mayBeCode = isOpen || codeBefore(bytes, end) >= CODE_LETTERS;
  let from = bytes.length;
  let tail = '';
  for (let at = end - 1; at >= 0 && tail.length < GRAM - 1; at -= 1) {
    const byte = bytes[at] ?? 0;
    if (isSkipped(byte)) continue;
    tail = String.fromCharCode(byte) + tail;
    if (plain.has(tail) || (mayBeCode && encoded.has(tail))) from = at;
  }
  return from;
}

function codeBefore(bytes: Uint8Array, end: number): number {
  let count = 0;
  while (count < CODE_LETTERS && count < end && isCode(bytes[end - 1 - count] ?? 0)) count += 1;
  return count;
}

function trailing(bytes: Uint8Array): number {
  let count = 0;
  while (count < bytes.length && isSkipped(bytes[bytes.length - 1 - count] ?? 0)) count += 1;
  return count;
}

function isSpace(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13);
}

function isSkipped(byte: number): boolean {
  return SKIPPED[byte] === 1;
}
