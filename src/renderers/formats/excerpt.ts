import type { RenderContext } from '../../engine/contracts/renderer.ts';
import { asShown } from '../../text/as-shown.ts';

/** What of an output is shown: all of it, or its beginning and end. */
export interface Excerpt {
  readonly head: string;
  /** `null`: the head is all there is. */
  readonly tail: string | null;
  readonly leftOutBytes: number;
}

const MOST_LINES = 100;

/** The first and last 100 lines of a stored output, as far as the store hands them out. */
export async function excerptOf(
  path: string,
  output: RenderContext['output'],
): Promise<Excerpt | undefined> {
  const stored = await output(path);
  if (!stored) return undefined;
  const { head, tail, bytes } = stored;
  if (head.length >= bytes) return cutLines(head.subarray(0, bytes), bytes);
  const overlap = head.length + tail.length - bytes;
  if (overlap >= 0) return cutLines(Buffer.concat([head, tail.subarray(overlap)]), bytes);
  return between(firstLines(wholeLinesFrom(head)), lastLines(wholeLinesTo(tail)), bytes);
}

function cutLines(all: Uint8Array, bytes: number): Excerpt {
  const head = firstLines(all);
  if (head.length === all.length) return { head: decode(all), tail: null, leftOutBytes: 0 };
  const tail = lastLines(all.subarray(head.length));
  return head.length + tail.length === all.length
    ? { head: decode(all), tail: null, leftOutBytes: 0 }
    : between(head, tail, bytes);
}

function between(head: Uint8Array, tail: Uint8Array, bytes: number): Excerpt {
  return {
    head: decode(head),
    tail: decode(tail),
    leftOutBytes: bytes - head.length - tail.length,
  };
}

const NEWLINE = 0x0a;

function firstLines(bytes: Uint8Array): Uint8Array {
  let end = 0;
  for (let line = 0; line < MOST_LINES; line += 1) {
    const newline = bytes.indexOf(NEWLINE, end);
    if (newline < 0) return bytes;
    end = newline + 1;
  }
  return bytes.subarray(0, end);
}

function lastLines(bytes: Uint8Array): Uint8Array {
  let start = bytes.length - 1;
  for (let line = 0; line < MOST_LINES; line += 1) {
    const newline = start <= 0 ? -1 : bytes.lastIndexOf(NEWLINE, start - 1);
    if (newline < 0) return bytes;
    start = newline;
  }
  return bytes.subarray(start + 1);
}

/** A head that was cut in the middle of a line ends before that line, when there is an earlier one. */
function wholeLinesFrom(head: Uint8Array): Uint8Array {
  const newline = head.lastIndexOf(NEWLINE);
  return newline < 0 ? wholeCharacters(head) : head.subarray(0, newline + 1);
}

function wholeLinesTo(tail: Uint8Array): Uint8Array {
  const newline = tail.indexOf(NEWLINE);
  if (newline >= 0 && newline + 1 < tail.length) return tail.subarray(newline + 1);
  let start = 0;
  while (start < 3 && ((tail[start] ?? 0) & 0xc0) === 0x80) start += 1;
  return tail.subarray(start);
}

/** Without the first bytes of a UTF-8 character whose rest was cut off. */
function wholeCharacters(head: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(3, head.length); back += 1) {
    const byte = head[head.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needs > back ? head.subarray(0, head.length - back) : head;
  }
  return head;
}

function decode(bytes: Uint8Array): string {
  return asShown(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
}
