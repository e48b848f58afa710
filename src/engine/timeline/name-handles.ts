import { isParticle, lettered, lettersOf, piecesOf, wordsOf } from './name-parts.ts';
import { capital, inLetters } from './name-spellings.ts';
import { isWord, SHORT_WORDS, WORDS } from './name-words.ts';

/** What a long first name is cut to: `Alex`. Of three letters it is a month or a word as often. */
export function shortOf(first: string): readonly string[] {
  if (!/^\p{Script=Latin}{6,}$/u.test(first)) return [];
  return [4, 5].map((size) => first.slice(0, size)).filter((form) => !isWord(form));
}

/** `MvdB`, `mvdberg`, `van den Berg`: a name with small words before the last, and letters in their place. */
export function withParticles(person: string): readonly string[] {
  const words = wordsOf(person);
  const from = words.findIndex((word, at) => at > 0 && isParticle(word, words));
  const small = from < 0 ? [] : words.slice(from, -1);
  const [first = '', last = ''] = [words[0], words.at(-1)];
  if (small.length === 0 || !small.every((word) => isParticle(word, words))) return [];
  const letters = small.map((word) => word.slice(0, 1));
  const f = first.slice(0, 1);
  const front = [
    small.join(''),
    letters.join(''),
    `${letters.join('.')}.`,
    `${letters.join('. ')}.`,
  ];
  const surnames = [
    small.join(' '),
    ...front,
    small.map(capital).join(' '),
    letters.join(' '),
  ].flatMap((before) => [`${before} ${last}`, `${before}${last}`]);
  const joined = [small.join(''), letters.join('')].map((before) => `${before}${last}`);
  return [
    `${f}${letters.join('')}${last.slice(0, 1)}`,
    ...surnames,
    ...surnames.flatMap((surname) => [`${f}. ${surname}`, `${f}.${surname}`, `${f} ${surname}`]),
    ...joined
      .flatMap((one) => inLetters(one))
      .flatMap((one) => inLetters(first).flatMap((name) => handlesFrom(name, one))),
    ...[letters.join(''), letters[0] ?? ''].flatMap((some) => [
      ...['', '.', '_', '-'].map((by) => `${first}${by}${some}${last.slice(0, 1)}`),
      `${f}${some}${last}`,
    ]),
  ];
}

/** `JRS` of `J. R. Smith`: of a name that is written with letters, which are no words that a text is searched for. */
export function ownInitials(person: string): readonly string[] {
  const words = lettered(person);
  return words.length === 0
    ? []
    : initialsFrom(words.map((word) => word.slice(0, 1).toUpperCase()));
}

/** `jrsmith`, `j.smith` of the same. */
export function ownHandles(person: string): readonly string[] {
  const words = lettered(person);
  const last = words.at(-1) ?? '';
  const letters = words.slice(0, -1).map((word) => word.slice(0, 1).toLowerCase());
  if (letters.length === 0 || last.length < 2) return [];
  return inLetters(last).flatMap((name) =>
    [letters.join(''), letters[0] ?? ''].flatMap((first) => handlesFrom(first, name)),
  );
}

/** The names that an account is made of: `mira.novak`. */
export function partsOfHandle(handle: string): readonly string[] {
  const parts = handle.split(/[._]/).filter((part) => /^\p{L}{3,}$/u.test(part));
  return parts.length > 1 && !parts.some((part) => WORDS.has(part.toLowerCase())) ? parts : [];
}

const MOST_PARTS = 5;

/** Of the first name, or the letters of all before it, and any that stands behind it: of two surnames either. */
export function handlesOf(parts: readonly string[]): readonly string[] {
  const ways = parts
    .slice(0, MOST_PARTS)
    .map((part) => [part, ...piecesOf(part), lettersOf(part)].filter(Boolean).flatMap(inLetters));
  return ways.slice(1).flatMap((lasts, at) => {
    const letters = ways.slice(0, at + 1).map(([name = '']) => name.slice(0, 1));
    const firsts = at === 0 ? (ways[0] ?? []) : [...(ways[0] ?? []), letters.join('')];
    return firsts.flatMap((first) => lasts.flatMap((last) => handlesFrom(first, last)));
  });
}

function handlesFrom(first: string, last: string): readonly string[] {
  const [f = '', l = ''] = [first.slice(0, 1), last.slice(0, 1)];
  const joined = ['.', '_', '-', ''].flatMap((by) => [
    `${first}${by}${last}`,
    `${last}${by}${first}`,
    `${f}${by}${last}`,
    `${first}${by}${l}`,
  ]);
  return [...joined, `${last}${f}`, `${l}${first}`].filter(
    (handle) => handle.length > 2 && !SHORT_WORDS.has(handle),
  );
}

export function initialsOf(parts: readonly string[]): readonly string[] {
  const each = parts.map((part) => part.slice(0, 1).toUpperCase());
  const all = parts.flatMap((part) => [...(lettersOf(part) || part.slice(0, 1)).toUpperCase()]);
  // `DMcA` of McAllister.
  const large = parts.map(
    (part) => /^\p{Lu}\p{Ll}{1,3}\p{Lu}/u.exec(part)?.[0] ?? part.slice(0, 1),
  );
  return [
    ...[each, ...(all.length === each.length ? [] : [all])].flatMap(initialsFrom),
    ...(large.join('').length > parts.length ? [large.join('')] : []),
  ];
}

function initialsFrom(letters: readonly string[]): readonly string[] {
  return [letters.join(''), `${letters.join('.')}.`, `${letters.join('. ')}.`, letters.join('.')];
}

/** One of the two names with the first letter of the other: `A. Horvat`, `A Horvat`, `Ana H.`. */
export function shortened(parts: readonly string[]): readonly string[] {
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  const [f = '', l = ''] = [first, last].map((part) => [...part][0]?.toUpperCase());
  return [last, ...piecesOf(last)]
    .flatMap((name) => [
      `${f}. ${name}`,
      `${f}.${name}`,
      `${f} ${name}`,
      `${name}, ${f}.`,
      `${name} ${f}.`,
    ])
    .concat([first, ...piecesOf(first)].flatMap((name) => [`${name} ${l}.`, `${name} ${l}`]));
}
