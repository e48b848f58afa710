/** Whether a code point is accepted. */
export type CharTest = (codePoint: number) => boolean;

/** A regular expression on its way through the reader, by code points. */
export interface Reader {
  readonly chars: readonly string[];
  at: number;
  depth: number;
}

/** The character at the reader's place, `''` at the end. */
export const peek = (reader: Reader, ahead = 0): string => reader.chars[reader.at + ahead] ?? '';

/** What lies ahead, enough of it for one token. */
export const rest = (reader: Reader, length = 40): string =>
  reader.chars.slice(reader.at, reader.at + length).join('');

/** Accepts the one character. */
export function is(char: string): CharTest {
  const wanted = char.codePointAt(0);
  return (code) => code === wanted;
}
