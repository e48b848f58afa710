import { formatDuration } from '../../text/duration.ts';
import type { TimelineEvent } from '../model/timeline.ts';
import type { Corrections } from './corrections.ts';
import { type DraftEvent, draftEvent, ENGINE } from './draft.ts';
import { localTimeOf } from './zone.ts';

/** How events are laid out. */
export interface Arrangement {
  readonly timezone: string;
  /** Silences longer than this are told; `null`: none are. */
  readonly gapMs: number | null;
  /** Details and corrected events too. */
  readonly all: boolean;
  /** A row of passed steps is told as one event. */
  readonly collapsed: boolean;
  readonly corrections: Corrections;
}

/** Fewer passed steps in a row than this are told one by one. */
const LONG_ROW = 6;
/** The same said as often in a row is told once. */
const REPEATED = 3;

/** Lays out events in order of time: gaps in, noise out. Constant memory. */
export async function* arrange(
  batches: AsyncIterable<readonly DraftEvent[]>,
  how: Arrangement,
): AsyncIterable<readonly TimelineEvent[]> {
  const layout = new Layout(how);
  for await (const batch of batches) {
    for (const event of batch) layout.take(event);
    const ready = layout.ready();
    if (ready.length > 0) yield ready;
  }
  layout.end();
  const rest = layout.ready();
  if (rest.length > 0) yield rest;
}

class Layout {
  readonly #how: Arrangement;
  #out: TimelineEvent[] = [];
  #row: TimelineEvent[] = [];
  /** Of the row beyond what is kept for telling it one by one. */
  #rowMore = 0;
  #rowLast: TimelineEvent | null = null;
  #quietSince: { readonly at: string; readonly id: string } | null = null;

  constructor(how: Arrangement) {
    this.#how = how;
  }

  take(draft: DraftEvent): void {
    const { all, collapsed, corrections, timezone } = this.#how;
    const supersededBy = corrections.of(draft);
    if (!all && (supersededBy !== null || draft.visibility === 'detail')) return;
    this.#silence(draft);
    const event = {
      ...draft,
      occurredLocal: localTimeOf(draft.occurredAt, timezone),
      supersededBy,
    };
    if (!collapsed || all || !(isQuiet(event) || isSaid(event))) {
      this.#flush();
      this.#out.push(event);
      return;
    }
    if (this.#row[0] && !belongs(event, this.#row[0])) this.#flush();
    if (this.#row.length < LONG_ROW) this.#row.push(event);
    else this.#rowMore += 1;
    this.#rowLast = event;
  }

  end(): void {
    this.#flush();
  }

  ready(): readonly TimelineEvent[] {
    const ready = this.#out;
    this.#out = [];
    return ready;
  }

  #silence(next: DraftEvent): void {
    const since = this.#quietSince;
    const { gapMs, timezone } = this.#how;
    const endedAt = next.endedAt ?? next.occurredAt;
    if (since === null || endedAt > since.at) this.#quietSince = { at: endedAt, id: next.id };
    if (since === null || gapMs === null) return;
    const lengthMs = Date.parse(next.occurredAt) - Date.parse(since.at);
    if (lengthMs < gapMs) return;
    this.#flush();
    const gap = draftEvent({
      id: `gap-${since.id}-${next.id}`,
      occurredAt: since.at,
      recordedAt: next.recordedAt,
      endedAt: next.occurredAt,
      kind: 'gap',
      title: `Nothing recorded for ${formatDuration(lengthMs)}`,
      actor: ENGINE,
      source: { type: 'derived', run: null, step: null, procedure: null, host: null, file: null },
    });
    const occurredLocal = localTimeOf(since.at, timezone);
    this.#out.push({ ...gap, occurredLocal, supersededBy: null });
  }

  #flush(): void {
    const [row, last, more] = [this.#row, this.#rowLast, this.#rowMore];
    this.#row = [];
    this.#rowLast = null;
    this.#rowMore = 0;
    const [first] = row;
    if (!first || !last || row.length < (isSaid(first) ? REPEATED : LONG_ROW))
      this.#out.push(...row);
    else if (isSaid(first)) this.#out.push(repeated(first, last, row.length + more));
    else {
      this.#out.push({
        ...first,
        id: `${first.id}..${last.id}`,
        endedAt: last.endedAt,
        title: `${row.length + more} steps passed`,
        body: `From "${named(first)}" to "${named(last)}".`,
        command: null,
        evidence: [...first.evidence.slice(0, 1), ...last.evidence.slice(0, 1)],
      });
    }
  }
}

/** Whether an event is told together with the row that another began: steps of one run, or the same words again. */
function belongs(event: TimelineEvent, first: TimelineEvent): boolean {
  if (event.source.run !== first.source.run || isSaid(event) !== isSaid(first)) return false;
  return (
    !isSaid(event) ||
    (event.title === first.title &&
      event.body === first.body &&
      event.kind === first.kind &&
      event.actor.name === first.actor.name)
  );
}

/** Something that a person or a service said, with nothing that sets it apart from saying it again. */
function isSaid({ kind, pinned, supersedes, outcome }: TimelineEvent): boolean {
  const isWord = kind === 'note' || kind === 'communication' || kind === 'observation';
  return isWord && !pinned && supersedes === null && outcome === null;
}

function repeated(first: TimelineEvent, last: TimelineEvent, count: number): TimelineEvent {
  return {
    ...first,
    id: `${first.id}..${last.id}`,
    endedAt: last.endedAt ?? last.occurredAt,
    title: `${first.title} × ${count}`,
    evidence: [...first.evidence.slice(0, 2), ...last.evidence.slice(0, 1)],
  };
}

/** A title as it stands in a sentence. */
function named({ title }: TimelineEvent): string {
  return title.replace(/[.:;]+$/, '');
}

/** A step by the engine that passed, with nothing to say about it. */
function isQuiet({ kind, outcome, actor, body, pinned }: TimelineEvent): boolean {
  return (
    kind === 'step' && outcome === 'passed' && actor.type === 'engine' && body === null && !pinned
  );
}
