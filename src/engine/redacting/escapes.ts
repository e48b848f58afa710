import type { Finder } from './searcher.ts';

const ESCAPE = 0x1b;
const LONGEST_UNFINISHED = 128;

/** Whole control sequences of ECMA-48: CSI, OSC and the two-character ones. */
const SEQUENCES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what it looks for.
  /\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])/g;

export function hasEscape(bytes: Uint8Array): boolean {
  return bytes.includes(ESCAPE);
}

/** Where a control sequence begins that the end of the bytes cuts off; their length when none is cut. */
export function unfinishedEscape(bytes: Uint8Array): number {
  const at = bytes.lastIndexOf(ESCAPE);
  if (at < 0 || bytes.length - at > LONGEST_UNFINISHED) return bytes.length;
  const tail = Buffer.from(bytes.subarray(at)).toString('latin1');
  return new RegExp(`^${SEQUENCES.source}`).test(tail) ? bytes.length : at;
}

/**
 * The bytes as they are, or without their control sequences where that lets a secret (or the beginning
 * of one) be seen: `grep --color` puts sequences into the middle of what it found.
 */
export function revealed(finder: Finder, bytes: Uint8Array, isLast: boolean): Uint8Array {
  if (!hasEscape(bytes)) return bytes;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const plain = Buffer.from(text.replace(SEQUENCES, ''), 'latin1');
  if (plain.length === bytes.length) return bytes;
  const isInnocent =
    finder.find(plain).length === 0 && (isLast || finder.pending(plain) >= plain.length);
  return isInnocent ? bytes : plain;
}
