import type { ElementContent } from 'hast';
import type { RenderedFile } from '../../engine/contracts/renderer.ts';
import type { SiteContext, SiteIncident } from '../../engine/contracts/site.ts';
import type { Timeline, TimelineEvent } from '../../engine/model/timeline.ts';
import { formatDuration } from '../../text/duration.ts';
import { safeText } from '../../text/safe-text.ts';
import { hasMore, moreOf, type Story, storyOf } from '../formats/story.ts';
import { timelineSvg } from '../formats/timeline-svg.ts';
import { anchorOf, capital, momentsOf } from '../formats/timeline-view.ts';
import { element } from './element.ts';
import { written } from './hypertext.ts';
import { eventsByHour } from './incident-events.ts';
import { relativeTo } from './page-paths.ts';
import {
  exactMoment,
  link,
  moment,
  runBadge,
  statusBadge,
  table,
  withWholeDates,
} from './pieces.ts';
import { incidentPath, runPath } from './places.ts';
import { incidentTitle, leadingTitle, linkBehind, saidTitle, saidWords } from './said-words.ts';
import type { PageView, SiteView } from './view.ts';

/** Pages of incidents and the list of them: how each stands, what happened, who decided what, and the evidence. */
export async function incidentPages(view: SiteView): Promise<readonly PageView[]> {
  const pages = [listPage(view)];
  for (const incident of view.subject.incidents) pages.push(await incidentPage(incident, view));
  return pages;
}

/** Files of an incident for other programs, and the post-mortem to fill in. */
export async function incidentExports(
  { subject }: SiteView,
  context: SiteContext,
): Promise<readonly RenderedFile[]> {
  const { timelinePostmortem } = await import('../timeline-postmortem.ts');
  const { timelineCsv } = await import('../timeline-csv.ts');
  const { timelineIcs } = await import('../timeline-ics.ts');
  const files: RenderedFile[] = [];
  for (const incident of subject.incidents.filter(isWhole)) {
    for (const renderer of [timelinePostmortem, timelineCsv, timelineIcs]) {
      let content = '';
      const door = { template: context.template, evidence: () => [] };
      for await (const piece of renderer.render(timelineOf(incident), door)) content += piece;
      files.push({ path: exportPath(incident, renderer.extension), content });
    }
  }
  return files;
}

function isWhole({ more }: SiteIncident): boolean {
  return more === 0;
}

function exportPath({ name }: SiteIncident, extension: string): string {
  return incidentPath(name).replace(/\.html$/, `.${extension}`);
}

function timelineOf({ head, events }: SiteIncident): Timeline {
  return {
    head,
    async *batches() {
      yield events;
    },
  };
}

function listPage({ subject }: SiteView): PageView {
  const page = '_/incidents.html';
  const rows = subject.incidents.map((incident) => {
    const { name, head } = incident;
    const { lastedMs } = momentsOf(head);
    return [
      element(
        'a',
        { href: encodeURI(relativeTo(page, incidentPath(name))) },
        incidentTitle(incident),
      ),
      statusOf(incident),
      head.severity?.text ?? '',
      head.from === null ? '' : moment(head.from),
      lastedMs === null ? '' : formatDuration(lastedMs),
      safeText(head.roles.find(({ role }) => /commander|lead/i.test(role))?.name ?? ''),
    ];
  });
  const content = written([
    element('h1', {}, 'Incidents'),
    rows.length === 0
      ? element(
          'p',
          {},
          'No incident is recorded: ',
          element('code', {}, 'handrail incident open NAME'),
          ' begins one.',
        )
      : table(
          'Incidents, newest first',
          ['Incident', 'Status', 'Severity', 'Began', 'Lasted', 'Commander'],
          rows,
        ),
  ]);
  return { page, title: 'Incidents', kind: 'index', content };
}

async function incidentPage(incident: SiteIncident, view: SiteView): Promise<PageView> {
  const { name } = incident;
  const page = incidentPath(name);
  const title = incidentTitle(incident);
  const story = await storyOf(timelineOf(incident));
  const drawing = await timelineSvg(timelineOf(incident));
  const all = view.subject.incidents;
  const at = all.indexOf(incident);
  const content = written([
    element('h1', {}, title),
    element(
      'p',
      { className: ['facts'] },
      statusOf(incident),
      element('span', {}, `${incident.events.length + incident.more} events`),
    ),
    sheet(incident, page, view),
    ...(drawing === ''
      ? []
      : [
          element(
            'div',
            {
              className: ['scroll', 'drawn'],
              tabIndex: 0,
              role: 'group',
              ariaLabel: 'Drawn timeline',
            },
            { type: 'raw', value: drawing },
          ),
        ]),
    ...told(story, page, view),
    ...lists(story),
    element('h2', { id: 'timeline' }, 'Evidence: every event (UTC)'),
    ...eventsByHour(incident.events, page, runsOf(view)),
    ...(incident.more > 0
      ? [
          element(
            'p',
            {},
            `${incident.more} later events are left out here: handrail timeline --incident ${name} tells all.`,
          ),
        ]
      : []),
    ...figures(incident),
    ...exportsOf(incident, page),
  ]);
  const neighbour = (index: number) => {
    const other = all[index];
    return other && { page: incidentPath(other.name), title: other.name };
  };
  return { page, title, kind: 'run', content, before: neighbour(at + 1), after: neighbour(at - 1) };
}

/** Whether it is over, in a word and a sign. */
export function statusOf({ head: { status } }: SiteIncident): ElementContent {
  const isOver = status === 'resolved' || status === 'closed';
  return statusBadge(isOver, status ?? 'noted');
}

function runsOf({ subject }: SiteView): ReadonlySet<string> {
  return new Set(subject.runs.map(({ report }) => report.run));
}

function sheet({ head }: SiteIncident, page: string, view: SiteView): ElementContent {
  const { moments, lastedMs } = momentsOf(head);
  const known = new Map(view.subject.runs.map(({ report }) => [report.run, report]));
  const runs = head.runs.map(({ run, title, outcome, startedAt }) => {
    const report = known.get(run);
    const named = safeText([title, ...(report?.started.procedures ?? [])].join(', '));
    return element(
      'li',
      {},
      report ? link(relativeTo(page, runPath(run)), named) : named,
      ' ',
      report ? runBadge(report) : outcome,
      ' ',
      exactMoment(startedAt),
    );
  });
  const books = new Map(
    view.subject.runs.flatMap(({ report, page: path }) => {
      const target = path === null ? undefined : view.paths.byRunbook.get(path);
      return target !== undefined && head.runs.some(({ run }) => run === report.run)
        ? [[target, report.started.runbook.title] as const]
        : [];
    }),
  );
  const rows: readonly (readonly [string, ElementContent | string | null])[] = [
    [
      'Severity',
      head.severity === null
        ? null
        : `${head.severity.text}${head.severity.from === 'runbook' ? `, as ${head.severity.where} says` : ''}`,
    ],
    ['Impact lasted', lastedMs === null ? null : formatDuration(lastedMs)],
    ...moments.map(({ name, at }) => [name, sinceFirst(at, moments[0]?.at ?? at)] as const),
    ...head.roles.map(({ role, name }) => [capital(safeText(role)), safeText(name)] as const),
    ['Runs', runs.length === 0 ? null : element('ul', { className: ['bare'] }, ...runs)],
    [
      'Runbooks',
      books.size === 0
        ? null
        : element(
            'ul',
            { className: ['bare'] },
            ...[...books].map(([target, title]) =>
              element('li', {}, link(encodeURI(relativeTo(page, target)), title)),
            ),
          ),
    ],
  ];
  const shown = rows.flatMap(([term, text]) =>
    text === null ? [] : [element('div', {}, element('dt', {}, term), element('dd', {}, text))],
  );
  return element('dl', { className: ['sheet'] }, ...shown);
}

/** A moment, with how long after the first it came. */
function sinceFirst(at: string, first: string): ElementContent {
  const afterMs = Date.parse(at) - Date.parse(first);
  return element(
    'span',
    {},
    exactMoment(at),
    afterMs > 0 ? `, after ${formatDuration(afterMs)}` : '',
  );
}

function told({ rows, more }: Story, page: string, view: SiteView): ElementContent[] {
  if (rows.length === 0) return [];
  const known = runsOf(view);
  return [
    element('h2', { id: 'what-happened' }, 'What happened'),
    table(
      'What happened (UTC)',
      ['When', 'What', 'Who'],
      rows.map(({ event, label, count }) => [
        exactMoment(event.occurredAt),
        element(
          'span',
          {},
          ...(label === '' ? [] : [element('strong', {}, safeText(label)), ' ']),
          ...leadingTitle(
            event,
            event.source.run !== null && known.has(event.source.run)
              ? relativeTo(page, runPath(event.source.run))
              : `#${anchorOf(event)}`,
          ),
          ...(hasMore(event) ? behind(event) : []),
          event.outcome === null || event.kind === 'system' ? '' : ` (${event.outcome})`,
          count === 1 ? '' : ` × ${count}`,
        ),
        safeText(event.actor.name),
      ]),
    ),
    ...(more > 0 ? [element('p', { className: ['small'] }, `And ${more} more below.`)] : []),
  ];
}

function lists({ decisions, communications, actions }: Story): ElementContent[] {
  const list = (
    id: string,
    title: string,
    events: readonly { readonly event: TimelineEvent; readonly count: number }[],
  ): ElementContent[] =>
    events.length === 0
      ? []
      : [
          element('h2', { id }, title),
          element(
            'ul',
            {},
            ...events.map(({ event, count }) =>
              element(
                'li',
                {},
                exactMoment(event.occurredAt),
                ` ${safeText(event.actor.name)}: `,
                ...saidTitle(event),
                ...behind(event),
                count === 1 ? '' : ` × ${count}`,
                ...linkBehind(event, { linked: true }),
              ),
            ),
          ),
        ];
  return [
    ...list(
      'decisions',
      'Decisions',
      decisions.map((event) => ({ event, count: 1 })),
    ),
    ...list('communications', 'Communications', communications),
    ...(actions.length === 0
      ? []
      : [
          element('h2', { id: 'actions' }, 'Actions'),
          table(
            'Actions',
            ['Action', 'Owner', 'Due', 'Noted'],
            actions.map((event) => [
              element(
                'span',
                {},
                ...saidTitle(event),
                ...behind(event),
                ...linkBehind(event, { linked: true }),
              ),
              safeText(event.owner ?? 'nobody yet'),
              event.due ?? 'no day yet',
              element('span', {}, exactMoment(event.occurredAt), `, ${safeText(event.actor.name)}`),
            ]),
          ),
        ]),
  ];
}

/** What was said besides the title, in brackets. */
function behind(event: TimelineEvent): (ElementContent | string)[] {
  const more = moreOf(event);
  return more === '' ? [] : [' (', ...saidWords(event, more), ')'];
}

function figures({ head }: SiteIncident): ElementContent[] {
  const rows = head.metrics
    .filter(({ value }) => value !== null)
    .map(({ title, text, formula }) => [
      element('span', {}, ...withWholeDates(title)),
      element('span', {}, ...withWholeDates(text)),
      element('code', {}, formula),
    ]);
  if (rows.length === 0) return [];
  return [
    element('h2', { id: 'figures' }, 'Figures'),
    table('Figures', ['Figure', 'Value', 'Formula'], rows),
  ];
}

function exportsOf(incident: SiteIncident, page: string): ElementContent[] {
  const files = isWhole(incident)
    ? ([
        ['md', 'Post-mortem (markdown)'],
        ['csv', 'Events (CSV)'],
        ['ics', 'Milestones (calendar)'],
      ] as const)
    : [];
  return [
    element('h2', { id: 'exports' }, 'Exports'),
    ...(files.length === 0
      ? []
      : [
          element(
            'ul',
            {},
            ...files.map(([extension, title]) =>
              element(
                'li',
                {},
                link(encodeURI(relativeTo(page, exportPath(incident, extension))), title),
              ),
            ),
          ),
        ]),
    element(
      'p',
      { className: ['run-line'] },
      element(
        'code',
        {},
        `handrail timeline --incident ${incident.name} --format postmortem --out ${incident.name}.md`,
      ),
    ),
  ];
}
