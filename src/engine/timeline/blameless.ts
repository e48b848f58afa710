import type {
  Attention,
  ClockDisagreement,
  IncidentRole,
  TimelineEvent,
  TimelineRun,
  TimelineSource,
} from '../model/timeline.ts';
import { namesakes } from './namesakes.ts';

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
