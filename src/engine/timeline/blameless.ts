import type { Frontmatter } from '../model/frontmatter.ts';
import type {
  Attention,
  ClockDisagreement,
  IncidentRole,
  TimelineEvent,
  TimelineRun,
  TimelineSource,
} from '../model/timeline.ts';
import { UNSPACED } from './name-parts.ts';
import { inOneScript, MIXED } from './name-spellings.ts';
import { WORDS } from './name-words.ts';
import { type Namesakes, namesakes } from './namesakes.ts';

/** Replaces the names of people wherever they stand: as actors, and as whole words in texts. */
export interface Blameless {
  name(name: string): string;
  text<T extends string | null>(text: T): T;
  event(event: TimelineEvent): TimelineEvent;
}

/** To everybody or a team that is there, and so to nobody, or a time of cron's. */
const TO_ALL =
  /^(?:here|channel|everyone|all|team|group|subteam|room|reboot|hourly|daily|midnight|weekly|monthly|yearly|annually)$/i;

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
 * The owners of a page who are people: an address or a handle, or a name of a few words with capitals none of which the
 * page says in small letters. A team's name is made of its trade's words: `Payments Platform`.
 */
export function ownersOf({ owner, review }: Frontmatter, text: string): readonly string[] {
  const said = new Set(text.match(/(?<![\p{L}\p{N}])\p{Ll}+(?![\p{L}\p{N}])/gu));
  return [owner, review?.owner]
    .flatMap((each) => each?.split(/[,;&]/) ?? [])
    .map((each) => each.trim())
    .filter((each) => {
      if (each.includes('@')) return !/\s/.test(each);
      const words = each.split(/\s+/);
      const isNamed = words.length > 1 && words.length < 5 && /^\p{Lu}/u.test(words.at(-1) ?? '');
      return isNamed && words.every((word) => NAME.test(word) && !said.has(word.toLowerCase()));
    });
}

/** Only its first letter, or one before a dot, is large; small words are short: `SRE Team` has none. */
const NAME = /^(?:\p{Lu}(?=\.|\P{L}?\p{L}?\p{Ll})[\p{L}.'’-]{1,60}|\p{Ll}{1,4})$/u;

/**
 * People become `person 1`, `person 2` …, in order of appearance; so do their first names, surnames, handles and
 * initials. What two of them share becomes `a person`. Handles (`@zoe`) of nobody among them are one more person each.
 */
export function blameless(people: readonly string[], handles: readonly string[] = []): Blameless {
  const { exact, folded, loose } = namesakes(people, handles);
  const pattern = wordsPattern([...exact.keys(), ...folded.keys(), ...loose.keys()]);
  const known = (given: string): string | undefined =>
    exact.get(given) ?? folded.get(given.toLowerCase());
  const name = (given: string): string => known(given) ?? given;
  const replace = (found: string, offset: number, whole: string): string => {
    // An account may bear a figure: `ahorvat2`.
    const bare = found.replace(/^@/, '');
    const account = bare.replace(/\d{1,4}$/, '').toLowerCase();
    const person =
      known(found) ??
      known(bare) ??
      folded.get(account) ??
      calledSo(bare, offset, whole) ??
      (/.{3}s$/i.test(bare) ? ownedBy(bare.slice(0, -1), offset, whole) : undefined) ??
      found;
    return isInAddress(whole, offset) ? person.replace(' ', '-') : person;
  };
  const calledSo = (bare: string, offset: number, whole: string): string | undefined =>
    NAMES_A_THING.test(whole.slice(Math.max(0, offset - 12), offset))
      ? undefined
      : loose.get(bare.toLowerCase());
  // `bobks phone`: in small letters only what is a name in these as well.
  const ownedBy = (stem: string, offset: number, whole: string): string | undefined =>
    (/^\p{Lu}/u.test(stem) ? exact.get(stem) : undefined) ??
    folded.get(stem.toLowerCase()) ??
    calledSo(stem, offset, whole);
  const text = <T extends string | null>(given: T): T =>
    // Only texts are replaced by texts, and `null` stays: the type is that of what was given.
    (given === null || pattern === null ? given : hidden(given)) as T;
  const hidden = (given: string): string =>
    asRead(given)
      .replace(pattern ?? /$^/, replace)
      .replace(/\p{L}[\p{L}\p{M}\p{N}]{2,60}/gu, (word) => {
        const [own = word] = MIXED.test(word)
          ? inOneScript(word).flatMap((form) => known(form) ?? [])
          : [];
        return own === word ? withoutNamesIn(word, known, exact) : own;
      });
  return { name, text, event: (event) => withoutNames(event, name, text) };
}

/** What stands behind it is no person: `the payments`. */
const NAMES_A_THING = /(?<!\p{L})(?:the|an?|our|this|that|these|those|each|every|all|no)\s+$/iu;

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
  const asOne = /^\p{Lu}/u.test(word) ? bent(word, known, names) : undefined;
  if (asOne !== undefined) return asOne;
  const humps = word.split(/(?<=\p{Ll})(?=\p{Lu})/u);
  if (humps.length > 1)
    return humps
      .map((hump) => {
        const found = WORDS.has(hump.toLowerCase())
          ? undefined
          : (known(hump) ?? bent(hump, known, names));
        return found?.replace(' ', '-') ?? hump;
      })
      .join('');
  return word;
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
function bent(word: string, known: Known, names: Namesakes['exact']): string | undefined {
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
      (isBent
        ? (names.get(stem) ?? (/^s$/i.test(word.slice(-ending)) ? known(stem) : undefined))
        : undefined) ??
      (isCase && stem.length > 1
        ? VOWELS.map((vowel) => names.get(stem + vowel)).find((name) => name !== undefined)
        : undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

function wordsPattern(words: readonly string[]): RegExp | null {
  const longestFirst = [...new Set(words)]
    .filter((word) => word.length > 1)
    .sort((left, right) => right.length - left.length);
  if (longestFirst.length === 0) return null;
  const any = longestFirst.map(literal).join('|');
  const bounded = `(?<![\\p{L}\\p{N}])@?(?:${any})(?:s|\\d{0,4})(?![\\p{L}\\p{M}\\p{N}])`;
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
