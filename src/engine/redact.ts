import { giveBack, isLent, lendRoom } from '../text/rooms.ts';
import type { BoundInput } from './model/plan.ts';
import { pendingDump, wholeDumpLines } from './redacting/dumps.ts';
import { piecesOf } from './redacting/encodings.ts';
import { hasEscape, revealed, unfinishedEscape } from './redacting/escapes.ts';
import { type GivenBefore, type GivenWord, givenNeedles, needlesOf } from './redacting/needles.ts';
import { type Patterns, pieceFinder } from './redacting/pieces.ts';
import { createSearcher, type Finder, type Found } from './redacting/searcher.ts';

/** A secret; one that is also a word is hidden only right behind what gives it (`PGPASSWORD=`). */
export type Hidden = string | Pick<BoundInput, 'value' | 'behind'>;

/** Masks secrets in one stream of bytes. */
export interface Redactor {
  /**
   * Takes a chunk and gives back what is safe to show of everything so far. The end of a chunk is held
   * back only while it is the beginning of a secret, however long the rest takes to come.
   */
  push(chunk: Uint8Array): Uint8Array;
  /** What was held back, when nothing comes any more. */
  end(): Uint8Array;
  /** Looks for these from here on; what was shown already is what it is. */
  seek(secrets: readonly Hidden[]): void;
  /** Masks a text of its own, outside the stream; not counted. */
  mask(text: string): string;
  /** How many secrets the stream had so far. */
  readonly count: number;
}

const MASK = Buffer.from('***');
const NOTHING = new Uint8Array(0);
/** What was shown already and still says whether a secret goes on: some lines of a dump or of an encoded text. */
const CONTEXT_BYTES = 2048;

/**
 * A redactor for one stream: every secret becomes `***`, also when it is split across chunks at any byte; when it is
 * written in base64, URL, JSON, XML, shell or hex notation, or twice so; when white space, line breaks or separators stand in it;
 * and in the lines of a dump. One that colours or other terminal sequences cut through is masked as well, and the
 * sequences around it go. One of fewer than four bytes is masked as it is only.
 */
export function createRedactor(secrets: readonly Hidden[]): Redactor {
  let finder = finderFor(secrets);
  let context: Uint8Array = NOTHING;
  let held: Uint8Array = NOTHING;
  let touching = false;
  let count = 0;
  const join = joiner();
  const take = (chunk: Uint8Array, isLast: boolean): Uint8Array => {
    if (finder === null) return chunk;
    const joined = join([context, held, chunk]);
    const bytes = joined.subarray(context.length);
    const unbroken = isLast || !hasEscape(bytes) ? bytes.length : unfinishedEscape(bytes);
    const { shown, taken } = revealed(finder, bytes.subarray(0, unbroken), isLast);
    const isPlain = shown.length === taken;
    const all = isPlain
      ? joined.subarray(0, context.length + taken)
      : Buffer.concat([context, shown]);
    const masked = maskBytes(finder, all, context.length, isLast, touching);
    // Most output has no secret and goes on as it came: to put it together anew is a tenth of 256 MiB with 20 secrets.
    const [first] = masked.pieces;
    const isAsItCame =
      isPlain &&
      masked.count === 0 &&
      held.length === 0 &&
      first?.length === masked.stop - context.length;
    const given = isAsItCame ? beginningOf(chunk, first.length) : putTogether(masked.pieces, chunk);
    held = Buffer.concat([all.subarray(masked.stop), bytes.subarray(taken)]);
    context = Buffer.from(all.subarray(Math.max(0, masked.stop - CONTEXT_BYTES), masked.stop));
    touching = masked.touching;
    count += masked.count;
    return given;
  };
  return {
    push: (chunk) => take(chunk, false),
    end: () => take(NOTHING, true),
    seek(more) {
      finder = finderFor(more);
    },
    mask(text) {
      if (finder === null) return text;
      const { shown } = revealed(finder, Buffer.from(text), true);
      const masked = maskBytes(finder, shown, 0, true, false);
      return masked.count === 0 ? text : Buffer.concat(masked.pieces).toString();
    },
    get count() {
      return count;
    },
  };
}

function beginningOf(chunk: Uint8Array, length: number): Uint8Array {
  return length === chunk.length ? chunk : chunk.subarray(0, length);
}

/** What is safe to show, in a room of its own; the chunk is not needed any more. */
function putTogether(pieces: readonly Uint8Array[], chunk: Uint8Array): Uint8Array {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const room = isLent(chunk) ? lendRoom() : NOTHING;
  if (length > room.length) return Buffer.concat(pieces);
  let at = 0;
  for (const piece of pieces) {
    room.set(piece, at);
    at += piece.length;
  }
  giveBack(chunk);
  return room.subarray(0, length);
}

/** Puts parts one behind the other, always in the same place: memory made anew for each chunk costs more than the search. */
function joiner(): (parts: readonly Uint8Array[]) => Uint8Array {
  let place: Uint8Array = NOTHING;
  return (parts) => {
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    if (place.length < length) place = Buffer.allocUnsafeSlow(length + CONTEXT_BYTES);
    let at = 0;
    for (const part of parts) {
      place.set(part, at);
      at += part.length;
    }
    return place.subarray(0, length);
  };
}

let made: { readonly keys: readonly string[]; readonly finder: Finder | null } | undefined;

/**
 * The finder of these secrets; the last one is kept, since every step of a run looks for the same ones, in whatever order
 * it was told of them and how often: to make one for 20 secrets takes 30 ms.
 */
function finderFor(given: readonly Hidden[]): Finder | null {
  const words = new Map<string, GivenWord>();
  const wholes = new Set<string>();
  for (const one of given) {
    const { value, behind = null } = typeof one === 'string' ? { value: one } : one;
    if (behind === null) wholes.add(value);
    else words.set(JSON.stringify([value, behind]), { value, behind });
  }
  const secrets = [...wholes].toSorted();
  const keys = [...secrets, ...words.keys()];
  if (made?.keys.length === keys.length && made.keys.every((key, at) => key === keys[at]))
    return made.finder;
  const { given: onlyGiven, needles: behind } = givenNeedles([...words.values()]);
  const needles = [...new Set([...needlesOf(secrets), ...behind])];
  const finder = needles.length === 0 ? null : finderOf(needles, onlyGiven, piecesOf(secrets));
  made = { keys, finder };
  return finder;
}

function finderOf(
  needles: readonly string[],
  given: ReadonlyMap<string, GivenBefore>,
  patterns: Patterns,
): Finder {
  const searcher = createSearcher(needles);
  /** A word that is hidden where it is given is none elsewhere. */
  const isHidden = (bytes: Uint8Array, { start, end }: Found): boolean => {
    if (given.size === 0) return true;
    const needle = Buffer.from(bytes.subarray(start, end)).toString('latin1');
    return given.get(needle)?.(bytes, start) ?? true;
  };
  const pieces = pieceFinder(patterns);
  return {
    find(bytes) {
      const unfolded = withoutWrittenBreaks(bytes);
      const found: Found[] = [...pieces.find(bytes)];
      if (unfolded !== bytes) found.push(...pieces.find(unfolded));
      for (
        let place = searcher.next(bytes, 0);
        place;
        place = searcher.next(bytes, place.start + 1)
      )
        if (isHidden(bytes, place)) found.push(place);
      return found.length === 0 ? found : merged(wholeDumpLines(bytes, found));
    },
    pending: (bytes) =>
      Math.min(
        searcher.pending(bytes, 0),
        pieces.pending(bytes),
        pieces.pending(withoutWrittenBreaks(bytes)),
        pendingDump(bytes),
      ),
  };
}

/**
 * Line breaks and tabs that are written as `\\n` (JSON of folded text), and those that mail puts behind a `=`, are none
 * of what they part: blanks in their place.
 */
function withoutWrittenBreaks(bytes: Uint8Array): Uint8Array {
  let own = bytes;
  const blank = (from: number, to: number): void => {
    if (own === bytes) own = new Uint8Array(bytes);
    own.fill(BLANK, from, to);
  };
  for (let at = bytes.indexOf(BACKSLASH); at >= 0; at = bytes.indexOf(BACKSLASH, at + 1))
    if (BREAKS.has(bytes[at + 1] ?? 0)) blank(at, at + 2);
  for (let at = bytes.indexOf(EQUALS); at >= 0; at = bytes.indexOf(EQUALS, at + 1))
    if (ENDS.has(bytes[at + 1] ?? LINE_END)) blank(at, at + 2);
  return own;
}

const EQUALS = 0x3d;
/** What may yet come behind the last byte. */
const LINE_END = 0x0a;
const ENDS: ReadonlySet<number> = new Set(Buffer.from('\r\n'));
const BACKSLASH = 0x5c;
const BLANK = 0x20;
const BREAKS: ReadonlySet<number> = new Set(Buffer.from('nrt'));

/** Secrets that overlap or touch share one mask: how many letters there were is nobody's business. */
function merged(found: readonly Found[]): readonly Found[] {
  const all: { start: number; end: number }[] = [];
  for (const place of found.toSorted((one, other) => one.start - other.start)) {
    const last = all.at(-1);
    if (last !== undefined && place.start <= last.end) last.end = Math.max(last.end, place.end);
    else all.push({ ...place });
  }
  return all;
}

interface Masked {
  /** What may be shown, one behind the other. */
  readonly pieces: readonly Uint8Array[];
  /** Up to where the bytes were dealt with. */
  readonly stop: number;
  readonly count: number;
  /** What was given out so far ends in a mask. */
  readonly touching: boolean;
}

/** Masks the bytes behind `base`; those before it were shown already. */
function maskBytes(
  finder: Finder,
  bytes: Uint8Array,
  base: number,
  isLast: boolean,
  touched: boolean,
): Masked {
  const pieces: Uint8Array[] = [];
  // What is held back may yet become a secret that begins there, or is longer than one found there.
  const stop = isLast ? bytes.length : Math.max(base, finder.pending(bytes));
  let at = base;
  let touching = touched;
  let count = 0;
  for (const { start, end } of finder.find(bytes)) {
    if (end <= base) continue;
    if (start >= stop) break;
    const from = Math.max(start, base);
    if (from > at) {
      pieces.push(bytes.subarray(at, from));
      touching = false;
    }
    if (!touching) {
      pieces.push(MASK);
      count += 1;
    }
    touching = true;
    at = Math.min(end, stop);
  }
  if (at < stop) {
    pieces.push(bytes.subarray(at, stop));
    touching = false;
  }
  return { pieces, stop, count, touching };
}
