import type { ElementContent } from 'hast';
import { element } from './element.ts';
import { written } from './hypertext.ts';
import { neverRun } from './left-out.ts';
import { namesAmong } from './navigation.ts';
import { folderOf, relativeTo } from './page-paths.ts';
import { link, moment, outcomeBadge, table } from './pieces.ts';
import type { PageView, SiteBook, SiteView } from './view.ts';

/** Pages of folders that have no README of their own. */
export function foldersPages(view: SiteView): readonly PageView[] {
  const { books, paths } = view;
  const taken = new Set(books.map(({ page }) => page));
  return [...paths.byFolder].flatMap(([folder, page]): PageView[] => {
    if (folder === '' || taken.has(page)) return [];
    const name = folder.slice(folder.lastIndexOf('/') + 1);
    const below = [...paths.byFolder.keys()]
      .filter((each) => each !== '' && folderOf(each) === folder)
      .toSorted();
    const own = books.filter(({ path }) => folderOf(path) === folder);
    const content = written([
      element('h1', {}, name),
      ...folderList(below, page, view),
      ...(own.length > 0 ? [bookTable(`Runbooks in ${name}`, own, page, view)] : []),
    ]);
    return [{ page, title: name, kind: 'folder', content, folder }];
  });
}

/** A list of folders as links. */
export function folderList(
  folders: readonly string[],
  page: string,
  { paths }: SiteView,
): ElementContent[] {
  if (folders.length === 0) return [];
  return [
    element(
      'ul',
      { className: ['folders'] },
      ...folders.map((folder) =>
        element(
          'li',
          {},
          link(
            encodeURI(relativeTo(page, paths.byFolder.get(folder) ?? '')),
            folder.slice(folder.lastIndexOf('/') + 1),
          ),
        ),
      ),
    ),
  ];
}

/** Runbooks with how they stand. */
export function bookTable(
  label: string,
  books: readonly SiteBook[],
  page: string,
  view: SiteView,
): ElementContent {
  const names = namesAmong(books);
  return table(
    label,
    ['Runbook', 'Steps', 'Last run', 'Findings'],
    books.map((book) => {
      const [last] = view.history.runsOf(book.path);
      const steps = book.body.steps.length;
      return [
        link(encodeURI(relativeTo(page, book.page)), names.get(book) ?? ''),
        steps === 0 ? 'none' : String(steps),
        last
          ? element(
              'span',
              {},
              outcomeBadge(last.report.outcome),
              ' ',
              moment(last.report.startedAt),
            )
          : steps === 0
            ? ''
            : element('span', { className: ['never'] }, neverRun(view.subject)),
        book.body.diagnostics.length === 0 ? '' : String(book.body.diagnostics.length),
      ];
    }),
  );
}
