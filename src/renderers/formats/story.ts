import type { Timeline, TimelineEvent } from '../../engine/model/timeline.ts';
import { eventView, momentIn, type Print, withoutTicks } from './timeline-view.ts';
import { isSaid } from './web-link.ts';

const MOST_ROWS = 60;
const MOST_KEPT = 5000;
const MOST_LISTED = 200;

/** What people need first comes first when there is not room for all. */
const RANKS: Readonly<Record<TimelineEvent['kind'], number>> = {
  milestone: 0,
  decision: 1,
  role: 1,
  deviation: 1,
  action: 1,
  communication: 2,
  note: 2,
  observation: 2,
  approval: 3,
  step: 3,
  system: 4,
  gap: 4,
};

/** What is said of the kind of a row; where its own words say it already, nothing. */
const LABELS: Readonly<Record<TimelineEvent['kind'], string>> = {
  milestone: 'milestone',
  decision: 'decision',
  role: 'role',
  deviation: 'deviation',
  action: 'action',
  communication: 'said',
  note: '',
  observation: 'seen',
  approval: 'approval',
  step: '',
  system: '',
  gap: '',
};

interface Told {
  readonly event: TimelineEvent;
  count: number;
  last: string;
}

/** A timeline as people tell it. */
export interface Story {
  readonly rows: readonly {
    readonly event: TimelineEvent;
    /** What is said of its kind; `''` where its own words say it already. */
    readonly label: string;
    readonly count: number;
    /** When the last of its repeats happened. */
    readonly last: string;
  }[];
  /** Rows that were left out. */
  readonly more: number;
  readonly decisions: readonly TimelineEvent[];
  /** What somebody noted as such: messages of an imported chat are among the rows alone. */
  readonly communications: readonly { readonly event: TimelineEvent; readonly count: number }[];
  readonly actions: readonly TimelineEvent[];
}

/** What happened in a few rows, repeats folded, and what was decided, said and is to be done. */
export async function storyOf(timeline: Pick<Timeline, 'batches'>): Promise<Story> {
  const told = new Map<string, Told>();
  const lists = { decision: [], communication: [], action: [] } as Record<
    'decision' | 'communication' | 'action',
    TimelineEvent[]
  >;
  let left = 0;
  for await (const batch of timeline.batches({ collapsed: true })) {
    for (const event of batch) {
      if (event.supersededBy !== null) continue;
      if (isListed(event) && lists[event.kind].length < MOST_LISTED) lists[event.kind].push(event);
      if (!isTold(event)) continue;
      // What two runs did are two things, however alike they are called.
      const key = `${event.source.run ?? ''} ${event.kind} ${event.milestone ?? ''} ${event.title} ${event.actor.name} ${event.outcome ?? ''}`;
      const known = told.get(key);
      if (known) [known.count, known.last] = [known.count + 1, event.occurredAt];
      else if (told.size < MOST_KEPT) told.set(key, { event, count: 1, last: event.occurredAt });
      else left += 1;
    }
  }
  const all = [...told.values()];
  const rows = shortened(all);
  return {
    rows: rows.map((each) => ({
      ...each,
      label: each.event.milestone ?? LABELS[each.event.kind],
    })),
    more: all.length - rows.length + left,
    decisions: lists.decision,
    communications: folded(lists.communication),
    actions: lists.action,
  };
}

/** The same as templates print it: every text already harmless. */
export async function storyView(timeline: Timeline, print: Print): Promise<object> {
  const { rows, more, decisions, communications, actions } = await storyOf(timeline);
  const { timezone } = timeline.head;
  const view = (event: TimelineEvent): object => ({
    ...eventView(event, timezone, print),
    when: momentIn(event.occurredAt, timezone),
  });
  const listed = (event: TimelineEvent): object => ({
    ...view(event),
    more: print.text(moreOf(event)),
  });
  return {
    story: rows.map(({ event, label, count, last }) => ({
      ...view(event),
      label: print.text(label),
      more: hasMore(event) ? print.text(moreOf(event)) : '',
      ...(isSaidBy(label, event) ? { title: '' } : {}),
      ...(event.kind === 'system' ? { outcome: '' } : {}),
      times: count === 1 ? '' : `× ${count}, until ${momentIn(last, timezone)}`,
    })),
    storyMore: more,
    decisions: decisions.map(listed),
    communications: communications.map(({ event, count }) => ({
      ...listed(event),
      times: count === 1 ? '' : `× ${count}`,
    })),
    todos: actions.map(listed),
  };
}

/** What a row says in the lines below its first: where no list below says it, and it is no program's output. */
export const hasMore = (event: TimelineEvent): boolean => isSaid(event) && !isListed(event);

/** A milestone that nobody said more of is called by its own name: its label says that already. */
const isSaidBy = (label: string, { title }: TimelineEvent): boolean =>
  label !== '' && title.trim().replace(/[.!]$/, '').toLowerCase() === label.toLowerCase();

const MOST_MORE = 240;

/** What was said besides the title, as far as there is room for it beside one. */
export function moreOf({ title, body }: TimelineEvent): string {
  const all = plainly(body ?? '');
  const head = plainly(title);
  const more = (all.startsWith(head) ? all.slice(head.length) : all).trim();
  return more.length <= MOST_MORE ? more : `${more.slice(0, MOST_MORE).toWellFormed()}…`;
}

/** In one line, without the marks of code, which do not come in pairs where a text is cut. */
function plainly(text: string): string {
  return withoutTicks(text.replace(/\s+/g, ' ')).trim();
}

/** As many as there is room for, the most telling, in order of time. */
function shortened(all: readonly Told[]): readonly Told[] {
  if (all.length <= MOST_ROWS) return all;
  const ranked = all.toSorted((left, right) => rankOf(left.event) - rankOf(right.event));
  const kept = new Set(ranked.slice(0, MOST_ROWS));
  return all.filter((each) => kept.has(each));
}

function rankOf({ kind, pinned }: TimelineEvent): number {
  return pinned ? 0 : RANKS[kind];
}

/** Steps that went as they should, and what the engine did besides, are no news. */
function isTold({ kind, outcome, handled, pinned }: TimelineEvent): boolean {
  if (pinned) return true;
  if (kind === 'gap') return false;
  return (
    kind !== 'step' || (!handled && !/^(?:passed|confirmed|not-applicable)$/.test(outcome ?? ''))
  );
}

function isListed(
  event: TimelineEvent,
): event is TimelineEvent & { readonly kind: 'decision' | 'communication' | 'action' } {
  if (event.kind === 'communication') return event.source.type !== 'import' || event.pinned;
  return event.kind === 'decision' || event.kind === 'action';
}

function folded(
  events: readonly TimelineEvent[],
): readonly { event: TimelineEvent; count: number }[] {
  const found = new Map<string, { event: TimelineEvent; count: number }>();
  for (const event of events) {
    const key = `${event.title} ${event.actor.name}`;
    const known = found.get(key);
    if (known) known.count += 1;
    else found.set(key, { event, count: 1 });
  }
  return [...found.values()];
}
