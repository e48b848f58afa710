/** What stands for a person in a text, and what it is replaced by. */
export interface Namesakes {
  /** As they are spelled. */
  readonly exact: ReadonlyMap<string, string>;
  /** In lower case, whatever case they stand in. */
  readonly folded: ReadonlyMap<string, string>;
}

const SHARED = 'a person';
const MOST_WITH_HANDLES = 300;

/** Accounts that are nobody in particular: their names are words of the trade, too. */
const SERVICES = new Set(
  'root admin administrator postgres deploy deployer ubuntu debian ec2-user www-data nobody cron ci runner jenkins vagrant ansible git dev ops app service system unknown alertmanager'.split(
    ' ',
  ),
);
const PARTICLES = new Set(['van', 'von', 'de', 'der', 'den', 'la', 'le', 'of', 'the']);

/**
 * Every word that means one of the given people: the whole name, first names and surnames as they are spelled (a
 * person called Will does not make every "will" one), handles made of them (`ana.horvat`, `ahorvat`, `@ana`),
 * and initials. An account that is a handle of somebody is that somebody.
 */
export function namesakes(people: readonly string[]): Namesakes {
  const found = new Words();
  const numbers = numbered(people);
  const isFew = numbers.size <= MOST_WITH_HANDLES;
  for (const [person, number] of numbers) {
    found.spelled(person, number, true);
    const parts = partsOf(person);
    if (parts.length === 0) continue;
    if (parts.length === 1) {
      if (!SERVICES.has(person.toLowerCase())) found.whatever(person, number);
      continue;
    }
    found.whatever(person, number);
    for (const part of parts) found.spelled(part, number, false);
    if (!isFew) continue;
    for (const handle of handlesOf(parts)) found.whatever(handle, number);
    for (const part of parts) found.whatever(`@${part}`, number);
    for (const initials of initialsOf(parts)) found.spelled(initials, number, false);
  }
  return found;
}

/** Each name with its number; an account that can only be one of the people is that one. */
function numbered(people: readonly string[]): ReadonlyMap<string, string> {
  const whole = [...new Set(people)].filter((name) => name.trim() !== '');
  const owners = new Map<string, string | null>();
  for (const name of whole.length > MOST_WITH_HANDLES ? [] : whole) {
    const parts = partsOf(name);
    if (parts.length < 2) continue;
    const words = [...handlesOf(parts), ...parts.map((part) => plain(part).toLowerCase())];
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

  spelled(word: string, number: string, isWhole: boolean): void {
    for (const form of new Set([word, plain(word), ...(isWhole ? [] : cased(word))]))
      put(this.exact, form, number, isWhole);
  }

  whatever(word: string, number: string): void {
    for (const form of new Set([word, plain(word)]))
      put(this.folded, form.toLowerCase(), number, false);
  }
}

function put(words: Map<string, string>, word: string, number: string, isWhole: boolean): void {
  const known = words.get(word);
  if (known === undefined || isWhole) words.set(word, number);
  else if (known !== number) words.set(word, SHARED);
}

/** Words of a name long enough to be one: `Ana`, `Horvat`, `O'Neil`; of an address what stands before the `@`. */
function partsOf(name: string): readonly string[] {
  return name
    .replace(/<[^<>]*>/g, ' ')
    .replace(/@[^\s@]*/g, ' ')
    .split(/[\s,()]+/)
    .map((part) => part.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter(
      (part) => /^\p{L}/u.test(part) && part.length > 1 && !PARTICLES.has(part.toLowerCase()),
    );
}

function handlesOf(parts: readonly string[]): readonly string[] {
  const words = parts.map((part) => plain(part).toLowerCase());
  const [first = '', last = ''] = [words[0], words.at(-1)];
  const [f = '', l = ''] = [first.slice(0, 1), last.slice(0, 1)];
  const joined = ['.', '_', '-', ''].flatMap((by) => [
    `${first}${by}${last}`,
    `${last}${by}${first}`,
    `${f}${by}${last}`,
    `${first}${by}${l}`,
  ]);
  return [...joined, `${last}${f}`].filter((handle) => handle.length > 2);
}

function initialsOf(parts: readonly string[]): readonly string[] {
  const letters = parts.map((part) => part.slice(0, 1).toUpperCase());
  return [letters.join(''), `${letters.join('.')}.`, `${letters.join('. ')}.`, letters.join('.')];
}

function cased(word: string): readonly string[] {
  return [word.toUpperCase(), word.slice(0, 1).toUpperCase() + word.slice(1)];
}

/** Without accents, as handles and hasty hands write it. */
function plain(word: string): string {
  return word.normalize('NFD').replace(/\p{M}+/gu, '');
}
