import type { Finder, Found } from './searcher.ts';

const ESCAPE = 0x1b;
const BACKSPACE = 0x08;
const LONGEST_UNFINISHED = 128;

/** Whole control sequences of ECMA-48: CSI, OSC and the two-character ones; and letters that the next one is struck over. */
const SEQUENCES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what it looks for.
  /(?:\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\^_])|[^\x08\n]\x08)/g;

export function hasEscape(bytes: Uint8Array): boolean {
  return bytes.includes(ESCAPE) || bytes.includes(BACKSPACE);
}

/** Where a control sequence begins that the end of the bytes cuts off; their length when none is cut. */
export function unfinishedEscape(bytes: Uint8Array): number {
  const at = bytes.lastIndexOf(ESCAPE);
  if (at < 0 || bytes.length - at > LONGEST_UNFINISHED) return bytes.length;
  const tail = Buffer.from(bytes.subarray(at)).toString('latin1');
  return new RegExp(`^${SEQUENCES.source}`).test(tail) ? bytes.length : at;
}

/** More than this of sequences behind the beginning of a secret is not kept: what waits for its end is bounded. */
const MOST_WAITING = 65_536;

export interface Revealed {
  /** The bytes as they are, or without their control sequences. */
  readonly shown: Uint8Array;
  /** How many of the bytes that speaks of; the others wait for what follows them. */
  readonly taken: number;
}

/**
 * The bytes as they are, or without their control sequences where that lets a secret be seen: `grep --color` puts
 * sequences into the middle of what it found. Where it lets no more than the beginning of one be seen, what begins
 * there waits, sequences and all: most of the time it becomes none.
 */
export function revealed(finder: Finder, bytes: Uint8Array, isLast: boolean): Revealed {
  const asItIs = { shown: bytes, taken: bytes.length };
  if (!hasEscape(bytes)) return asItIs;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const plain = Buffer.from(text.replace(SEQUENCES, ''), 'latin1');
  if (plain.length === bytes.length) return asItIs;
  const found = finder.find(plain);
  if (found.length > 0)
    return { shown: besides(finder, text, plain, found) ?? plain, taken: bytes.length };
  const pending = isLast ? plain.length : finder.pending(plain);
  if (pending >= plain.length) return asItIs;
  const taken = unplain(text, pending);
  return bytes.length - taken > MOST_WAITING
    ? { shown: plain, taken: bytes.length }
    : { shown: bytes.subarray(0, taken), taken };
}

/**
 * The bytes with the sequences that stand in no secret: those around it draw the screen. `undefined`: with them a secret, or what
 * may become one, is seen less.
 */
function besides(
  finder: Finder,
  text: string,
  plain: Uint8Array,
  found: readonly Found[],
): Uint8Array | undefined {
  if (finder.pending(plain) < plain.length) return undefined;
  const spans = found.map(({ start, end }) => ({ start, end, length: end - start }));
  let removed = 0;
  let next = 0;
  const shown = text.replace(SEQUENCES, (sequence, at: number) => {
    const place = at - removed;
    removed += sequence.length;
    while ((spans[next]?.end ?? Number.POSITIVE_INFINITY) <= place) next += 1;
    const start = spans[next]?.start ?? Number.POSITIVE_INFINITY;
    // What is struck over by its first letter is that letter.
    return start < place || (start === place && sequence.endsWith('\b')) ? '' : sequence;
  });
  const bytes = Buffer.from(shown, 'latin1');
  const again = finder.find(bytes);
  const isSame =
    again.length === found.length &&
    again.every(({ start, end }, index) => end - start === spans[index]?.length);
  return isSame ? bytes : undefined;
}

/** Where in the text the byte stands that has this place among those of no sequence. */
function unplain(text: string, place: number): number {
  let sequences = 0;
  for (const { index, 0: sequence } of text.matchAll(SEQUENCES)) {
    if (index - sequences > place) break;
    sequences += sequence.length;
  }
  return place + sequences;
}
