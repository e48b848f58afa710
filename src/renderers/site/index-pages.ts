import { element } from './element.ts';
import { emergencies } from './emergencies.ts';
import { proofOf } from './home-page.ts';
import { written } from './hypertext.ts';
import { leftOutNotes } from './left-out.ts';
import { relativeTo } from './page-paths.ts';
import { link, table } from './pieces.ts';
import type { PageView, SiteBook, SiteView } from './view.ts';

/** Indexes by tag, severity and owner, every drill, and the page for an address that is not there. */
export function indexPages(view: SiteView): readonly PageView[] {
  return [tagsPage(view), drillsPage(view), missingPage()];
}

function tagsPage({ books }: SiteView): PageView {
  const page = '_/tags.html';
  const groups = [
    ['Tags', 'tag', grouped(books, ({ body }) => body.meta.tags ?? [])],
    [
      'Severities',
      'severity',
      grouped(books, ({ body }) => (body.meta.severity === undefined ? [] : [body.meta.severity])),
    ],
    [
      'Owners',
      'owner',
      grouped(books, ({ body }) => (body.meta.owner === undefined ? [] : [body.meta.owner])),
    ],
  ] as const;
  const content = written([
    element('h1', {}, 'Tags, severities, owners'),
    ...(groups.every(([, , group]) => group.length === 0)
      ? [element('p', {}, 'No runbook names a tag, a severity or an owner in its frontmatter.')]
      : []),
    ...groups.flatMap(([title, prefix, group]) =>
      group.length === 0
        ? []
        : [
            element('h2', { id: prefix }, title),
            ...group.flatMap(([name, own]) => [
              element('h3', { id: `${prefix}-${name}` }, name),
              element(
                'ul',
                {},
                ...own.map((book) =>
                  element('li', {}, link(encodeURI(relativeTo(page, book.page)), book.body.title)),
                ),
              ),
            ]),
          ],
    ),
  ]);
  return { page, title: 'Tags, severities, owners', kind: 'index', content };
}

function drillsPage(view: SiteView): PageView {
  const page = '_/drills.html';
  const rows = emergencies(view).map((each) => [
    link(
      `${encodeURI(relativeTo(page, each.book.page))}#${encodeURIComponent(each.id)}`,
      each.title,
    ),
    each.book.body.title,
    each.severity ?? '',
    proofOf(each, view, page),
  ]);
  const content = written([
    element('h1', {}, 'Emergency procedures'),
    ...leftOutNotes(view.subject),
    rows.length === 0
      ? element('p', {}, 'No procedure is marked as one for emergencies.')
      : table(
          'Emergency procedures, the least proven first',
          ['Procedure', 'Runbook', 'Severity', 'Last proof'],
          rows,
        ),
  ]);
  return { page, title: 'Emergency procedures', kind: 'index', content };
}

function missingPage(): PageView {
  const content = written([
    element('h1', {}, 'There is no such page'),
    element(
      'p',
      {},
      'It may have been renamed. Search for it, or begin at the ',
      link('index.html', 'front page'),
      '.',
    ),
  ]);
  return { page: '404.html', title: 'Not found', kind: 'missing', content };
}

function grouped(
  books: readonly SiteBook[],
  namesOf: (book: SiteBook) => readonly string[],
): readonly (readonly [string, readonly SiteBook[]])[] {
  const groups = new Map<string, SiteBook[]>();
  for (const book of books)
    for (const name of namesOf(book)) groups.set(name, [...(groups.get(name) ?? []), book]);
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1));
}
