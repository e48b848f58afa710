import type { Element } from 'hast';
import { element } from './element.ts';
import { folderOf, foldersOf, relativeTo } from './page-paths.ts';
import type { PageView, SiteBook, SiteView } from './view.ts';

const MOST_ENTRIES = 100;

/** The tree of folders and runbooks, with only the page's own section open: its size does not grow with the site. */
export function navigation(view: SiteView): (page: PageView) => Element {
  const { books, paths } = view;
  const booksIn = new Map<string, SiteBook[]>();
  for (const book of books) append(booksIn, folderOf(book.path), book);
  const foldersIn = new Map<string, string[]>();
  for (const folder of paths.byFolder.keys())
    if (folder !== '') append(foldersIn, folderOf(folder), folder);
  return (page) => {
    const open = new Set([
      ...foldersOf(page.path ?? ''),
      ...(page.folder ? [...foldersOf(page.folder), page.folder] : []),
    ]);
    const list = (folder: string): Element => {
      const folders = (foldersIn.get(folder) ?? []).toSorted();
      const own = (booksIn.get(folder) ?? []).filter(
        (book) => book.page !== paths.byFolder.get(folder),
      );
      const shown = own.slice(0, MOST_ENTRIES);
      const current = own.find((book) => book.page === page.page);
      if (current && !shown.includes(current)) shown.push(current);
      const more =
        own.length > shown.length
          ? [item(page, paths.byFolder.get(folder) ?? 'index.html', `All ${own.length} runbooks`)]
          : [];
      return element(
        'ul',
        {},
        ...folders.map((each) => {
          const entry = item(
            page,
            paths.byFolder.get(each) ?? '',
            each.slice(each.lastIndexOf('/') + 1),
          );
          entry.properties['className'] = ['folder'];
          if (open.has(each)) entry.children.push(list(each));
          return entry;
        }),
        ...shown.map((book) => item(page, book.page, book.body.title)),
        ...more,
      );
    };
    return list('');
  };
}

function item(page: PageView, target: string, text: string): Element {
  const properties = {
    href: encodeURI(relativeTo(page.page, target)),
    ...(target === page.page ? { ariaCurrent: 'page' } : {}),
  };
  return element('li', {}, element('a', properties, text || target));
}

function append<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
