import type { Evidence, TimelineEvent } from '../model/timeline.ts';

/** An event before it has its place in a timeline. */
export type DraftEvent = Omit<TimelineEvent, 'occurredLocal' | 'supersededBy'>;

/** What must be said of an event; the rest has defaults. */
export type DraftFacts = Partial<DraftEvent> &
  Pick<DraftEvent, 'id' | 'occurredAt' | 'recordedAt' | 'kind' | 'title' | 'actor' | 'source'>;

/** The engine as an actor. */
export const ENGINE = { name: 'handrail', type: 'engine' } as const;

const NO_EVIDENCE: Evidence[] = [];
const MAX_TITLE = 300;
const MAX_TEXT = 4000;

/** An event with every field, its texts cut to what a timeline can hold. */
export function draftEvent(facts: DraftFacts): DraftEvent {
  const title = oneLine(facts.title);
  return {
    id: facts.id,
    occurredAt: facts.occurredAt,
    recordedAt: facts.recordedAt,
    endedAt: facts.endedAt ?? null,
    precision: facts.precision ?? 'millisecond',
    kind: facts.kind,
    title: title === '' ? '(without words)' : title,
    body: cut(facts.body ?? null, MAX_TEXT),
    command: cut(facts.command ?? null, MAX_TEXT),
    actor: { name: oneLine(facts.actor.name) || 'unknown', type: facts.actor.type },
    source: facts.source,
    evidence: facts.evidence ?? NO_EVIDENCE,
    outcome: facts.outcome ?? null,
    exitCode: Number.isInteger(facts.exitCode) ? (facts.exitCode ?? null) : null,
    handled: facts.handled === true,
    milestone: facts.milestone ?? null,
    owner: facts.owner ?? null,
    due: facts.due ?? null,
    pinned: facts.pinned === true,
    visibility: facts.visibility ?? 'shown',
    supersedes: facts.supersedes ?? null,
  };
}

/** The first line with words of a text for the title, and the whole text for the body when there is more. */
export function titleAndBody(text: string): {
  readonly title: string;
  readonly body: string | null;
} {
  const trimmed = text.trim();
  // What opens a piece of code says nothing by itself.
  const first = trimmed.split('\n').find(saysSomething) ?? trimmed;
  return {
    title: first,
    body: first.trim() === trimmed && first.length <= MAX_TITLE ? null : trimmed,
  };
}

function saysSomething(line: string): boolean {
  return /[^`~\s]/.test(line) && !/^`{3,}[\w+-]*$/.test(line.trim());
}

/** Text out of a log that may have been written by anybody; half characters are replaced. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value.toWellFormed() : '';
}

/** A timestamp with exactly three digits of milliseconds, or `undefined` when it is none. */
export function instantOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)) {
    return Number.isNaN(Date.parse(value)) || !isDay(value) ? undefined : value;
  }
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d.*(?:Z|[+-]\d\d:\d\d)$/.test(value)) return undefined;
  const atMs = Date.parse(value);
  return Number.isNaN(atMs) || !isDay(value) ? undefined : new Date(atMs).toISOString();
}

/** `Date.parse` takes 30 February for 2 March. */
function isDay(value: string): boolean {
  const day = value.slice(0, 10);
  return day.slice(8) <= '28' || new Date(Date.parse(day)).toISOString().startsWith(day);
}

function oneLine(text: string): string {
  return cut(textOf(text).replace(/\s+/g, ' ').trim(), MAX_TITLE) ?? '';
}

function cut(text: string | null, most: number): string | null {
  if (text === null || text.length <= most) return text;
  const end = /[\uD800-\uDBFF]/.test(text.charAt(most - 2)) ? most - 2 : most - 1;
  return `${text.slice(0, end)}…`;
}
