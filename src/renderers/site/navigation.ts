import { escapeHtml } from '../formats/html.ts';
import { folderOf, foldersOf, relativeTo } from './page-paths.ts';
import type { PageView, SiteBook, SiteView } from './view.ts';

const MOST_ENTRIES = 50;

/**
 * The tree of folders and runbooks as HTML, with only the page's own section open: its size does not grow with the
 * site. It is the most frequent text of a site, so it is written directly.
 */
export function navigation(view: SiteView): (page: PageView) => string {
  const { books, paths } = view;
  const booksIn = new Map<string, SiteBook[]>();
  for (const book of books) append(booksIn, folderOf(book.path), book);
  const names = new Map([...booksIn.values()].flatMap((own) => [...namesAmong(own)]));
  const foldersIn = new Map<string, string[]>();
  for (const folder of paths.byFolder.keys())
    if (folder !== '') append(foldersIn, folderOf(folder), folder);
  return (page) => {
    const open = openFolders(page);
    const list = (folder: string): string => {
      const parts: string[] = [];
      for (const each of (foldersIn.get(folder) ?? []).toSorted()) {
        const name = each.slice(each.lastIndexOf('/') + 1);
        const below = open.has(each) ? list(each) : '';
        parts.push(entry(page, paths.byFolder.get(each) ?? '', name, below, true));
      }
      const own = (booksIn.get(folder) ?? []).filter(
        (book) => book.page !== paths.byFolder.get(folder),
      );
      const shown = near(own, page);
      for (const book of shown)
        parts.push(entry(page, book.page, names.get(book) ?? '', '', false));
      if (own.length > shown.length) {
        const front = paths.byFolder.get(folder) ?? 'index.html';
        parts.push(entry(page, front, `All ${own.length} runbooks`, '', false));
      }
      return `<ul>${parts.join('')}</ul>`;
    };
    return list('');
  };
}

/** What runbooks of one list are called: their titles, with their files' names where titles are the same. */
export function namesAmong(books: readonly SiteBook[]): ReadonlyMap<SiteBook, string> {
  const counts = new Map<string, number>();
  for (const { body } of books) counts.set(body.title, (counts.get(body.title) ?? 0) + 1);
  return new Map(
    books.map((book) => {
      const { title } = book.body;
      const file = book.path.slice(book.path.lastIndexOf('/') + 1);
      return [book, (counts.get(title) ?? 0) > 1 ? `${title} (${file})` : title];
    }),
  );
}

/** As many of a list as there is room for, those around the page itself. */
function near(own: readonly SiteBook[], page: PageView): readonly SiteBook[] {
  if (own.length <= MOST_ENTRIES) return own;
  const current = own.findIndex((book) => book.page === page.page);
  const from = Math.max(0, Math.min(current - MOST_ENTRIES / 2, own.length - MOST_ENTRIES));
  return own.slice(from, from + MOST_ENTRIES);
}

function openFolders(page: PageView): ReadonlySet<string> {
  const own = page.folder ? [...foldersOf(page.folder), page.folder] : [];
  return new Set([...foldersOf(page.path ?? ''), ...own]);
}

function entry(
  page: PageView,
  target: string,
  text: string,
  below: string,
  folder: boolean,
): string {
  const href = escapeHtml(encodeURI(relativeTo(page.page, target)));
  const current = target === page.page ? ' aria-current="page"' : '';
  const kind = folder ? ' class="folder"' : '';
  return `<li${kind}><a href="${href}"${current}>${escapeHtml(text || target)}</a>${below}</li>`;
}

function append<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
