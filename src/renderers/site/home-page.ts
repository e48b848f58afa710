import type { ElementContent } from 'hast';
import { element } from './element.ts';
import { type Emergency, emergencies } from './emergencies.ts';
import { bookTable, folderList } from './folder-pages.ts';
import { freshnessPlot } from './freshness-plot.ts';
import { written } from './hypertext.ts';
import { folderOf, relativeTo } from './page-paths.ts';
import { link, moment, table } from './pieces.ts';
import { incidentPath, runPath } from './places.ts';
import type { PageView, SiteView } from './view.ts';

const PAGE = 'index.html';
const MOST_ROWS = 40;
const MOST_BOOKS = 60;

/** The front page: which emergency procedures are untested, and how old the last proof of the others is. */
export function homePage(view: SiteView): PageView {
  const { subject, books, paths } = view;
  const folders = [...paths.byFolder.keys()]
    .filter((folder) => folder !== '' && folderOf(folder) === '')
    .toSorted();
  const own =
    books.length <= MOST_BOOKS ? books : books.filter(({ path }) => folderOf(path) === '');
  const content = written([
    element('h1', {}, subject.title),
    ...summary(view),
    ...drills(view),
    element('h2', { id: 'runbooks' }, 'Runbooks'),
    ...folderList(folders, PAGE, view),
    ...(own.length > 0 ? [bookTable('Runbooks', own, PAGE, view)] : []),
    ...incidents(view),
  ]);
  return { page: PAGE, title: subject.title, kind: 'home', content, folder: '' };
}

function summary({ books, subject }: SiteView): ElementContent[] {
  const steps = books.reduce((sum, { body }) => sum + body.steps.length, 0);
  const numbers = [
    [books.length, 'runbooks'],
    [steps, 'steps'],
    [subject.runs.length, 'runs'],
    [subject.incidents.length, 'incidents'],
  ] as const;
  return [
    element(
      'dl',
      { className: ['numbers'] },
      ...numbers.map(([count, word]) =>
        element('div', {}, element('dt', {}, word), element('dd', {}, String(count))),
      ),
    ),
  ];
}

function drills(view: SiteView): ElementContent[] {
  const all = emergencies(view);
  if (all.length === 0) return [];
  const never = all.filter(({ proof }) => proof === null);
  const rows = all
    .slice(0, MOST_ROWS)
    .map((each) => [
      link(
        `${encodeURI(relativeTo(PAGE, each.book.page))}#${encodeURIComponent(each.id)}`,
        each.title,
      ),
      each.book.body.title,
      each.severity ?? '',
      proofOf(each),
    ]);
  return [
    element(
      'section',
      { className: ['drills'] },
      element('h2', { id: 'drills' }, 'Are we ready?'),
      element(
        'p',
        { className: ['lead'] },
        element('strong', {}, `${never.length} of ${all.length}`),
        ' emergency procedures have no proof that they work.',
      ),
      ...freshnessPlot(all),
      table(
        'Emergency procedures, the least proven first',
        ['Procedure', 'Runbook', 'Severity', 'Last proof'],
        rows,
      ),
      all.length > MOST_ROWS
        ? element('p', {}, link('_/drills.html', `All ${all.length} emergency procedures`))
        : null,
    ),
  ];
}

/** When a procedure was last proven to work, in words. */
export function proofOf({ proof, drills: runs }: Emergency, page: string = PAGE): ElementContent {
  if (proof) return element('a', { href: relativeTo(page, runPath(proof.run)) }, moment(proof.at));
  const last = runs[0];
  if (!last) return element('span', { className: ['never'] }, 'Never run');
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
          link(encodeURI(incidentPath(each.name)), `${each.name}: ${each.title}`),
          ' ',
          ...(each.events[0] ? [moment(each.events[0].occurredAt)] : []),
        ),
      ),
    ),
  ];
}
