import type { TimelineEvent } from './timeline.ts';

/** When something happened that was recorded later. */
export interface Happened {
  /** UTC, ISO 8601 with milliseconds. */
  readonly occurredAt?: string;
  readonly precision?: TimelineEvent['precision'];
}

/** Facts of an incident's log, past tense. Stored in the same chained and sealed lines as a run log. */
export type IncidentEventBody =
  | (Happened & {
      readonly type: 'incident.opened';
      readonly by: string;
      readonly host: string;
      readonly title?: string;
      readonly severity?: string;
    })
  /** Whoever had the role before has it no more. */
  | (Happened & {
      readonly type: 'incident.role';
      readonly by: string;
      readonly host: string;
      readonly role: string;
      readonly who: string;
    })
  | (Happened & {
      readonly type: 'incident.severity';
      readonly by: string;
      readonly host: string;
      readonly severity: string;
      readonly why?: string;
    })
  | (Happened & {
      readonly type: 'incident.closed';
      readonly by: string;
      readonly host: string;
      readonly why?: string;
    })
  | (Happened & {
      readonly type: 'note.added';
      readonly by: string;
      readonly host: string;
      readonly text: string;
      readonly body?: string;
      readonly kind?: TimelineEvent['kind'];
      readonly actorType?: TimelineEvent['actor']['type'];
      readonly milestone?: string;
      readonly endedAt?: string;
      readonly pinned?: boolean;
      /** Id of the event that this one corrects. */
      readonly supersedes?: string;
      readonly url?: string;
      /** Of an action: who does it, and until which day (`2026-11-30`). */
      readonly owner?: string;
      readonly due?: string;
      readonly imported?: ImportMark;
      /** Alerts that it says something of. */
      readonly alerts?: readonly AlertMark[];
    })
  /** Closes the chain: `events` counts the lines before this one, `head` is the hash of the last of them. */
  | { readonly type: 'run.sealed'; readonly events: number; readonly head: string };

/** One firing of an alert: which, since when, and whether it began or ended. */
export interface AlertMark {
  readonly fingerprint: string;
  /** When it began, as the alert says it: the same alert that fires again has another one. */
  readonly startsAt: string;
  readonly state: 'firing' | 'resolved';
}

/** Where an imported entry comes from. */
export interface ImportMark {
  readonly file: string;
  /** SHA-256 of the imported file, hex. */
  readonly sha256: string;
  /** The entry's own id in the file, or a hash of its content when it has none. */
  readonly id: string;
  /** Its line or position in the file, from 1. */
  readonly line: number;
}

/** A note, with when and how it was said. */
export type IncidentNote = Extract<IncidentEventBody, { type: 'note.added' }>;
