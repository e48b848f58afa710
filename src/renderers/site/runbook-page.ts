import type { Element, ElementContent } from 'hast';
import type { SiteSubject } from '../../engine/contracts/site.ts';
import { formatDuration } from '../../text/duration.ts';
import { element } from './element.ts';
import type { StepHistory } from './history.ts';
import { written } from './hypertext.ts';
import { incidentLink } from './incident-link.ts';
import { neverRun } from './left-out.ts';
import type { PageStep } from './page-body.ts';
import { relativeTo } from './page-paths.ts';
import { link, moment, outcomeBadge, runBadge, table } from './pieces.ts';
import { runPath } from './places.ts';
import { said } from './said-words.ts';
import { distinctTitles } from './titles.ts';
import type { PageView, SiteBook, SiteView } from './view.ts';

/** The page of a runbook: its body with the history of every step filled in, findings, and its runs. */
export function runbookPage(book: SiteBook, view: SiteView): PageView {
  const { body, page, path } = book;
  const title = body.hasTitle ? '' : written(element('h1', {}, body.title));
  const facts = body.hasTitle ? '' : written(factsOf(book, view));
  const content = `${title}${facts}${filledIn(book, view)}${written(findingsOf(book))}${written(runsOf(book, view))}`;
  return {
    page,
    title: body.title,
    kind: 'runbook',
    content,
    path,
    folder: path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '',
    toc: contentsOf(book),
    ...(body.meta.description === undefined ? {} : { description: body.meta.description }),
  };
}

/** The headings of its text; a title that is there twice carries its parent's. */
export function contentsOf({ body }: SiteBook): NonNullable<PageView['toc']> {
  const names = distinctTitles(body.procedures);
  return body.headings
    .filter(({ depth }) => depth > 1 && depth < 4)
    .map((heading) => ({ ...heading, text: names.get(heading.id) ?? heading.text }));
}

/** Only places that we made hold the runbook's own hash. */
export function filledIn(book: SiteBook, view: SiteView): string {
  const { body } = book;
  if (body.mark === '') return body.html;
  const places = new RegExp(`<!--${body.mark} (step|mark|procedure|facts) ([^>]*?)-->`, 'g');
  const known = new Map<string, string>();
  return body.html.replace(places, (_whole, kind: string, what: string) => {
    const nodes = placed(kind, what, book, view);
    // Most steps of most runbooks have the same to tell.
    const key = kind === 'facts' || kind === 'mark' ? '' : JSON.stringify(nodes);
    const html = known.get(key) ?? (nodes.length === 0 ? '' : written(nodes));
    if (key !== '') known.set(key, html);
    return html;
  });
}

function placed(kind: string, what: string, book: SiteBook, view: SiteView): ElementContent[] {
  const { body, path, page } = book;
  if (kind === 'facts') return factsOf(book, view);
  if (kind === 'procedure') {
    const id = decodeURIComponent(what);
    return [procedureFreshness(path, page, id, view), ...alertsThatLead(view.subject, path, id)];
  }
  const step = body.steps[Number(what)];
  const history = step && view.history.step(path, step.id);
  if (kind === 'step')
    return [...findingsAt(book, step), stepHistory(history, page, neverRun(view.subject))];
  if (!history) return [];
  return [
    element(
      'span',
      { className: ['seen'] },
      outcomeBadge(history.outcome),
      ' ',
      moment(history.at),
    ),
  ];
}

function stepHistory(
  history: StepHistory | undefined,
  page: string,
  never: string,
): ElementContent {
  if (!history) return element('p', { className: ['history', 'never'] }, never);
  return element('p', { className: ['history'] }, ...told(history, page));
}

/** What check finds in the step's own lines stands in its card. */
function findingsAt({ body }: SiteBook, step: PageStep | undefined): ElementContent[] {
  if (!step) return [];
  return body.diagnostics
    .filter(
      ({ line, severity }) => severity !== 'info' && line >= step.line && line <= step.endLine,
    )
    .map(({ severity, message, hint }) =>
      element(
        'p',
        { className: ['step-finding', `finding-${severity}`] },
        element('strong', {}, `${severity}: `),
        ...said(hint ? `${message} ${hint}` : message),
      ),
    );
}

function told(history: StepHistory, page: string): readonly (ElementContent | string)[] {
  const usual = history.medianMs === null ? '' : `, usually ${formatDuration(history.medianMs)}`;
  const slow =
    history.p95Ms === null || history.runs < 2 ? '' : ` (p95 ${formatDuration(history.p95Ms)})`;
  const proof =
    history.lastPassedAt === history.at
      ? []
      : history.lastPassedAt === null
        ? [', never passed']
        : [', last passed ', moment(history.lastPassedAt)];
  return [
    outcomeBadge(history.outcome),
    ' ',
    element('a', { href: relativeTo(page, runPath(history.run)) }, moment(history.at)),
    ...proof,
    `${usual}${slow}, ${history.runs} ${history.runs === 1 ? 'run' : 'runs'}`,
  ];
}

function procedureFreshness(
  path: string,
  page: string,
  id: string,
  view: SiteView,
): ElementContent {
  const drills = view.history.procedure(path, id);
  const proof = drills.find(({ proven }) => proven);
  if (drills.length === 0)
    return element('p', { className: ['freshness', 'never'] }, neverRun(view.subject));
  const count = `${drills.length} ${drills.length === 1 ? 'run' : 'runs'}`;
  if (!proof) return element('p', { className: ['freshness', 'bad'] }, `Not proven in ${count}`);
  return element(
    'p',
    { className: ['freshness', 'good'] },
    // The moment comes last: behind it there is room for the date that becomes words.
    `${count}, proven `,
    element('a', { href: relativeTo(page, runPath(proof.run)) }, moment(proof.at)),
  );
}

/** When the page has to be read again, and by whom; overdue on the day that the site is built. */
function reviewOf(
  { review, owner }: SiteBook['body']['meta'],
  today: string | undefined,
): readonly ElementContent[] {
  if (review === undefined) return [];
  const who = review.owner ?? owner;
  const by = who === undefined ? '' : ` by ${who}`;
  const isOverdue = today !== undefined && review.by < today;
  return [
    isOverdue
      ? element('strong', {}, `Review${by} was due on ${review.by}`)
      : element('span', {}, `Review${by} until ${review.by}`),
  ];
}

function factsOf({ body, path, page }: SiteBook, view: SiteView): ElementContent[] {
  const { owner, severity, tags, description } = body.meta;
  const steps = body.steps.length;
  const tagLinks = (tags ?? []).flatMap((tag) => [
    ' ',
    element(
      'a',
      {
        className: ['tag'],
        href: `${relativeTo(page, '_/tags.html')}#tag-${encodeURIComponent(tag)}`,
      },
      tag,
    ),
  ]);
  const parts: readonly (ElementContent | string)[] = [
    ...(steps === 0 ? [] : [element('span', {}, `${steps} ${steps === 1 ? 'step' : 'steps'}`)]),
    ...(severity === undefined ? [] : [element('span', {}, `Severity ${severity}`)]),
    ...(owner === undefined ? [] : [element('span', {}, `Owner ${owner}`)]),
    ...reviewOf(body.meta, view.subject.today),
    ...(tagLinks.length > 0 ? [element('span', {}, ...tagLinks)] : []),
    ...(steps > 0 ? [lastRun(path, page, view)] : []),
    ...(body.diagnostics.length > 0
      ? [
          element(
            'a',
            { href: '#check-findings' },
            `${body.diagnostics.length} ${body.diagnostics.length === 1 ? 'finding' : 'findings'} of check`,
          ),
        ]
      : []),
  ];
  return [
    ...(description === undefined ? [] : [element('p', { className: ['lead'] }, description)]),
    ...(body.problem === null
      ? []
      : [
          element(
            'p',
            { className: ['alert', 'alert-caution'] },
            'This file could not be read as a runbook.',
          ),
        ]),
    element('p', { className: ['facts'] }, ...parts),
    ...alertsThatLead(view.subject, path, ''),
  ];
}

function lastRun(path: string, page: string, view: SiteView): ElementContent {
  const [last] = view.history.runsOf(path);
  if (!last) return element('span', { className: ['never'] }, neverRun(view.subject));
  return element(
    'span',
    {},
    'Last run ',
    runBadge(last.report),
    ' ',
    element(
      'a',
      { href: relativeTo(page, runPath(last.report.run)) },
      moment(last.report.startedAt),
    ),
  );
}

function findingsOf({ body }: SiteBook): ElementContent[] {
  if (body.diagnostics.length === 0) return [];
  const items = body.diagnostics.map(({ severity, line, message, hint, rule }) =>
    element(
      'li',
      { className: [`finding-${severity}`] },
      element('strong', {}, `${severity}, line ${line}: `),
      ...said(hint ? `${message} ${hint}` : message),
      ' ',
      element('code', {}, rule),
    ),
  );
  return [
    element(
      'section',
      { className: ['findings'] },
      element('h2', { id: 'check-findings' }, 'What check finds'),
      element(
        'details',
        {},
        element('summary', {}, `${items.length} ${items.length === 1 ? 'finding' : 'findings'}`),
        element('ul', {}, ...items),
      ),
    ),
  ];
}

const MOST_RUNS = 20;

function runsOf({ path, page }: SiteBook, view: SiteView): ElementContent[] {
  const runs = view.history.runsOf(path);
  if (runs.length === 0) return [];
  const rows = runs
    .slice(0, MOST_RUNS)
    .map(({ report, verdict }) => [
      element('a', { href: relativeTo(page, runPath(report.run)) }, moment(report.startedAt)),
      runBadge(report),
      report.started.who.user ?? '',
      report.durationMs === null ? '' : formatDuration(report.durationMs),
      incidentLink(report.started.incident, page, view),
      verdict.sound ? 'sound' : verdict.message,
    ]);
  return [
    element(
      'section',
      { className: ['runs'] },
      element('h2', { id: 'its-runs' }, 'Runs'),
      table('Runs of this runbook', ['When', 'Outcome', 'Who', 'Took', 'Incident', 'Record'], rows),
      runs.length > MOST_RUNS
        ? element('p', {}, link(relativeTo(page, '_/runs.html'), 'All runs'))
        : null,
    ),
  ];
}

const MOST_NAMED = 12;

/** The alerts that lead to a procedure (`''`: to the page as a whole), in one line; none for none. */
function alertsThatLead(
  { alerts = [] }: SiteSubject,
  page: string,
  procedure: string,
): readonly Element[] {
  const names = alerts
    .filter((one) => one.page === page && one.procedure === procedure)
    .map(({ name }) => name);
  const once = [...new Set(names)].toSorted();
  if (once.length === 0) return [];
  const more = once.length > MOST_NAMED ? [` and ${once.length - MOST_NAMED} more`] : [];
  const named = once
    .slice(0, MOST_NAMED)
    .flatMap((name, at) => [...(at === 0 ? [] : [', ']), element('code', {}, name)]);
  const lead = once.length === 1 ? 'An alert leads here: ' : 'Alerts lead here: ';
  return [element('p', { className: ['alert-leads'] }, lead, ...named, ...more)];
}
