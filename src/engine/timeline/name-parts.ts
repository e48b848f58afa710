const PARTICLES = new Set(['van', 'von', 'de', 'der', 'den', 'la', 'le', 'of', 'the']);

/** A small word of a name whose others are written large: `van`, `dos`, `bin`. */
export const isParticle = (word: string, words: readonly string[]): boolean =>
  PARTICLES.has(word.toLowerCase()) ||
  (/^\p{Ll}{1,4}$/u.test(word) && words.some((other) => /^\p{Lu}/u.test(other)));

/** A name that nothing bounds where it stands in a text, with its blank or without. */
export const UNSPACED =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\s]+$/u;

/** The whole name without blanks, and the given name behind a surname of one letter, or half of four. */
export function unspacedParts(person: string): readonly string[] {
  const whole = person.replace(/\s/g, '');
  const letters = [...whole];
  if (letters.length !== 3 && letters.length !== 4) return [whole];
  const at = letters.length === 3 ? 1 : 2;
  const [surname, given] = [letters.slice(0, at).join(''), letters.slice(at).join('')];
  return at > 1 ? [whole, given, surname] : [whole, given];
}

/**
 * Words of a name long enough to be one: `Ana`, `Horvat`, `O'Neil`, the given name first; of an address what stands
 * before the `@`, of an account what stands behind its domain.
 */
export function partsOf(name: string): readonly string[] {
  const words = wordsOf(name);
  return words
    .filter((word) => !isParticle(word, words))
    .map((part) => part.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter((part) => /^\p{L}/u.test(part) && part.length > 1);
}

/** Words and single letters of a name, without titles: of them the dot stands behind more than one letter (`Dr.`, `Jr.`). */
export function wordsOf(name: string): readonly string[] {
  const bare = name
    .replace(/<[^<>]*>/g, ' ')
    .replace(/@[^\s@]*/g, ' ')
    .replace(/^[^\s\\]+\\(?=[^\s\\]+$)/, '');
  const ordered = bare.includes(',') ? bare.split(',').reverse().join(' ') : bare;
  const words = ordered.split(/[\s,()]+/).filter(Boolean);
  const named = words.filter((word) => !/^\p{L}{2,}\.$/u.test(word));
  return named.length > 0 ? named : words;
}

/** The words and letters of a name that has both; none of any other. */
export function lettered(person: string): readonly string[] {
  const words = wordsOf(person).flatMap(
    (word) => word.match(/\p{L}(?=\.)|\p{L}{2,}|^\p{L}$/gu) ?? [],
  );
  const isShort = words.some((word) => word.length === 1) && words.some((word) => word.length > 1);
  return isShort && words.length < 6 ? words : [];
}

/** Both halves of a name with a hyphen. */
export function piecesOf(part: string): readonly string[] {
  const pieces = part.split('-').filter((piece) => piece.length > 1);
  return pieces.length > 1 ? pieces : [];
}

/** A name with a hyphen as it is written otherwise: `Anne Marie`, `AnneMarie`, `A.-M.`, `JL`. Accounts such as `web-team` are none. */
export function hyphened(part: string): readonly string[] {
  const pieces = piecesOf(part);
  if (!pieces.every((piece) => /^\p{Lu}/u.test(piece))) return [];
  const letters = pieces.map((piece) => piece.slice(0, 1));
  const initials = letters.join('');
  return pieces.length === 0
    ? []
    : [
        ...JOINS.map((by) => pieces.join(by)),
        `${letters.join('.-')}.`,
        letters.join('-'),
        ...(HALVES_OF_DAYS.test(initials) ? [] : [initials, `${letters.join('.')}.`]),
      ];
}

const JOINS = [' ', '', '\u2010', '\u2011', '\u00a0', '_', '.'];

const HALVES_OF_DAYS = /^[AP]M$/;

/** `JL` of `Jean-Luc`; `''` of a name without a hyphen. */
export const lettersOf = (part: string): string =>
  piecesOf(part)
    .map((piece) => piece.slice(0, 1))
    .join('');
