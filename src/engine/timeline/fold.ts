import type { Attention } from '../model/timeline.ts';
import type { Corrections } from './corrections.ts';
import type { DraftEvent } from './draft.ts';

/** When something happened, and the event that says so. */
export interface Moment {
  readonly at: string;
  readonly event: string;
}

/** Time that a run spent in one procedure. */
export interface ProcedureTime {
  readonly run: string;
  readonly procedure: string;
  readonly first: Moment;
  readonly last: Moment;
}

/** What the head of a timeline is made from, gathered in one pass in order of time. */
export interface Folded {
  readonly from: string | null;
  readonly to: string | null;
  readonly milestones: ReadonlyMap<string, { readonly first: Moment; readonly last: Moment }>;
  readonly firstAction: Moment | null;
  readonly byEngine: number;
  readonly byPerson: number;
  readonly counts: Omit<Attention['counts'], 'notReached'>;
  readonly attention: readonly DraftEvent[];
  readonly procedures: readonly ProcedureTime[];
  /** Names of people and accounts, in order of appearance. */
  readonly people: readonly string[];
  readonly hidden: { readonly details: number; readonly superseded: number };
}

const MOST_ATTENTION = 200;
const MOST_NAMES = 10_000;
const FAILED = new Set(['failed', 'timed-out', 'cancelled', 'declined']);
const NOT_CARRIED_OUT = new Set(['skipped', 'not-applicable', 'unknown']);

/** Folds events, in order of time, into what the head of a timeline needs. */
export async function foldEvents(
  batches: AsyncIterable<readonly DraftEvent[]>,
  corrections: Corrections,
): Promise<Folded> {
  const fold = new Fold();
  for await (const batch of batches) {
    for (const event of batch) fold.take(event, corrections.of(event) !== null);
  }
  return fold;
}

class Fold implements Folded {
  from: string | null = null;
  to: string | null = null;
  firstAction: Moment | null = null;
  byEngine = 0;
  byPerson = 0;
  readonly milestones = new Map<string, { first: Moment; last: Moment }>();
  readonly counts = { deviations: 0, unknown: 0, skipped: 0, failed: 0, handled: 0 };
  readonly attention: DraftEvent[] = [];
  readonly hidden = { details: 0, superseded: 0 };
  readonly #procedures = new Map<string, ProcedureTime>();
  readonly #people = new Set<string>();

  get procedures(): readonly ProcedureTime[] {
    return [...this.#procedures.values()];
  }

  get people(): readonly string[] {
    return [...this.#people];
  }

  take(event: DraftEvent, superseded: boolean): void {
    this.from ??= event.occurredAt;
    const endedAt = event.endedAt ?? event.occurredAt;
    if (this.to === null || endedAt > this.to) this.to = endedAt;
    if (event.actor.type !== 'engine' && this.#people.size < MOST_NAMES)
      this.#people.add(event.actor.name);
    if (event.owner !== null && this.#people.size < MOST_NAMES) this.#people.add(event.owner);
    if (superseded) {
      this.hidden.superseded += 1;
      return;
    }
    if (event.visibility === 'detail') this.hidden.details += 1;
    if (event.milestone !== null) this.#milestone(event, event.milestone);
    if (event.kind === 'step') this.#step(event, endedAt);
    if (this.#attends(event) && this.attention.length < MOST_ATTENTION) this.attention.push(event);
  }

  #milestone(event: DraftEvent, name: string): void {
    const moment = { at: event.occurredAt, event: event.id };
    const known = this.milestones.get(name);
    if (known) known.last = moment;
    else if (this.milestones.size < MOST_NAMES)
      this.milestones.set(name, { first: moment, last: moment });
  }

  #step(event: DraftEvent, endedAt: string): void {
    if (event.visibility === 'detail' || NOT_CARRIED_OUT.has(event.outcome ?? '')) return;
    if (event.actor.type === 'human') this.byPerson += 1;
    else this.byEngine += 1;
    this.firstAction ??= { at: event.occurredAt, event: event.id };
    const { run, procedure } = event.source;
    if (run === null || procedure === null) return;
    const key = `${run} ${procedure}`;
    const known = this.#procedures.get(key);
    const last = { at: endedAt, event: event.id };
    const first = known?.first ?? { at: event.occurredAt, event: event.id };
    if (known || this.#procedures.size < MOST_NAMES) {
      const latest = known && known.last.at > last.at ? known.last : last;
      this.#procedures.set(key, { run, procedure, first, last: latest });
    }
  }

  /** Counts what a reader must see first. */
  #attends(event: DraftEvent): boolean {
    if (event.kind === 'deviation') this.counts.deviations += 1;
    else if (event.kind !== 'step' || event.visibility === 'detail') return false;
    else if (event.outcome === 'unknown') this.counts.unknown += 1;
    else if (event.outcome === 'skipped' || event.outcome === 'not-applicable')
      this.counts.skipped += 1;
    else if (!FAILED.has(event.outcome ?? '')) return false;
    else if (event.handled) this.counts.handled += 1;
    else this.counts.failed += 1;
    return true;
  }
}
