import { closeSync, readSync } from 'node:fs';
import type { LinePlace, RawLine } from '../../engine/contracts/run-store.ts';
import { openToRead } from './disk.ts';

const CHUNK_BYTES = 256 * 1024;

/** No line that was written is this long; what is longer is read as an empty one, which is no event. */
const LONGEST_LINE = 64 * 1024 * 1024;

/**
 * The lines of a file of ours in order, without their newlines; none where there is no such file. Memory is one chunk and
 * the longest line. `from`: where the first one to be read stands.
 */
export function* linesOf(path: string, from: LinePlace = BEGINNING): Generator<RawLine> {
  const fd = openToRead(path);
  if (fd === undefined) return;
  try {
    let { line, bytes: position } = from;
    let pieces: Uint8Array[] = [];
    let length = 0;
    for (;;) {
      // A `Buffer`, since what is cut from one is made faster, and read faster as text.
      const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
      const size = readSync(fd, chunk, 0, CHUNK_BYTES, position);
      if (size === 0) break;
      position += size;
      let start = 0;
      for (;;) {
        const end = chunk.indexOf(10, start);
        if (end < 0 || end >= size) break;
        const piece = chunk.subarray(start, end);
        line += 1;
        const isTooLong = length + piece.length > LONGEST_LINE;
        yield { line, raw: isTooLong ? NOTHING : joined(pieces, piece), complete: true };
        pieces = [];
        length = 0;
        start = end + 1;
      }
      if (start === size) continue;
      length += size - start;
      if (length > LONGEST_LINE) pieces = [];
      else pieces.push(chunk.subarray(start, size));
    }
    if (length > LONGEST_LINE) yield { line: line + 1, raw: NOTHING, complete: true };
    else if (length > 0) yield { line: line + 1, raw: Buffer.concat(pieces), complete: false };
  } finally {
    closeSync(fd);
  }
}

const BEGINNING: LinePlace = { line: 0, bytes: 0 };

/** The lines of bytes, numbered from 1. */
export function* linesIn(bytes: Uint8Array): Generator<RawLine> {
  let line = 0;
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from);
    line += 1;
    yield { line, raw: bytes.subarray(from, end < 0 ? undefined : end), complete: end >= 0 };
    if (end < 0) return;
    from = end + 1;
  }
}

const NOTHING = new Uint8Array(0);

function joined(pieces: readonly Uint8Array[], last: Uint8Array): Uint8Array {
  return pieces.length === 0 ? last : Buffer.concat([...pieces, last]);
}
