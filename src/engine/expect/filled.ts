/**
 * Values of inputs within expected text: they are compared as they are, whatever they hold. Until it is compared, a
 * value stands between two marks and its signs are others, so that no wildcard, suffix or hole is read out of it.
 * Marks and signs are of a private use plane of Unicode.
 */
const BEGIN = '\u{F2000}';
const END = '\u{F2001}';
const SIGNS = 0xf2100;
const ANY = /[\u{F2000}\u{F2001}\u{F2100}-\u{F217F}]/u;
const MARKED = /[\u{F2000}\u{F2001}\u{F2100}-\u{F217F}]/gu;

/** A value as it is put into expected text. */
export function asFilled(value: string): string {
  const signs = value
    .replace(MARKED, '\uFFFD')
    .replace(/[!-/:-@[-`{-~\t]/g, (sign) => String.fromCodePoint(SIGNS + sign.charCodeAt(0)));
  // Each of its lines is one of the expected text.
  return `${BEGIN}${signs.replaceAll('\n', `${END}\n${BEGIN}`)}${END}`;
}

/** Whether a value was filled into a text. */
export function isFilled(text: string): boolean {
  return ANY.test(text);
}

/** Expected text as it reads, with its values. */
export function asRead(text: string): string {
  return isFilled(text) ? text.replace(MARKED, signOf) : text;
}

/** The source of a regular expression that takes its values literally. */
export function asSource(source: string): string {
  return isFilled(source)
    ? source.replace(MARKED, (mark) => signOf(mark).replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&'))
    : source;
}

function signOf(mark: string): string {
  return mark === BEGIN || mark === END
    ? ''
    : String.fromCharCode((mark.codePointAt(0) ?? SIGNS) - SIGNS);
}
