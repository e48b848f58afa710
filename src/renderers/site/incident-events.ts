import type { ElementContent } from 'hast';
import type { TimelineEvent } from '../../engine/model/timeline.ts';
import { safeText } from '../../text/safe-text.ts';
import { anchorOf, withoutTicks } from '../formats/timeline-view.ts';
import { linkOf } from '../formats/web-link.ts';
import { element } from './element.ts';
import { relativeTo } from './page-paths.ts';
import { table } from './pieces.ts';
import { runPath } from './places.ts';

/** More than these are told hour by hour, each of which can be folded out. */
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
  if (events.length <= MOST_AT_ONCE) return [rows(events)];
  const hours = Map.groupBy(events, ({ occurredAt }) => occurredAt.slice(0, 13));
  return [...hours].map(([hour, some]) =>
    element(
      'details',
      { className: ['hour'], id: `hour-${hour}` },
      element(
        'summary',
        {},
        `${hour.replace('T', ' ')}:00, ${some.length} ${some.length === 1 ? 'event' : 'events'}`,
      ),
      rows(some),
    ),
  );
}

function rowOf(
  event: TimelineEvent,
  page: string,
  runs: ReadonlySet<string>,
): readonly (ElementContent | string)[] {
  const at = event.occurredAt;
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
          path === null ? [] : [`${path}${line === null ? '' : `:${line}`}`],
        )
        .slice(0, 2)
        .join(', '),
    ),
  ];
}

function whatHappened(
  event: TimelineEvent,
  page: string,
  runs: ReadonlySet<string>,
): ElementContent {
  const { run } = event.source;
  const title = safeText(withoutTicks(event.title));
  const url = linkOf(event);
  const named =
    run !== null && runs.has(run)
      ? element('a', { href: relativeTo(page, runPath(run)) }, title)
      : title;
  return element(
    'span',
    {},
    named,
    event.outcome === null ? '' : ` (${event.outcome})`,
    event.body === null
      ? null
      : element('span', { className: ['small'] }, ` ${safeText(withoutTicks(event.body))}`),
    ...(url === null
      ? []
      : [' ', element('a', { href: url, rel: ['noopener', 'noreferrer'] }, url)]),
  );
}
