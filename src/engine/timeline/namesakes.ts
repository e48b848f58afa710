/** What stands for a person in a text, and what it is replaced by. */
export interface Namesakes {
  /** As they are spelled. */
  readonly exact: ReadonlyMap<string, string>;
  /** In lower case, whatever case they stand in. */
  readonly folded: ReadonlyMap<string, string>;
  /** In lower case: handles without their sign, which may be words of the text as well. */
  readonly loose: ReadonlyMap<string, string>;
}

const SHARED = 'a person';
const MOST_WITH_HANDLES = 300;
const MOST_HANDLES = 2000;

/** Accounts that are nobody in particular: their names are words of the trade, too. */
const SERVICES = new Set(
  'root admin administrator postgres deploy deployer ubuntu debian ec2-user www-data nobody cron ci runner jenkins vagrant ansible git dev ops app service system unknown alertmanager'.split(
    ' ',
  ),
);
/** Names that are words of English as well: in small letters they are the words. */
export const WORDS = new Set(
  'will may mark bill rob bob hope grace faith joy dawn rose art jack drew chase pat sue ray dean frank grant guy max min rich robin victor june april august summer autumn rusty sandy skip sonny miles clay cliff dale glen heath lane page reed ross wade ward west north young long short strong small little large brown white black green gray grey king price cook baker hall wood woods stone hill field fields rivers brook brooks bush fox wolf bird fish rice bean berry bell ball banks bank barber butler carter carver cross day dear early english fisher ford forest fuller gardener good hand hardy head hunter hunt keys key knight law lock love major marsh mason mercer miller moody moon moss noble park parks pace pool pope porter potter powers read rush sharp shepherd singer smith snow speed spring star steel step stock swift taylor thatcher test turner wall walker waters weaver webb wells wise worth wright log nine mine host node root user data disk base case call code core file line link list load name note time type'.split(
    ' ',
  ),
);
/** Short words of the trade: an account that is called so is not known from them. */
const SHORT_WORDS = new Set(
  'lib bin etc usr var opt tmp log dev lan wan api app cli sql ssh tls dns url job run all any set get put add new old out end top map key pid tag'.split(
    ' ',
  ),
);
const PARTICLES = new Set(['van', 'von', 'de', 'der', 'den', 'la', 'le', 'of', 'the']);

/**
 * Every word that means one of the given people: the whole name, first names and surnames as they are spelled (a
 * person called Will does not make every "will" one), handles made of them (`ana.horvat`, `ahorvat`, `@ana`),
 * and initials. An account that is a handle of somebody is that somebody.
 */
export function namesakes(people: readonly string[], handles: readonly string[]): Namesakes {
  const found = new Words();
  const numbers = numbered(people);
  const isFew = numbers.size <= MOST_WITH_HANDLES;
  for (const [person, number] of numbers) {
    found.spelled(person, number, true);
    const parts = partsOf(person);
    if (isFew) for (const initials of ownInitials(person)) found.spelled(initials, number, false);
    if (isFew) for (const handle of ownHandles(person)) found.whatever(handle, number);
    // A surname and a given name of one letter each are no parts that a text is searched for, and together they are.
    if (UNSPACED.test(person))
      for (const part of unspacedParts(person)) found.whatever(part, number);
    if (parts.length === 0) continue;
    if (SERVICES.has(person.toLowerCase())) continue;
    if (person.includes(','))
      found.spelled(person.split(',').reverse().join(' ').trim(), number, false);
    found.whatever(person, number);
    for (const part of parts)
      for (const form of hyphened(part)) {
        found.spelled(form, number, false);
        if (form.length > 3) found.whatever(form, number);
      }
    if (parts.length === 1) {
      for (const piece of hyphened(parts[0] ?? '').length > 0 ? piecesOf(parts[0] ?? '') : [])
        found.spelled(piece, number, false);
      const own = partsOfHandle(parts[0] ?? '');
      if (parts[0] !== person) found.whatever(parts[0] ?? '', number);
      for (const part of own) {
        found.spelled(capital(part), number, false);
        if (!SHORT_WORDS.has(part.toLowerCase()) && !SERVICES.has(part.toLowerCase()))
          found.whatever(part, number);
      }
      if (own.length > 1 && isFew)
        for (const initials of initialsOf(own)) found.spelled(initials, number, false);
      if (own.length > 1 && isFew)
        for (const handle of handlesOf(own)) found.whatever(handle, number);
      continue;
    }
    for (const part of parts.flatMap((one) => [one, ...piecesOf(one)])) {
      found.spelled(part, number, false);
      if (part.length > 2 && !WORDS.has(part.toLowerCase())) found.whatever(part, number);
    }
    if (!isFew) continue;
    for (const form of shortOf(parts[0] ?? '')) found.spelled(form, number, false);
    for (const form of withParticles(person)) {
      found.spelled(form, number, false);
      if (form.length > 3) found.whatever(form, number);
    }
    for (const handle of handlesOf(parts)) found.whatever(handle, number);
    for (const part of parts) found.whatever(`@${part}`, number);
    for (const initials of [...initialsOf(parts), ...shortened(parts)]) {
      found.spelled(initials, number, false);
      if (/^\p{L}{4,}$/u.test(initials)) found.whatever(initials, number);
    }
  }
  let last = new Set(numbers.values()).size;
  for (const handle of handles.slice(0, MOST_HANDLES)) {
    const bare = handle.slice(1);
    const names = [bare, bare.replaceAll('\u00a0', ' '), handle].map((name) => name.toLowerCase());
    const known = names.some((name) => found.folded.has(name) || found.exact.has(name));
    if (known || numbers.has(bare)) continue;
    const namesake = ownerOf(bare, numbers);
    if (namesake === undefined) last += 1;
    const number = namesake ?? `person ${last}`;
    found.whatever(handle, number);
    found.spelled(capital(bare), number, false);
    // Parted so, it is no word that a text would lose with it; as one word it may be (`@payments`).
    if (/[\p{L}\p{N}][._-][\p{L}\p{N}]/u.test(bare)) found.whatever(bare, number);
    else if (!isWord(bare)) found.loosely(bare, number);
  }
  return found;
}

const isWord = (bare: string): boolean =>
  [WORDS, SHORT_WORDS, SERVICES].some((words) => words.has(bare.toLowerCase())) || bare.length < 3;

/** The only one of the people whose name begins as a handle does: `@rob` is Robert. */
function ownerOf(handle: string, numbers: ReadonlyMap<string, string>): string | undefined {
  const bare = handle.toLowerCase();
  if (!/^\p{L}{3,}$/u.test(bare)) return undefined;
  const owners = [...numbers].filter(([name]) =>
    partsOf(name)
      .flatMap((part) => inLetters(part))
      .some((part) => part.startsWith(bare)),
  );
  const found = new Set(owners.map(([, number]) => number));
  return found.size === 1 ? [...found][0] : undefined;
}

/** What a long first name is cut to: `Alex`. Of three letters it is a month or a word as often. */
function shortOf(first: string): readonly string[] {
  if (!/^\p{Script=Latin}{6,}$/u.test(first)) return [];
  return [4, 5].map((size) => first.slice(0, size)).filter((form) => !isWord(form));
}

/** `MvdB`, `mvdberg`, `van den Berg`: a name with small words before the last, and letters in their place. */
function withParticles(person: string): readonly string[] {
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
      `${first}${some}${last.slice(0, 1)}`,
      `${f}${some}${last}`,
    ]),
  ];
}

/** A small word of a name whose others are written large: `van`, `dos`, `bin`. */
const isParticle = (word: string, words: readonly string[]): boolean =>
  PARTICLES.has(word.toLowerCase()) ||
  (/^\p{Ll}{1,4}$/u.test(word) && words.some((other) => /^\p{Lu}/u.test(other)));

/** A name that nothing bounds where it stands in a text, with its blank or without. */
export const UNSPACED =
  /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\s]+$/u;

/** The whole name without blanks, and the given name behind a surname of one letter, or half of four. */
function unspacedParts(person: string): readonly string[] {
  const whole = person.replace(/\s/g, '');
  const letters = [...whole];
  if (letters.length !== 3 && letters.length !== 4) return [whole];
  const at = letters.length === 3 ? 1 : 2;
  const [surname, given] = [letters.slice(0, at).join(''), letters.slice(at).join('')];
  return at > 1 ? [whole, given, surname] : [whole, given];
}

/** Each name with its number; an account that can only be one of the people is that one. */
function numbered(people: readonly string[]): ReadonlyMap<string, string> {
  const whole = [...new Set(people)].filter((name) => name.trim() !== '');
  const owners = new Map<string, string | null>();
  for (const name of whole.length > MOST_WITH_HANDLES ? [] : whole) {
    const parts = partsOf(name);
    if (parts.length < 2) continue;
    const words = [...handlesOf(parts), ...parts.flatMap(inLetters)];
    for (const word of new Set(words)) owners.set(word, owners.has(word) ? null : name);
  }
  const numbers = new Map<string, string>();
  const given = new Map<string, string>();
  for (const name of whole) {
    const owner = owners.get(plain(name).toLowerCase()) ?? name;
    const number = given.get(owner) ?? `person ${given.size + 1}`;
    given.set(owner, number);
    numbers.set(name, number);
  }
  return numbers;
}

class Words implements Namesakes {
  readonly exact = new Map<string, string>();
  readonly folded = new Map<string, string>();
  readonly loose = new Map<string, string>();

  loosely(word: string, number: string): void {
    for (const form of formsOf(word)) put(this.loose, form.toLowerCase(), number, false);
  }

  spelled(word: string, number: string, isWhole: boolean): void {
    for (const form of new Set([word, ...(isWhole ? [] : cased(word))].flatMap(formsOf)))
      put(this.exact, form, number, isWhole);
  }

  whatever(word: string, number: string): void {
    for (const form of formsOf(word)) put(this.folded, form.toLowerCase(), number, false);
  }
}

function put(words: Map<string, string>, word: string, number: string, isWhole: boolean): void {
  const known = words.get(word);
  if (known === undefined || isWhole) words.set(word, number);
  else if (known !== number) words.set(word, SHARED);
}

/**
 * Words of a name long enough to be one: `Ana`, `Horvat`, `O'Neil`, the given name first; of an address what stands
 * before the `@`, of an account what stands behind its domain.
 */
function partsOf(name: string): readonly string[] {
  const words = wordsOf(name);
  return words
    .filter((word) => !isParticle(word, words))
    .map((part) => part.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter((part) => /^\p{L}/u.test(part) && part.length > 1);
}

/** Words and single letters of a name, without titles: of them the dot stands behind more than one letter (`Dr.`, `Jr.`). */
function wordsOf(name: string): readonly string[] {
  const bare = name
    .replace(/<[^<>]*>/g, ' ')
    .replace(/@[^\s@]*/g, ' ')
    .replace(/^[^\s\\]+\\(?=[^\s\\]+$)/, '');
  const ordered = bare.includes(',') ? bare.split(',').reverse().join(' ') : bare;
  const words = ordered.split(/[\s,()]+/).filter(Boolean);
  const named = words.filter((word) => !/^\p{L}{2,}\.$/u.test(word));
  return named.length > 0 ? named : words;
}

/** `JRS` of `J. R. Smith`: of a name that is written with letters, which are no words that a text is searched for. */
function ownInitials(person: string): readonly string[] {
  const words = lettered(person);
  return words.length === 0
    ? []
    : initialsFrom(words.map((word) => word.slice(0, 1).toUpperCase()));
}

/** `jrsmith`, `j.smith` of the same. */
function ownHandles(person: string): readonly string[] {
  const words = lettered(person);
  const last = words.at(-1) ?? '';
  const letters = words.slice(0, -1).map((word) => word.slice(0, 1).toLowerCase());
  if (letters.length === 0 || last.length < 2) return [];
  return inLetters(last).flatMap((name) =>
    [letters.join(''), letters[0] ?? ''].flatMap((first) => handlesFrom(first, name)),
  );
}

/** The words and letters of a name that has both; none of any other. */
function lettered(person: string): readonly string[] {
  const words = wordsOf(person).flatMap(
    (word) => word.match(/\p{L}(?=\.)|\p{L}{2,}|^\p{L}$/gu) ?? [],
  );
  const isShort = words.some((word) => word.length === 1) && words.some((word) => word.length > 1);
  return isShort && words.length < 6 ? words : [];
}

/** Both halves of a name with a hyphen. */
function piecesOf(part: string): readonly string[] {
  const pieces = part.split('-').filter((piece) => piece.length > 1);
  return pieces.length > 1 ? pieces : [];
}

/** A name with a hyphen as it is written otherwise: `Anne Marie`, `AnneMarie`, `A.-M.`, `JL`. Accounts such as `web-team` are none. */
function hyphened(part: string): readonly string[] {
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

/** The names that an account is made of: `mira.novak`. */
function partsOfHandle(handle: string): readonly string[] {
  const parts = handle.split(/[._]/).filter((part) => /^\p{L}{3,}$/u.test(part));
  return parts.length > 1 && !parts.some((part) => WORDS.has(part.toLowerCase())) ? parts : [];
}

const MOST_PARTS = 5;

/** Of the first name, or the letters of all before it, and any that stands behind it: of two surnames either. */
function handlesOf(parts: readonly string[]): readonly string[] {
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

/** `JL` of `Jean-Luc`; `''` of a name without a hyphen. */
const lettersOf = (part: string): string =>
  piecesOf(part)
    .map((piece) => piece.slice(0, 1))
    .join('');

function initialsOf(parts: readonly string[]): readonly string[] {
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
function shortened(parts: readonly string[]): readonly string[] {
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

function cased(word: string): readonly string[] {
  return [word.toUpperCase(), capital(word)];
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

/** One word in the ways in which it is written: composed or not, without accents, with either apostrophe or none. */
function formsOf(word: string): readonly string[] {
  const composed = [word, word.normalize('NFC'), word.normalize('NFD'), plain(word), german(word)];
  return [
    ...new Set(
      composed.flatMap((form) => [form, form.replaceAll("'", '’'), form.replace(/['’]/g, '')]),
    ),
  ];
}

/** As an account has it: small letters of ASCII and nothing else. */
function inLetters(word: string): readonly string[] {
  return [...new Set([plain(word), german(word)])].map((form) =>
    form.toLowerCase().replace(/[^\p{L}\p{N}]/gu, ''),
  );
}

/** Letters that no mark was put on. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  æ: 'ae',
  Æ: 'Ae',
  œ: 'oe',
  Œ: 'Oe',
  þ: 'th',
  Þ: 'Th',
  ı: 'i',
};
/** As they are written where there is no other way. */
const WRITTEN_OUT: Readonly<Record<string, string>> = {
  ä: 'ae',
  ö: 'oe',
  ü: 'ue',
  Ä: 'Ae',
  Ö: 'Oe',
  Ü: 'Ue',
  å: 'aa',
  Å: 'Aa',
  ø: 'oe',
  Ø: 'Oe',
  đ: 'dj',
  Đ: 'Dj',
};

function german(word: string): string {
  return plain([...word.normalize('NFC')].map((letter) => WRITTEN_OUT[letter] ?? letter).join(''));
}

/** Without accents, as handles and hasty hands write it. */
function plain(word: string): string {
  const base = word.normalize('NFD').replace(/\p{M}+/gu, '');
  return [...base].map((letter) => LETTERS[letter] ?? letter).join('');
}
