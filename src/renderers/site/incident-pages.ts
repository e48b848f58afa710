import type { ElementContent } from 'hast';
import type { SiteIncident } from '../../engine/contracts/site.ts';
import type { TimelineEvent } from '../../engine/model/timeline.ts';
import { safeText } from '../../text/safe-text.ts';
import { element } from './element.ts';
import { written } from './hypertext.ts';
import { relativeTo } from './page-paths.ts';
import { table } from './pieces.ts';
import { incidentPath, runPath } from './places.ts';
import type { PageView, SiteView } from './view.ts';

/** Pages of incidents: figures with their formulas, and what happened in order. */
export function incidentPages(view: SiteView): readonly PageView[] {
  const runs = new Set(view.subject.runs.map(({ report }) => report.run));
  return view.subject.incidents.map((incident) => incidentPage(incident, runs));
}

function incidentPage(incident: SiteIncident, runs: ReadonlySet<string>): PageView {
  const page = incidentPath(incident.name);
  const title = safeText(incident.title);
  const rows = incident.events.map((event) => [
    element(
      'time',
      { dateTime: event.occurredAt, className: ['exact'] },
      `${event.occurredAt.slice(0, 10)} ${event.occurredAt.slice(11, 19)}`,
    ),
    element(
      'span',
      { className: ['kind', `kind-of-${event.kind}`] },
      event.milestone === null ? event.kind : safeText(event.milestone),
    ),
    whatHappened(event, page, runs),
    safeText(event.actor.name),
  ]);
  const content = written([
    element('h1', {}, title),
    element(
      'p',
      { className: ['facts'] },
      element('span', {}, incident.name),
      element('span', {}, `${incident.events.length + incident.more} events`),
    ),
    ...figures(incident),
    element('h2', { id: 'timeline' }, 'Timeline (UTC)'),
    table('Timeline', ['When', 'What', 'Event', 'Who'], rows),
    incident.more > 0
      ? element(
          'p',
          {},
          `${incident.more} later events are left out here: handrail timeline --incident ${incident.name} tells all.`,
        )
      : element(
          'p',
          { className: ['small'] },
          `Export: handrail timeline --incident ${incident.name}`,
        ),
  ]);
  return { page, title, kind: 'run', content };
}

function whatHappened(
  event: TimelineEvent,
  page: string,
  runs: ReadonlySet<string>,
): ElementContent {
  const { run } = event.source;
  const title = safeText(event.title);
  const body =
    event.body === null
      ? []
      : [element('span', { className: ['small'] }, ` ${safeText(event.body)}`)];
  const outcome = event.outcome === null ? '' : ` (${event.outcome})`;
  const named =
    run !== null && runs.has(run)
      ? element('a', { href: relativeTo(page, runPath(run)) }, title)
      : title;
  return element('span', {}, named, outcome, ...body);
}

function figures({ metrics }: SiteIncident): ElementContent[] {
  if (metrics.length === 0) return [];
  const rows = metrics.map(({ title, text, formula }) => [
    title,
    text,
    element('code', {}, formula),
  ]);
  return [
    element('h2', { id: 'figures' }, 'Figures'),
    table('Figures', ['Figure', 'Value', 'Formula'], rows),
  ];
}
