/** Longest beginning of a line that is compared; what follows it is not looked at. */
const MAX_LINE_BYTES = 64 * 1024;
const NEWLINE = 0x0a;

/**
 * Watches output for a line that matches. The returned function takes the next chunk and answers how many of its bytes
 * belong to the output up to and including the matching line, or -1 when no line has matched yet.
 */
export function lineWatch(pattern: RegExp): (chunk: Uint8Array) => number {
  let begun: Uint8Array[] = [];
  let begunBytes = 0;
  const keep = (piece: Uint8Array): void => {
    const room = piece.subarray(0, MAX_LINE_BYTES - begunBytes);
    if (room.length > 0) begun.push(room);
    begunBytes += room.length;
  };
  return (chunk) => {
    let from = 0;
    for (;;) {
      const end = chunk.indexOf(NEWLINE, from);
      if (end < 0) break;
      keep(chunk.subarray(from, end));
      const line = Buffer.concat(begun).toString('utf8').replace(/\r$/, '');
      begun = [];
      begunBytes = 0;
      pattern.lastIndex = 0;
      if (pattern.test(line)) return end + 1;
      from = end + 1;
    }
    // Copied, because the chunk belongs to the reader once it is handed on.
    keep(Uint8Array.from(chunk.subarray(from, from + MAX_LINE_BYTES)));
    return -1;
  };
}
