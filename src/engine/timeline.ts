import type { RawLine } from './contracts/run-store.ts';
import type { SpillRoom } from './contracts/spill-room.ts';
import type { Runbook } from './model/runbook.ts';
import type {
  Attention,
  ClockDisagreement,
  Timeline,
  TimelineHead,
  TimelineRun,
  TimelineSource,
} from './model/timeline.ts';
import { type Arrangement, arrange } from './timeline/arrange.ts';
import {
  blameless,
  blamelessAttention,
  blamelessClock,
  blamelessRole,
  blamelessRun,
  blamelessSource,
  handlesIn,
  ownersOf,
} from './timeline/blameless.ts';
import { Corrections } from './timeline/corrections.ts';
import type { DraftEvent } from './timeline/draft.ts';
import { type Folded, foldEvents } from './timeline/fold.ts';
import { type ImportedEntry, importedEvent } from './timeline/imported.ts';
import { IncidentScanner } from './timeline/incident-scanner.ts';
import { LogLines } from './timeline/log-lines.ts';
import { type ManualFacts, metricsOf } from './timeline/metrics.ts';
import { recoveryTargets } from './timeline/recovery-targets.ts';
import { RunScanner } from './timeline/run-scanner.ts';
import { SeenIds } from './timeline/seen-ids.ts';
import { correctedClocks, movedEvent, movedRun, unknownClock } from './timeline/skew.ts';
import { EventSpool } from './timeline/spool.ts';
import { Standing, severityOf } from './timeline/standing.ts';
import { localTime } from './timeline/zone.ts';

const MOST_PEOPLE = 10_000;
const MOST_CLOCKS = 50;

/** A chained log to merge: of a run, or of an incident. */
export interface TimelineLog {
  readonly type: 'run' | 'note';
  /** Run id or incident name. */
  readonly id: string;
  /** Relative to the state folder, with `/`. */
  readonly path: string;
  lines(): AsyncIterable<RawLine>;
  /** The runbook that ran with its text, for budgets and objectives; `null` when it cannot be had. */
  readonly manual: { readonly runbook: Runbook; readonly text: string } | null;
  /** What verifying it said, when that was done; else its chain alone is followed. */
  readonly verdict?: { readonly sound: boolean; readonly verdict: string };
}

/** A chat or alert export to merge at export time. */
export interface TimelineImport {
  readonly file: string;
  readonly sha256: string;
  entries(): AsyncIterable<ImportedEntry> | Iterable<ImportedEntry>;
}

/** What a timeline is to hold, and how. */
export interface TimelineRequest {
  readonly title: string | null;
  readonly incident: string | null;
  /** IANA name. */
  readonly timezone: string;
  /** UTC instants; events outside are left out. */
  readonly since: string | null;
  readonly until: string | null;
  /** Silences longer than this are told; `null`: none are. */
  readonly gapMs: number | null;
  readonly all: boolean;
  readonly blameless: boolean;
  /** How far clocks were off: times of a host, or of an imported file, are moved by so many milliseconds. */
  readonly offsets?: ReadonlyMap<string, number>;
}

/**
 * Merges logs and imports into one timeline, in time linear in their size and bounded memory. The
 * same sources and request give the same timeline. A log that occurs twice is read once.
 */
export async function buildTimeline(
  logs: readonly TimelineLog[],
  imports: readonly TimelineImport[],
  request: TimelineRequest,
  room: SpillRoom,
): Promise<Timeline> {
  const gathering = new Gathering(request, room);
  for (const log of logs) await gathering.log(log);
  for (const each of imports) await gathering.import(each);
  return gathering.timeline();
}

class Gathering {
  readonly #request: TimelineRequest;
  readonly #spool: EventSpool;
  readonly #corrections = new Corrections();
  readonly #sources: TimelineSource[] = [];
  readonly #runs: TimelineRun[] = [];
  readonly #clocks: ClockDisagreement[] = [];
  readonly #manuals: ManualFacts[] = [];
  readonly #seenLogs = new Set<string>();
  readonly #seenImports = new SeenIds();
  readonly #people = new Set<string>();
  readonly #handles = new Set<string>();
  readonly #clocksSeen = new Set<string>();
  readonly #standing = new Standing();
  readonly #offsetsUsed = new Set<string>();
  #title: string | null = null;

  constructor(request: TimelineRequest, room: SpillRoom) {
    this.#request = request;
    this.#spool = new EventSpool(room);
  }

  async log(log: TimelineLog): Promise<void> {
    const chain = new LogLines();
    const scanner =
      log.type === 'run' ? new RunScanner(log.id, log.path) : new IncidentScanner(log.id, log.path);
    let isFirst = true;
    for await (const raw of log.lines()) {
      const line = chain.take(raw);
      if (!line) continue;
      if (isFirst && this.#isKnown(`${log.id} ${line.sha256}`)) return;
      isFirst = false;
      for (const event of scanner.take(line)) {
        const wait = this.#add(event);
        if (wait !== undefined) await wait;
      }
    }
    const { lines: events, head, sealed, sound, verdict } = chain.verdict();
    const { type, id, path } = log;
    this.#sources.push({
      ...{ type, id, path, events, sha256: head, sealed, verdict, sound },
      ...log.verdict,
    });
    this.#clocks.push(...scanner.clocks);
    if (scanner instanceof RunScanner) await this.#endRun(scanner, log);
    else {
      this.#title ??= scanner.title;
      this.#standing.take(scanner);
    }
  }

  async import({ file, sha256, entries }: TimelineImport): Promise<void> {
    let events = 0;
    for await (const entry of entries()) {
      const wait = this.#add(importedEvent(entry, { file, sha256 }));
      if (wait !== undefined) await wait;
      events += 1;
    }
    this.#sources.push({
      type: 'import',
      id: file,
      path: file,
      events,
      sha256,
      sealed: false,
      verdict: 'imported, stands in no chained log',
      sound: true,
    });
  }

  async timeline(): Promise<Timeline> {
    const reader = await this.#spool.close();
    const folded = await foldEvents(reader(), this.#corrections);
    const { timezone, gapMs, all } = this.#request;
    const how = { timezone, gapMs, all, corrections: this.#corrections };
    const head = this.#head(folded, { ...how, collapsed: false });
    if (!this.#request.blameless) {
      return {
        head,
        batches: ({ collapsed = false } = {}) => arrange(reader(), { ...how, collapsed }),
      };
    }
    const roles = head.roles.map(({ name }) => name);
    const actors = this.#runs.map((run) => run.actor.name);
    const hidden = blameless(
      [...folded.people, ...roles, ...actors, ...this.#people],
      [...this.#handles],
    );
    return {
      head: {
        ...head,
        title: hidden.text(head.title),
        roles: head.roles.map((role) => blamelessRole(role, hidden)),
        sources: head.sources.map((source) => blamelessSource(source, hidden)),
        runs: head.runs.map((run) => blamelessRun(run, hidden)),
        clocks: head.clocks.map((clock) => blamelessClock(clock, hidden)),
        attention: blamelessAttention(head.attention, hidden),
      },
      async *batches({ collapsed = false } = {}) {
        for await (const batch of arrange(reader(), { ...how, collapsed }))
          yield batch.map(hidden.event);
      },
    };
  }

  #isKnown(key: string): boolean {
    const known = this.#seenLogs.has(key);
    this.#seenLogs.add(key);
    return known;
  }

  /** Resolves when there is room for more; `undefined` when there is already. */
  #add(given: DraftEvent): Promise<void> | undefined {
    const { since, until, offsets } = this.#request;
    if (this.#request.blameless) this.#notePeople(given);
    const event = offsets === undefined ? given : this.#moved(given, offsets);
    if (since !== null && (event.endedAt ?? event.occurredAt) < since) return undefined;
    if (until !== null && event.occurredAt > until) return undefined;
    if (event.source.type === 'import' && this.#seenImports.isKnown(event.id)) return undefined;
    this.#corrections.take(event);
    return this.#spool.add(event);
  }

  /** Whoever did something or was named, also before and after what is told: others may speak of them. */
  #notePeople({ actor, owner, source, title, body }: DraftEvent): void {
    if (this.#people.size >= MOST_PEOPLE) return;
    if (actor.type !== 'engine') this.#people.add(actor.name);
    if (owner !== null) this.#people.add(owner);
    if (source.type === 'run' && actor.type === 'engine') return;
    for (const handle of handlesIn(`${title}\n${body ?? ''}`)) this.#handles.add(handle);
  }

  /** What was imported happened by the clock of its file, and was recorded by that of the host; all else is by the host's. */
  #moved(event: DraftEvent, offsets: ReadonlyMap<string, number>): DraftEvent {
    const { host, file } = event.source;
    for (const clock of [host, file])
      if (clock !== null && this.#clocksSeen.size < MOST_CLOCKS) this.#clocksSeen.add(clock);
    const offBy = (clock: string | null): number => {
      const byMs = offsets.get(clock ?? '');
      if (clock !== null && byMs !== undefined) this.#offsetsUsed.add(clock);
      return byMs ?? 0;
    };
    const [happened, recorded] = [offBy(file ?? host), offBy(host ?? file)];
    return happened === 0 && recorded === 0 ? event : movedEvent(event, happened, recorded);
  }

  async #endRun(scanner: RunScanner, { id, manual }: TimelineLog): Promise<void> {
    for (const event of scanner.finish()) await this.#add(event);
    const summary = scanner.summary();
    if (summary) this.#runs.push(movedRun(summary, this.#request.offsets?.get(summary.host) ?? 0));
    if (!manual) return;
    const { path, procedures, frontmatter } = manual.runbook;
    if (this.#request.blameless)
      for (const owner of ownersOf(frontmatter, manual.text)) this.#people.add(owner);
    this.#manuals.push({
      run: id,
      path,
      procedures,
      targets: recoveryTargets(manual.text),
      severity: frontmatter.severity ?? null,
    });
  }

  #head(folded: Folded, how: Arrangement): TimelineHead {
    const { incident, title, timezone, offsets } = this.#request;
    const unused = [...(offsets?.keys() ?? [])].filter((name) => !this.#offsetsUsed.has(name));
    if (unused[0] !== undefined) throw unknownClock(unused[0], this.#clocksSeen);
    const runs = this.#runs.toSorted((left, right) => (left.startedAt < right.startedAt ? -1 : 1));
    return {
      format: 'handrail-timeline/1',
      title: title ?? this.#title ?? incident ?? runs[0]?.title ?? 'Timeline',
      incident,
      status: incident === null ? null : this.#standing.status(folded.milestones),
      severity: this.#standing.severity ?? severityOf(folded.procedures, this.#manuals),
      roles: [...this.#standing.roles.values()],
      timezone,
      blameless: this.#request.blameless,
      from: folded.from,
      to: folded.to,
      hidden: folded.hidden,
      sources: this.#sources.toSorted(byPath),
      runs,
      metrics: [...metricsOf(folded, this.#manuals, runs.length)],
      attention: attentionOf(folded, runs, how),
      clocks: [...correctedClocks(offsets), ...this.#clocks],
    };
  }
}

function byPath(left: TimelineSource, right: TimelineSource): number {
  if (left.path === right.path) return 0;
  return left.path < right.path ? -1 : 1;
}

function attentionOf(folded: Folded, runs: readonly TimelineRun[], how: Arrangement): Attention {
  const notReached = runs.reduce((sum, run) => sum + run.notReached, 0);
  return {
    counts: { ...folded.counts, notReached },
    events: folded.attention.map((event) => ({
      ...event,
      occurredLocal: localTime(Date.parse(event.occurredAt), how.timezone),
      supersededBy: null,
    })),
  };
}
