import { hasEscape, revealed, unfinishedEscape } from './redacting/escapes.ts';
import { needlesOf } from './redacting/needles.ts';
import { createSearcher, type Searcher } from './redacting/searcher.ts';

/** Masks secrets in one stream of bytes. */
export interface Redactor {
  /**
   * Takes a chunk and gives back what is safe to show of everything so far. The end of a chunk is held
   * back only while it is the beginning of a secret, however long the rest takes to come.
   */
  push(chunk: Uint8Array): Uint8Array;
  /** What was held back, when nothing comes any more. */
  end(): Uint8Array;
  /** Masks a text of its own, outside the stream; not counted. */
  mask(text: string): string;
  /** How many secrets the stream had so far. */
  readonly count: number;
}

const MASK = Buffer.from('***');
const NOTHING = new Uint8Array(0);

/**
 * A redactor for one stream: every secret becomes `***`, also when it is split across chunks at any byte
 * and when it is written in base64, URL, JSON, shell or hex notation. A secret of several lines is masked
 * line by line; one that colours or other terminal sequences cut through is masked as well, and the
 * sequences around it go. One of fewer than four bytes is masked as it is only.
 */
export function createRedactor(secrets: readonly string[]): Redactor {
  const needles = needlesOf(secrets);
  if (needles.length === 0) return passThrough();
  const searcher = createSearcher(needles);
  let held: Uint8Array = NOTHING;
  let covered = 0;
  let touching = false;
  let count = 0;
  const take = (bytes: Uint8Array, isLast: boolean): Uint8Array => {
    const whole = isLast || !hasEscape(bytes) ? bytes.length : unfinishedEscape(bytes);
    const shown = revealed(searcher, bytes.subarray(0, whole), isLast);
    const masked = maskBytes(searcher, shown, isLast, { covered, touching });
    held =
      whole === bytes.length
        ? masked.rest.slice()
        : Buffer.concat([masked.rest, bytes.subarray(whole)]);
    ({ covered, touching } = masked);
    count += masked.count;
    return masked.bytes;
  };
  return {
    push: (chunk) => take(held.length === 0 ? chunk : Buffer.concat([held, chunk]), false),
    end: () => take(held, true),
    mask(text) {
      const shown = revealed(searcher, Buffer.from(text), true);
      const masked = maskBytes(searcher, shown, true, { covered: 0, touching: false });
      return masked.count === 0 ? text : Buffer.from(masked.bytes).toString();
    },
    get count() {
      return count;
    },
  };
}

function passThrough(): Redactor {
  return { push: (chunk) => chunk, end: () => NOTHING, mask: (text) => text, count: 0 };
}

interface Before {
  /** How many of the bytes that were held back stand under a mask already. */
  readonly covered: number;
  /** What was given out so far ends in a mask. */
  readonly touching: boolean;
}

interface Masked extends Before {
  readonly bytes: Uint8Array;
  /** What has to be held back. */
  readonly rest: Uint8Array;
  readonly count: number;
}

/** Secrets that overlap or touch share one mask: how many letters there were is nobody's business. */
function maskBytes(searcher: Searcher, bytes: Uint8Array, isLast: boolean, before: Before): Masked {
  const pieces: Uint8Array[] = [];
  // What is held back may yet become a secret that begins there, or is longer than one found there.
  const stop = isLast ? bytes.length : searcher.pending(bytes, 0);
  let at = before.covered;
  let touching = before.touching;
  let count = 0;
  let found = searcher.next(bytes, 0);
  while (found !== undefined && found.start < stop) {
    if (found.start > at) pieces.push(bytes.subarray(at, found.start), MASK);
    else if (!touching) pieces.push(MASK);
    if (found.start > at || found.end > at) count += 1;
    touching = true;
    at = Math.max(at, found.end);
    found = searcher.next(bytes, found.start + 1);
  }
  const tail = bytes.subarray(at, Math.max(at, stop));
  if (tail.length > 0) touching = false;
  return {
    bytes: pieces.length === 0 ? tail : Buffer.concat([...pieces, tail]),
    rest: bytes.subarray(stop),
    count,
    covered: Math.max(0, at - stop),
    touching,
  };
}
