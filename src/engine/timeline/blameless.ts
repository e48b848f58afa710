import type {
  Attention,
  ClockDisagreement,
  IncidentRole,
  TimelineEvent,
  TimelineRun,
  TimelineSource,
} from '../model/timeline.ts';

/** Replaces the names of people wherever they stand: as actors, and as whole words in texts. */
export interface Blameless {
  name(name: string): string;
  text<T extends string | null>(text: T): T;
  event(event: TimelineEvent): TimelineEvent;
}

/** To everybody or a team that is there, and so to nobody. */
const TO_ALL = /^(?:here|channel|everyone|all|team|group|subteam|room)$/i;

/** Handles in what people wrote (`@zoe`), as they stand there: of people who need not have done anything themselves. */
export function handlesIn(text: string): readonly string[] {
  const found = text.matchAll(
    /(?<![\p{L}\p{N}.@/])@\p{L}[\p{L}\p{M}\p{N}._\u00a0-]{0,80}[\p{L}\p{N}]/gu,
  );
  return [...found]
    .filter(({ 0: handle, index }) => text.charAt(index + handle.length) !== '/')
    .map(([handle]) => handle)
    .filter((handle) => !TO_ALL.test(handle.slice(1)));
}

/**
 * People become `person 1`, `person 2` …, in order of appearance; so do their first names, surnames, handles and
 * initials. What two of them share becomes `a person`. Handles (`@zoe`) of nobody among them are one more person each.
 */
export function blameless(people: readonly string[], handles: readonly string[] = []): Blameless {
  const { exact, folded } = namesakes(people, handles);
  const pattern = wordsPattern([...exact.keys(), ...folded.keys()]);
  const known = (given: string): string | undefined =>
    exact.get(given) ?? folded.get(given.toLowerCase());
  const name = (given: string): string => known(given) ?? given;
  const replace = (found: string, offset: number, whole: string): string => {
    // An account may bear a figure: `ahorvat2`.
    const bare = found.replace(/^@/, '');
    const account = bare.replace(/\d{1,4}$/, '').toLowerCase();
    const person = known(found) ?? known(bare) ?? folded.get(account) ?? found;
    return isInAddress(whole, offset) ? person.replace(' ', '-') : person;
  };
  const text = <T extends string | null>(given: T): T =>
    // Only texts are replaced by texts, and `null` stays: the type is that of what was given.
    (given === null || pattern === null ? given : hidden(given)) as T;
  const hidden = (given: string): string =>
    asRead(given)
      .replace(pattern ?? /$^/, replace)
      .replace(/\p{L}[\p{L}\p{M}\p{N}]{2,60}/gu, (word) => withoutNamesIn(word, known, exact));
  return { name, text, event: (event) => withoutNames(event, name, text) };
}

/** Summaries of runs without names. */
export function blamelessRun(run: TimelineRun, { name, text }: Blameless): TimelineRun {
  const actor = { ...run.actor, name: name(run.actor.name) };
  return {
    ...run,
    actor,
    title: text(run.title),
    path: text(run.path),
    why: text(run.why),
    host: text(run.host),
  };
}

/** Roles with the number of whoever has them. */
export function blamelessRole(role: IncidentRole, { name, text }: Blameless): IncidentRole {
  return { ...role, role: text(role.role), name: name(role.name) };
}

/** Sources without names in what they are called. */
export function blamelessSource(source: TimelineSource, { text }: Blameless): TimelineSource {
  return { ...source, id: text(source.id), path: text(source.path), verdict: text(source.verdict) };
}

/** Disagreements of clocks without names. */
export function blamelessClock(clock: ClockDisagreement, { text }: Blameless): ClockDisagreement {
  return { ...clock, where: text(clock.where), message: text(clock.message) };
}

/** What must be seen first, without names. */
export function blamelessAttention(attention: Attention, hidden: Blameless): Attention {
  return { ...attention, events: attention.events.map(hidden.event) };
}

/** An address with a blank in it would end there. */
function isInAddress(text: string, offset: number): boolean {
  const word = text.slice(text.lastIndexOf(' ', offset) + 1, offset);
  return /https?:\/\//.test(word);
}

/** As it is read: without characters that nobody sees, letters of full width as letters, `%C3%BC` as what it stands for. */
function asRead(text: string): string {
  return text
    .replace(/(?<=\p{L})[\u00ad\u200b\u2060\ufeff]+(?=\p{L})/gu, '')
    .replace(/[\uff10-\uff5a]+/g, (wide) => wide.normalize('NFKC'))
    .replace(/(?:%[c-f][0-9a-f](?:%[89ab][0-9a-f]){1,3})+/gi, (encoded) => {
      try {
        return decodeURIComponent(encoded);
      } catch {
        return encoded;
      }
    });
}

type Known = (given: string) => string | undefined;

/** A word that is made with a name: `HorvatBackup`, `backupHorvat`, `Horvats`, `Horvatova`. */
function withoutNamesIn(word: string, known: Known, names: Namesakes['exact']): string {
  const humps = word.split(/(?<=\p{Ll})(?=\p{Lu})/u);
  if (humps.length > 1)
    return humps
      .map((hump) => {
        const found = WORDS.has(hump.toLowerCase())
          ? undefined
          : (known(hump) ?? bent(hump, names));
        return found?.replace(' ', '-') ?? hump;
      })
      .join('');
  return /^\p{Lu}/u.test(word) ? (bent(word, names) ?? word) : word;
}

const MOST_ENDING = 3;
const LEAST_BENT = 5;
/** Endings of cases behind a short name, and the vowels at the end of a name in whose place they come. */
const CASES = /^(?:[aeiouąę][mj]?|[аеиоуыюя]{1,2}[мйх]?|ым|ём)$/iu;
const VOWELS = ['a', 'o', 'e', 'а', 'о', 'я'];

/**
 * A name with the ending of a case behind it: an `s`, behind a longer one up to three letters, behind a short one the
 * vowels of Slavic cases, also in the place of its own vowel (`Mira`: `Miri`, `Mirom`).
 */
function bent(word: string, names: Namesakes['exact']): string | undefined {
  if (WORDS.has(word.toLowerCase())) return undefined;
  for (let ending = 1; ending <= MOST_ENDING; ending += 1) {
    const stem = word.slice(0, -ending);
    if (WORDS.has(stem.toLowerCase())) continue;
    const isCase = CASES.test(word.slice(-ending));
    const isBent =
      stem.length >= LEAST_BENT ||
      (isCase && stem.length >= LEAST_BENT - 1) ||
      (ending === 1 && stem.length > 2 && /s$/i.test(word));
    const found =
      (isBent ? names.get(stem) : undefined) ??
      (isCase && stem.length > 1
        ? VOWELS.map((vowel) => names.get(stem + vowel)).find((name) => name !== undefined)
        : undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

const UNSPACED = /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]{2,}$/u;

function wordsPattern(words: readonly string[]): RegExp | null {
  const longestFirst = [...new Set(words)]
    .filter((word) => word.length > 1)
    .sort((left, right) => right.length - left.length);
  if (longestFirst.length === 0) return null;
  const any = longestFirst.map(literal).join('|');
  const bounded = `(?<![\\p{L}\\p{N}])@?(?:${any})\\d{0,4}(?![\\p{L}\\p{M}\\p{N}])`;
  // Where words have no spaces between them, nothing bounds a name.
  const unspaced = longestFirst.filter((word) => UNSPACED.test(word)).map(literal);
  return new RegExp([bounded, ...unspaced].join('|'), 'giu');
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function withoutNames(
  event: TimelineEvent,
  name: Blameless['name'],
  text: Blameless['text'],
): TimelineEvent {
  return {
    ...event,
    title: text(event.title),
    body: text(event.body),
    command: text(event.command),
    actor: { ...event.actor, name: name(event.actor.name) },
    owner: event.owner === null ? null : name(event.owner),
    source: { ...event.source, host: text(event.source.host), file: text(event.source.file) },
    evidence: event.evidence.map((each) => ({
      ...each,
      path: text(each.path),
      url: text(each.url),
    })),
  };
}

/** What stands for a person in a text, and what it is replaced by. */
interface Namesakes {
  /** As they are spelled. */
  readonly exact: ReadonlyMap<string, string>;
  /** In lower case, whatever case they stand in. */
  readonly folded: ReadonlyMap<string, string>;
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
const WORDS = new Set(
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
function namesakes(people: readonly string[], handles: readonly string[]): Namesakes {
  const found = new Words();
  const numbers = numbered(people);
  const isFew = numbers.size <= MOST_WITH_HANDLES;
  for (const [person, number] of numbers) {
    found.spelled(person, number, true);
    const parts = partsOf(person);
    if (parts.length === 0) continue;
    if (SERVICES.has(person.toLowerCase())) continue;
    if (
      /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\s]+$/u.test(person)
    )
      for (const part of unspacedParts(person)) found.whatever(part, number);
    found.whatever(person, number);
    if (parts.length === 1) {
      const own = partsOfHandle(parts[0] ?? '');
      if (parts[0] !== person) found.whatever(parts[0] ?? '', number);
      for (const part of own) found.spelled(capital(part), number, false);
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
    for (const handle of handlesOf(parts)) found.whatever(handle, number);
    for (const part of parts) found.whatever(`@${part}`, number);
    for (const initials of [...initialsOf(parts), ...shortened(parts)])
      found.spelled(initials, number, false);
  }
  let last = new Set(numbers.values()).size;
  for (const handle of handles.slice(0, MOST_HANDLES)) {
    const bare = handle.slice(1);
    const names = [bare, bare.replaceAll('\u00a0', ' '), handle].map((name) => name.toLowerCase());
    const known = names.some((name) => found.folded.has(name) || found.exact.has(name));
    if (known || numbers.has(bare)) continue;
    last += 1;
    found.whatever(handle, `person ${last}`);
  }
  return found;
}

/** The whole name without blanks, and the given name behind a surname of one letter, or half of four. */
function unspacedParts(person: string): readonly string[] {
  const whole = person.replace(/\s/g, '');
  const letters = [...whole];
  if (letters.length !== 3 && letters.length !== 4) return [whole];
  const given = letters.slice(letters.length === 3 ? 1 : 2).join('');
  return [whole, given];
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

/** Both halves of a name with a hyphen. */
function piecesOf(part: string): readonly string[] {
  const pieces = part.split('-').filter((piece) => piece.length > 1);
  return pieces.length > 1 ? pieces : [];
}

/** The names that an account is made of: `mira.novak`. */
function partsOfHandle(handle: string): readonly string[] {
  const parts = handle.split(/[._]/).filter((part) => /^\p{L}{3,}$/u.test(part));
  return parts.length > 1 && !parts.some((part) => WORDS.has(part.toLowerCase())) ? parts : [];
}

function handlesOf(parts: readonly string[]): readonly string[] {
  const [firsts = [], lasts = []] = [parts[0] ?? '', parts.at(-1) ?? ''].map((part) =>
    [part, ...piecesOf(part)].flatMap(inLetters),
  );
  return firsts.flatMap((first) => lasts.flatMap((last) => handlesFrom(first, last)));
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

function initialsOf(parts: readonly string[]): readonly string[] {
  const letters = parts.map((part) => part.slice(0, 1).toUpperCase());
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
