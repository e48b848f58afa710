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

/**
 * People become `person 1`, `person 2` …, in order of appearance; so do their first names, surnames, handles and
 * initials. What two of them share becomes `a person`.
 */
export function blameless(people: readonly string[]): Blameless {
  const { exact, folded } = namesakes(people);
  const pattern = wordsPattern([...exact.keys(), ...folded.keys()]);
  const known = (given: string): string | undefined =>
    exact.get(given) ?? folded.get(given.toLowerCase());
  const name = (given: string): string => known(given) ?? given;
  const replace = (found: string): string => {
    // An account may bear a figure: `ahorvat2`.
    const bare = found.replace(/^@/, '');
    const account = bare.replace(/\d{1,4}$/, '').toLowerCase();
    return known(found) ?? known(bare) ?? folded.get(account) ?? found;
  };
  const text = <T extends string | null>(given: T): T =>
    // Only texts are replaced by texts, and `null` stays: the type is that of what was given.
    (given === null || pattern === null ? given : given.replace(pattern, replace)) as T;
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

/** Accounts that are nobody in particular: their names are words of the trade, too. */
const SERVICES = new Set(
  'root admin administrator postgres deploy deployer ubuntu debian ec2-user www-data nobody cron ci runner jenkins vagrant ansible git dev ops app service system unknown alertmanager'.split(
    ' ',
  ),
);
/** Names that are words of English as well: in small letters they are the words. */
const WORDS = new Set(
  'will may mark bill rob bob hope grace faith joy dawn rose art jack drew chase pat sue ray dean frank grant guy max min rich robin victor june april august summer autumn rusty sandy skip sonny miles clay cliff dale glen heath lane page reed ross wade ward west north young long short strong small little large brown white black green gray grey king price cook baker hall wood woods stone hill field fields rivers brook brooks bush fox wolf bird fish rice bean berry bell ball banks bank barber butler carter carver cross day dear early english fisher ford forest fuller gardener good hand hardy head hunter hunt keys key knight law lock love major marsh mason mercer miller moody moon moss noble park parks pace pool pope porter potter powers read rush sharp shepherd singer smith snow speed spring star steel step stock swift taylor thatcher test turner wall walker waters weaver webb wells wise worth wright log host node root user data disk base case call code core file line link list load name note time type'.split(
    ' ',
  ),
);
const PARTICLES = new Set(['van', 'von', 'de', 'der', 'den', 'la', 'le', 'of', 'the']);

/**
 * Every word that means one of the given people: the whole name, first names and surnames as they are spelled (a
 * person called Will does not make every "will" one), handles made of them (`ana.horvat`, `ahorvat`, `@ana`),
 * and initials. An account that is a handle of somebody is that somebody.
 */
function namesakes(people: readonly string[]): Namesakes {
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
      found.whatever(person.replaceAll(' ', ''), number);
    found.whatever(person, number);
    if (parts.length === 1) {
      const own = partsOfHandle(parts[0] ?? '');
      if (parts[0] !== person) found.whatever(parts[0] ?? '', number);
      for (const part of own) found.spelled(capital(part), number, false);
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
  return [...joined, `${last}${f}`].filter((handle) => handle.length > 2);
}

function initialsOf(parts: readonly string[]): readonly string[] {
  const letters = parts.map((part) => part.slice(0, 1).toUpperCase());
  return [letters.join(''), `${letters.join('.')}.`, `${letters.join('. ')}.`, letters.join('.')];
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
