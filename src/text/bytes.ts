/**
 * What output is looked at for, four bytes at a time: most of it is plain text, and to ask a regular expression and to
 * search for each newline took 460 ms of CPU for 200 MB, this takes a quarter. A word holds four bytes; to add to their
 * lower seven bits sets the eighth of those that are large enough, and never reaches the next byte (Warren, "Hacker's
 * Delight", 6-1). `| 0` keeps the sums within 32 bits.
 */
const LOW_SEVEN = 0x7f7f7f7f;
const EIGHTH = 0x80808080 | 0;
/** What makes the eighth bit of every byte that is at least so large: 0x80 less that. */
const FROM_TAB = 0x77777777;
const FROM_AFTER_NEWLINE = 0x75757575;
const FROM_SPACE = 0x60606060;
const FROM_DELETE = 0x01010101;
const NEWLINES = 0x0a0a0a0a;

const TAB = 9;
const NEWLINE = 10;

/** Whether bytes are printable ASCII, tabs and newlines alone: nothing of it can drive a terminal. */
export function isPlain(bytes: Uint8Array): boolean {
  const { words, from, to } = wordsOf(bytes);
  let odd = 0;
  for (let index = 0; index < words.length; index += 1) {
    odd |= oddBits(words[index] ?? 0);
  }
  return (odd & EIGHTH) === 0 && arePlain(bytes, 0, from) && arePlain(bytes, to, bytes.length);
}

/** In the eighth bit of each byte whether it is none of those; what stands in the other bits says nothing. */
function oddBits(word: number): number {
  const low = word & LOW_SEVEN;
  const isShown = (low + FROM_SPACE) | 0;
  const isTabOrNewline = ((low + FROM_TAB) | 0) & ~((low + FROM_AFTER_NEWLINE) | 0);
  return word | ((low + FROM_DELETE) | 0) | (~isShown & ~isTabOrNewline);
}

let lastMargined: { readonly bytes: Uint8Array; readonly newlines: number } | undefined;

/** How many newlines there are; known for what was put behind a margin last: to count costs a half of that. */
export function newlinesIn(bytes: Uint8Array): number {
  if (lastMargined?.bytes === bytes) return lastMargined.newlines;
  const { words, from, to } = wordsOf(bytes);
  let count = newlinesBetween(bytes, 0, from) + newlinesBetween(bytes, to, bytes.length);
  for (let begin = 0; begin < words.length; begin += MOST_IN_A_BYTE) {
    const end = Math.min(words.length, begin + MOST_IN_A_BYTE);
    let each = 0;
    for (let index = begin; index < end; index += 1)
      each = (each + ((newlineBits(words[index] ?? 0) >>> 7) & 0x01010101)) | 0;
    count += (each & 0xff) + ((each >>> 8) & 0xff) + ((each >>> 16) & 0xff) + (each >>> 24);
  }
  return count;
}

/** Four counts stand in one word, each in a byte of it. */
const MOST_IN_A_BYTE = 255;

/** The eighth bit of each byte that is a newline. */
function newlineBits(word: number): number {
  const other = word ^ NEWLINES;
  return ~(((other & LOW_SEVEN) + LOW_SEVEN) | 0 | other) & EIGHTH;
}

/**
 * Plain bytes as `isPlain` has them, with a margin of four bytes behind every newline but one that ends them, and `before`
 * in front; `undefined` where they are not plain. A margin of four bytes moves what follows by a whole word, so words are
 * copied as they are: 64 ms for 128 MiB in lines of 67 bytes, where a text with its newlines replaced takes 168 and leaves
 * two strings a piece to the garbage collector. The next call writes over what is returned.
 */
export function behindMargin(
  bytes: Uint8Array,
  margin: Uint8Array,
  before: string,
): Uint8Array | undefined {
  const { words, from, to } = wordsOf(bytes);
  // Words are copied onto words: the first whole one has to stand at the beginning of one.
  const begin = WORD * Math.ceil((before.length + from) / WORD) - from;
  const room = roomFor(begin + bytes.length * (1 + WORD));
  let end = margined(bytes, 0, from, { margin, room: room.bytes, end: begin });
  for (let at = 0; at < words.length && end >= 0; ) {
    const stopped = copyWords(words, at, { margin, room: room.words, end: end >> 2 });
    const next = from + stopped.at * WORD;
    const isWhole = stopped.at === words.length;
    end = stopped.end * WORD;
    if (!isWhole) end = margined(bytes, next, next + WORD, { margin, room: room.bytes, end });
    at = stopped.at + 1;
  }
  if (end >= 0) end = margined(bytes, to, bytes.length, { margin, room: room.bytes, end });
  if (end < 0) return undefined;
  lastMargined = { bytes, newlines: (end - begin - bytes.length) / WORD };
  room.bytes.write(before, begin - before.length, 'latin1');
  const last = bytes.at(-1) === NEWLINE ? end - WORD : end;
  return room.bytes.subarray(begin - before.length, last);
}

const WORD = 4;
const WORD_BITS = 32;

/** Where bytes are copied to, up to which of them (or of its words) it is full, and what comes behind newlines. */
interface Copy<Room> {
  readonly room: Room;
  readonly end: number;
  readonly margin: Uint8Array;
}

let lastRoom: { readonly bytes: Buffer; readonly words: Int32Array } | undefined;

/** The same room again and again: memory that is new for each piece of output costs more than what is done there. */
function roomFor(length: number): NonNullable<typeof lastRoom> {
  if (lastRoom !== undefined && lastRoom.bytes.length >= length) return lastRoom;
  const bytes = Buffer.allocUnsafeSlow(WORD * Math.ceil(length / WORD));
  lastRoom = { bytes, words: new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / WORD) };
  return lastRoom;
}

/**
 * Copies words from one on, and the margin behind newlines, up to the first word that is anything but letters and one
 * newline: that one is for somebody slower, whose code in here would make all of it so.
 */
function copyWords(
  words: Int32Array,
  from: number,
  { room, end, margin }: Copy<Int32Array>,
): { readonly at: number; readonly end: number } {
  const marginWord = new Int32Array(Uint8Array.from(margin).buffer)[0] ?? 0;
  const { length } = words;
  let shift = end - from;
  let at = from;
  for (; at < length; at += 1) {
    const word = words[at] ?? 0;
    room[at + shift] = word;
    // A carry or a borrow comes only out of a byte that is itself none of the letters.
    const odd = ((word - SPACES) | 0 | ((word + FROM_DELETE) | 0) | word) & EIGHTH;
    if (odd === 0) continue;
    const newlines = newlineBits(word);
    // What is more than one newline, or anything else.
    if (newlines === 0 || (newlines & (newlines - 1)) !== 0 || (oddBits(word) & EIGHTH) !== 0)
      break;
    if (!IS_LITTLE) break;
    const behind = WORD_BITS - Math.clz32(newlines);
    shift += 1;
    if (behind === WORD_BITS) room[at + shift] = marginWord;
    else {
      const head = (1 << behind) - 1;
      room[at + shift - 1] = (word & head) | (marginWord << behind);
      room[at + shift] = (marginWord >>> (WORD_BITS - behind)) | (word & ~head);
    }
  }
  return { at, end: at + shift };
}

const SPACES = 0x20202020;
/** The first byte is the lowest of its word. */
const IS_LITTLE = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** One byte after the other; returns up to where the room is full, and -1 where a byte is not plain. */
function margined(
  bytes: Uint8Array,
  from: number,
  to: number,
  { room, end, margin }: Copy<Uint8Array>,
): number {
  if (!arePlain(bytes, from, to)) return -1;
  let full = end;
  for (let at = from; at < to; at += 1) {
    room[full++] = bytes[at] ?? 0;
    if (bytes[at] === NEWLINE) for (const byte of margin) room[full++] = byte;
  }
  return full;
}

/** The whole words of bytes, and where they begin and end: a chunk may stand anywhere in memory. */
function wordsOf(bytes: Uint8Array): {
  readonly words: Int32Array;
  readonly from: number;
  readonly to: number;
} {
  const from = Math.min(bytes.length, -bytes.byteOffset & 3);
  const count = (bytes.length - from) >> 2;
  // Of nothing, for fewer bytes than reach the first whole word: a view may not begin between two.
  if (count === 0) return { words: NO_WORDS, from: bytes.length, to: bytes.length };
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + from, count);
  return { words, from, to: from + count * 4 };
}

const NO_WORDS = new Int32Array(0);

function arePlain(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0;
    if ((byte < 0x20 && byte !== NEWLINE && byte !== TAB) || byte >= 0x7f) return false;
  }
  return true;
}

function newlinesBetween(bytes: Uint8Array, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at += 1) if (bytes[at] === NEWLINE) count += 1;
  return count;
}

/** The first and the last of some bytes, none of them twice, and how many there are. */
export function endsOf(
  bytes: Uint8Array,
  headBytes: number,
  tailBytes: number,
): { readonly head: Uint8Array; readonly tail: Uint8Array; readonly bytes: number } {
  const head = bytes.subarray(0, headBytes);
  const tail = bytes.subarray(Math.max(head.length, bytes.length - tailBytes));
  return { head, tail, bytes: bytes.length };
}
