import { closeSync, lstatSync, readSync } from 'node:fs';
import { openToRead } from '../../stores/files/disk.ts';

const CHUNK_BYTES = 256 * 1024;
/** Lines of one batch, whatever their size. */
const MOST_LINES = 500;

/** Whole lines of a file between two bytes, in batches; a line that is not ended by then is left for later. */
export function* newLines(
  path: string,
  fromByte: number,
  toByte: number,
): Generator<readonly Buffer[]> {
  const fd = openToRead(path);
  if (fd === undefined) return;
  try {
    let rest: Buffer = Buffer.alloc(0);
    for (let at = fromByte; ; ) {
      const chunk = Buffer.alloc(Math.max(0, Math.min(CHUNK_BYTES, toByte - at)));
      const size = readSync(fd, chunk, 0, chunk.length, at);
      if (size === 0) return;
      at += size;
      const all = Buffer.concat([rest, chunk.subarray(0, size)]);
      const lines: Buffer[] = [];
      let from = 0;
      for (let end = all.indexOf(10); end >= 0; end = all.indexOf(10, from)) {
        lines.push(all.subarray(from, end));
        from = end + 1;
      }
      rest = all.subarray(from);
      for (let first = 0; first < lines.length; first += MOST_LINES)
        yield lines.slice(first, first + MOST_LINES);
    }
  } finally {
    closeSync(fd);
  }
}

/** How long a file is by now; 0 when there is none. */
export function sizeOf(path: string): number {
  return lstatSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Bytes that lines take in their file. */
export function bytesOf(lines: readonly Buffer[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}
