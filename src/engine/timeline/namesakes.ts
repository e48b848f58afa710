import {
  handlesOf,
  initialsOf,
  ownHandles,
  ownInitials,
  partsOfHandle,
  shortened,
  shortOf,
  withParticles,
} from './name-handles.ts';
import { hyphened, partsOf, piecesOf, UNSPACED, unspacedParts } from './name-parts.ts';
import { capital, cased, formsOf, inLetters, plain } from './name-spellings.ts';
import { isWord, SERVICES, SHORT_WORDS, WORDS } from './name-words.ts';

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
