import type { Element, ElementContent } from 'hast';
import { element } from './element.ts';
import { type Emergency, emergencies } from './emergencies.ts';
import { bookTable, folderList } from './folder-pages.ts';
import { written } from './hypertext.ts';
import { statusOf } from './incident-pages.ts';
import { leftOutNotes, neverRun } from './left-out.ts';
import { namesAmong } from './navigation.ts';
import { folderOf, relativeTo } from './page-paths.ts';
import { link, moment, table } from './pieces.ts';
import { incidentPath, runPath } from './places.ts';
import { filledIn } from './runbook-page.ts';
import { incidentTitle } from './said-words.ts';
import type { PageView, SiteBook, SiteView } from './view.ts';

/** Where the site begins. */
export const FRONT_PAGE = 'index.html';
const PAGE = FRONT_PAGE;
const MOST_ROWS = 12;
const MOST_BOOKS = 60;

/** The front page: which emergency procedures are untested, and how old the last proof of the others is. */
export function homePage(view: SiteView): PageView {
  const { subject, books, paths } = view;
  const folders = [...paths.byFolder.keys()]
    .filter((folder) => folder !== '' && folderOf(folder) === '')
    .toSorted();
  const listed = books.filter(({ page }) => page !== PAGE);
  const own =
    listed.length <= MOST_BOOKS ? listed : listed.filter(({ path }) => folderOf(path) === '');
  const front = books.find(({ page }) => page === PAGE);
  const text = front ? frontText(front, view) : written(element('h1', {}, subject.title));
  const content = `${text}${written([
    ...summary(view),
    ...drills(view),
    element('h2', { id: 'runbooks' }, 'Runbooks'),
    ...folderList(folders, PAGE, view),
    ...(own.length > 0 ? [bookTable('Runbooks', own, PAGE, view)] : []),
    ...incidents(view),
  ])}`;
  return { page: PAGE, title: subject.title, kind: 'home', content, folder: '' };
}

/** The folder's own README is what its authors want to be read first. */
function frontText(book: SiteBook, view: SiteView): string {
  const title = book.body.hasTitle ? '' : written(element('h1', {}, book.body.title));
  return `${title}${filledIn(book, view)}`;
}

function summary({ books, subject }: SiteView): ElementContent[] {
  const steps = books.reduce((sum, { body }) => sum + body.steps.length, 0);
  const numbers = [
    [books.length, 'runbook'],
    [steps, 'step'],
    [subject.runs.length, 'run'],
    [subject.incidents.length, 'incident'],
  ] as const;
  return [
    element(
      'dl',
      { className: ['numbers'] },
      ...numbers.map(([count, word]) =>
        element(
          'div',
          {},
          element('dt', {}, count === 1 ? word : `${word}s`),
          element('dd', {}, String(count)),
        ),
      ),
    ),
    ...leftOutNotes(subject),
  ];
}

function drills(view: SiteView): ElementContent[] {
  const all = emergencies(view);
  if (all.length === 0) return [];
  const never = all.filter(({ proof }) => proof === null);
  const names = namesAmong(view.books);
  const groups = [...Map.groupBy(all, ({ book }) => book)];
  const rows = groups.slice(0, MOST_ROWS).map(([book, own]) => {
    const left = own.filter(({ proof }) => proof === null);
    const oldest = own.flatMap(({ proof }) => (proof ? [proof.at] : [])).toSorted()[0];
    return [
      link(encodeURI(relativeTo(PAGE, book.page)), names.get(book) ?? ''),
      own.flatMap(({ severity }) => severity ?? []).toSorted()[0] ?? '',
      `${own.length - left.length} of ${own.length}`,
      left.length === 0
        ? element('span', { className: ['outcome', 'good'] }, 'all proven')
        : element('span', { className: ['never'] }, namedFew(left)),
      oldest === undefined ? '' : moment(oldest),
    ];
  });
  return [
    element(
      'section',
      { className: ['drills'] },
      element('h2', { id: 'drills' }, 'Are we ready?'),
      element(
        'p',
        { className: ['lead'] },
        element('strong', {}, `${all.length - never.length} of ${all.length}`),
        ' emergency procedures are proven to work.',
      ),
      ...freshnessPlot(all),
      table(
        'Emergency procedures by runbook, the least proven first',
        ['Runbook', 'Severity', 'Proven', 'Not proven', 'Oldest proof'],
        rows,
      ),
      element('p', {}, link('_/drills.html', `All ${all.length} emergency procedures`)),
    ),
  ];
}

/** The first of them by name, the others as a number. */
function namedFew(left: readonly Emergency[]): string {
  const [first, ...others] = left;
  if (!first) return '';
  return others.length === 0 ? first.title : `${first.title} and ${others.length} more`;
}

/** When a procedure was last proven to work, in words. */
export function proofOf(
  { proof, drills: runs }: Emergency,
  { subject }: SiteView,
  page: string = PAGE,
): ElementContent {
  if (proof) return element('a', { href: relativeTo(page, runPath(proof.run)) }, moment(proof.at));
  const last = runs[0];
  if (!last) return element('span', { className: ['never'] }, neverRun(subject));
  return element('span', { className: ['never'] }, 'Not proven, last tried ', moment(last.at));
}

function incidents({ subject }: SiteView): ElementContent[] {
  if (subject.incidents.length === 0) return [];
  return [
    element('h2', { id: 'incidents' }, 'Incidents'),
    element(
      'ul',
      {},
      ...subject.incidents.map((each) =>
        element(
          'li',
          {},
          link(encodeURI(incidentPath(each.name)), incidentTitle(each)),
          ' ',
          statusOf(each),
          ...(each.events[0] ? [', began ', moment(each.events[0].occurredAt)] : []),
        ),
      ),
    ),
  ];
}

const LEFT = 200;
const WIDTH = 760;
const ROW = 22;
const MOST_PLOTTED = 14;

/** Every run of the emergency procedures on one line of time, drawn: proofs are discs, other runs are rings. */
function freshnessPlot(all: readonly Emergency[]): readonly Element[] {
  const rows = all.filter((one) => one.drills.length > 0).slice(0, MOST_PLOTTED);
  const times = rows.flatMap((one) => one.drills.map(({ at }) => Date.parse(at)));
  if (times.length === 0) return [];
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const x = (at: string): number =>
    Math.round(
      LEFT + 12 + ((Date.parse(at) - first) / Math.max(1, last - first)) * (WIDTH - LEFT - 24),
    );
  const height = rows.length * ROW + 28;
  const lines = rows.flatMap((row, index) => {
    const y = index * ROW + 14;
    return [
      element('line', {
        x1: String(LEFT),
        x2: String(WIDTH),
        y1: String(y),
        y2: String(y),
        className: ['plot-line'],
      }),
      element(
        'text',
        { x: String(LEFT - 10), y: String(y + 4), textAnchor: 'end' },
        shortened(row.title),
      ),
      ...row.drills.map(({ at, proven }) =>
        element(
          'circle',
          {
            cx: String(x(at)),
            cy: String(y),
            r: '5',
            className: [proven ? 'plot-proof' : 'plot-other'],
          },
          element(
            'title',
            {},
            `${row.title}: ${proven ? 'proven' : 'not proven'} ${at.slice(0, 10)}`,
          ),
        ),
      ),
    ];
  });
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  const axis = [
    element('text', { x: String(LEFT), y: String(height - 4) }, day(first)),
    ...(day(first) === day(last)
      ? []
      : [
          element(
            'text',
            { x: String(WIDTH), y: String(height - 4), textAnchor: 'end' },
            day(last),
          ),
        ]),
  ];
  const label = `Runs of ${rows.length} emergency procedures between ${day(first)} and ${day(last)}`;
  return [
    element(
      'figure',
      { className: ['plot'] },
      element(
        'div',
        { className: ['scroll'], tabIndex: 0, role: 'group', ariaLabel: 'Plot of runs' },
        element(
          'svg',
          { viewBox: `0 0 ${WIDTH} ${height}`, role: 'img', ariaLabel: label },
          ...lines,
          ...axis,
        ),
      ),
      element(
        'figcaption',
        {},
        'Filled: every step passed. Ring: it was tried, and something was left or failed.',
      ),
    ),
  ];
}

function shortened(text: string): string {
  return text.length <= 30 ? text : `${text.slice(0, 29)}…`;
}
