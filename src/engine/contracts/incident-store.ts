import type { IncidentEventBody } from '../model/incident.ts';
import type { LedgerEntry, RawLine, RunStore } from './run-store.ts';

/** An incident that something is recorded of. */
export interface IncidentEntry {
  readonly name: string;
  /** Path of its log, relative to the state folder, with `/`. */
  readonly path: string;
  /** The incident that it is a log of, where several hosts have one of it each and `name` tells them apart. */
  readonly of?: string;
}

/** What was appended to an incident's log. */
export interface Appended {
  /** How many events. */
  readonly count: number;
  /** Sequence number of the first of them. */
  readonly firstSeq: number;
  /** SHA-256 (hex) of the log's first line, which events of a timeline are named after. */
  readonly log: string;
}

/** Where the logs of incidents live: chained and sealed as run logs are. */
export interface IncidentStore {
  /** For messages: the folder. */
  readonly where: string;
  /** Incidents by name. */
  incidents(): Promise<readonly IncidentEntry[]>;
  /** Lines of an incident's log in order; none when there is none. */
  lines(name: string): AsyncIterable<RawLine>;
  /**
   * Appends to an incident's log, begins it when there is none, and seals it. Processes take turns; when
   * it resolves everything is on disk. Throws INCIDENT_NEEDED for a name that cannot be one, LOG_UNWRITABLE.
   */
  append(
    name: string,
    bodies: AsyncIterable<IncidentEventBody> | Iterable<IncidentEventBody>,
  ): Promise<Appended>;
  /** The incident that notes and runs belong to when none is named. */
  current(): Promise<string | null>;
  setCurrent(name: string | null): Promise<void>;
  /** What the chain of all incidents says of this one, oldest first. */
  entries(name: string): Promise<readonly LedgerEntry[]>;
  /** The chain of all incidents, an entry `resumed` and one `sealed` for each time something was said; absent where a store keeps several. */
  readonly chain?: Pick<RunStore, 'ledger' | 'remembered'>;
}
