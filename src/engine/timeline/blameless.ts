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
  const replace = (found: string): string =>
    known(found) ?? (found.startsWith('@') ? known(found.slice(1)) : undefined) ?? found;
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

function wordsPattern(words: readonly string[]): RegExp | null {
  const longestFirst = [...new Set(words)]
    .filter((word) => word.length > 1)
    .sort((left, right) => right.length - left.length);
  if (longestFirst.length === 0) return null;
  const any = longestFirst.map(literal).join('|');
  return new RegExp(`(?<![\\p{L}\\p{N}_])@?(?:${any})(?![\\p{L}\\p{N}_])`, 'giu');
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
