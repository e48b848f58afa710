import type { ElementContent } from 'hast';
import type { TimelineEvent } from '../../engine/model/timeline.ts';
import { RUNS } from '../../engine/record/files.ts';
import { safeText } from '../../text/safe-text.ts';
import { anchorOf } from '../formats/timeline-view.ts';
import { element } from './element.ts';
import { relativeTo } from './page-paths.ts';
import { table } from './pieces.ts';
import { runPath } from './places.ts';
import { leadingTitle, linkBehind, saidTitle, saidWords } from './said-words.ts';

/** Fewer than these stand under one fold, more under one for each hour: the story is not drowned by its proof. */
const MOST_AT_ONCE = 80;

/** Every event in order of time, with its evidence; a long incident by the hour. */
export function eventsByHour(
  events: readonly TimelineEvent[],
  page: string,
  runs: ReadonlySet<string>,
): ElementContent[] {
  const rows = (some: readonly TimelineEvent[]): ElementContent =>
    table(
      `Events${some === events ? '' : ` of ${some[0]?.occurredAt.slice(0, 13).replace('T', ' ')} h`}`,
      ['When', 'What', 'Event', 'Who', 'Evidence'],
      some.map((event) => rowOf(event, page, runs)),
    );
  if (events.length === 0) return [];
  if (events.length <= MOST_AT_ONCE)
    return [folded('all-events', `All ${events.length} events`, rows(events))];
  const hours = Map.groupBy(events, ({ occurredAt }) => occurredAt.slice(0, 13));
  return [...hours].map(([hour, some]) =>
    folded(
      `hour-${hour}`,
      `${hour.replace('T', ' ')}:00, ${some.length} ${some.length === 1 ? 'event' : 'events'}`,
      rows(some),
    ),
  );
}

function folded(id: string, title: string, content: ElementContent): ElementContent {
  return element('details', { className: ['hour'], id }, element('summary', {}, title), content);
}

function rowOf(
  event: TimelineEvent,
  page: string,
  runs: ReadonlySet<string>,
): readonly (ElementContent | string)[] {
  const at = event.occurredAt;
  const { run } = event.source;
  return [
    element(
      'time',
      { dateTime: at, className: ['exact'], id: anchorOf(event) },
      `${at.slice(0, 10)} ${at.slice(11, 19)}`,
    ),
    element(
      'span',
      { className: ['kind', `kind-of-${event.kind}`] },
      event.milestone === null ? event.kind : safeText(event.milestone),
    ),
    whatHappened(event, page, runs),
    safeText(event.actor.name),
    element(
      'span',
      { className: ['small'] },
      event.evidence
        .flatMap(({ path, line }) =>
          path === null ? [] : [`${within(path, run)}${line === null ? '' : `:${line}`}`],
        )
        .slice(0, 2)
        .join(', '),
    ),
  ];
}

/** A place in the record; within the run that the row leads to, from its folder. */
function within(path: string, run: string | null): string {
  const folder = `${RUNS}/${run}/`;
  return run !== null && path.startsWith(folder) ? path.slice(folder.length) : path;
}

function whatHappened(
  event: TimelineEvent,
  page: string,
  runs: ReadonlySet<string>,
): ElementContent {
  const { run } = event.source;
  const isOfRun = run !== null && runs.has(run);
  const named = isOfRun
    ? leadingTitle(event, relativeTo(page, runPath(run)))
    : [...saidTitle(event), ...linkBehind(event, { linked: true })];
  return element(
    'span',
    {},
    ...named,
    event.outcome === null ? '' : ` (${event.outcome})`,
    event.body === null
      ? null
      : element('span', { className: ['small'] }, ' ', ...saidWords(event, event.body)),
  );
}
