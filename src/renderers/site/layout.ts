import type { Element, ElementContent } from 'hast';
import type { RenderedFile } from '../../engine/contracts/renderer.ts';
import type { SiteContext } from '../../engine/contracts/site.ts';
import { escapeHtml } from '../formats/html.ts';
import { element } from './element.ts';
import { fromAnywhere } from './from-anywhere.ts';
import { written } from './hypertext.ts';
import { navigation } from './navigation.ts';
import { folderOf, foldersOf, relativeTo } from './page-paths.ts';
import { DOWN, link, withWholeDates } from './pieces.ts';
import type { Neighbour, PageView, SiteView } from './view.ts';

/** The frame of every page: navigation, breadcrumbs, contents, search. */
export async function openLayout(
  view: SiteView,
  context: SiteContext,
): Promise<(page: PageView) => RenderedFile> {
  const template = await context.template('site-page');
  const { title, url, editUrl } = view.subject;
  const open = navigation(view);
  const order = inOrder(view);
  return (page) => {
    const to = (target: string): string => encodeURI(relativeTo(page.page, target));
    const edit =
      editUrl !== null && page.path !== undefined
        ? editUrl.replaceAll('{path}', page.path.split('/').map(encodeURIComponent).join('/'))
        : null;
    const toc = page.toc ?? headingsIn(page.content);
    const { before, after } = neighboursOf(page, order);
    const html = template({
      title: page.kind === 'home' ? escapeHtml(title) : escapeHtml(`${page.title} · ${title}`),
      site: escapeHtml(title),
      description: page.description === undefined ? null : escapeHtml(page.description),
      canonical: url === null ? null : escapeHtml(`${url}/${encodeURI(page.page)}`),
      root: relativeTo(page.page, '') || './',
      home: to('index.html'),
      runs: to('_/runs.html'),
      tags: to('_/tags.html'),
      css: to('_/site.css'),
      script: to('_/site.js'),
      theme: to('_/theme.js'),
      icon: to('_/icon.svg'),
      kind: page.kind,
      navigation: open(page),
      crumbs: written(crumbs(page, view)),
      toc: toc.length > 1 ? written(contents(toc)) : null,
      around: written(around(page, before, after)),
      incidents: to('_/incidents.html'),
      edit: edit === null ? null : escapeHtml(edit),
      content: page.content,
    });
    // A server shows it in the place of a page in any folder; who names no address of the site has it at the top of one.
    const top = url === null ? '/' : new URL(url).pathname;
    const content = page.kind === 'missing' ? fromAnywhere(html, top) : html;
    return { path: page.page, content };
  };
}

/** Headings of a page that has none listed. Only markup that we made is looked at. */
function headingsIn(html: string): NonNullable<PageView['toc']> {
  return [...html.matchAll(/<h([23])[^>]{0,200} id="([^"]{1,200})"[^>]{0,200}>([^<]{1,300})/g)].map(
    ([, depth, id = '', text = '']) => ({ id, text: unescaped(text), depth: Number(depth) }),
  );
}

function unescaped(text: string): string {
  return text.replace(/&(?:lt|gt|quot|amp|#x27|#39);/g, (entity) => ENTITIES[entity] ?? entity);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&amp;': '&',
  '&#x27;': "'",
  '&#39;': "'",
};

/** Pages of runbooks as the navigation has them: folders first, then what stands beside them. */
function inOrder({ books, paths }: SiteView): readonly Neighbour[] {
  const inFolder = (folder: string): readonly Neighbour[] => {
    const below = [...paths.byFolder.keys()]
      .filter((each) => each !== '' && folderOf(each) === folder)
      .toSorted();
    const own = books.filter((book) => folderOf(book.path) === folder);
    const front = paths.byFolder.get(folder);
    const all = [
      ...own.filter(({ page }) => page === front),
      ...own.filter(({ page }) => page !== front),
    ].map(({ page, body }) => ({ page, title: body.title }));
    const first = all.filter(({ page }) => page === front);
    return [...first, ...below.flatMap(inFolder), ...all.slice(first.length)];
  };
  return inFolder('');
}

function neighboursOf(
  page: PageView,
  order: readonly Neighbour[],
): Pick<PageView, 'before' | 'after'> {
  // The front page is the first, whether a runbook of the site is its text or none.
  if (page.kind === 'home')
    return { before: undefined, after: order.find(({ page: own }) => own !== page.page) };
  const at = page.kind === 'runbook' ? order.findIndex((each) => each.page === page.page) : -1;
  return at < 0
    ? { before: page.before, after: page.after }
    : { before: order[at - 1], after: order[at + 1] };
}

function around(
  { page }: PageView,
  before: Neighbour | undefined,
  after: Neighbour | undefined,
): Element[] {
  if (!before && !after) return [];
  const way = (to: Neighbour | undefined, word: string, rel: string): ElementContent[] =>
    to === undefined
      ? []
      : [
          element(
            'a',
            { className: [rel], rel: [rel], href: encodeURI(relativeTo(page, to.page)) },
            element('small', {}, word),
            ' ',
            ...withWholeDates(to.title),
          ),
        ];
  return [
    element(
      'nav',
      { className: ['around'], ariaLabel: 'Previous and next' },
      ...way(before, 'Previous', 'prev'),
      ...way(after, 'Next', 'next'),
    ),
  ];
}

function crumbs(page: PageView, { subject, paths }: SiteView): Element[] {
  if (page.kind === 'home') return [];
  const within = page.path ?? (page.folder === undefined ? '' : page.folder);
  const folders = foldersOf(within).filter((folder) => paths.byFolder.get(folder) !== page.page);
  const items = [
    link(encodeURI(relativeTo(page.page, 'index.html')), subject.title),
    ...folders.map((folder) =>
      link(
        encodeURI(relativeTo(page.page, paths.byFolder.get(folder) ?? 'index.html')),
        folder.slice(folder.lastIndexOf('/') + 1),
      ),
    ),
    element('span', { ariaCurrent: 'page' }, page.title),
  ];
  return [
    element(
      'nav',
      { className: ['crumbs'], ariaLabel: 'Breadcrumb' },
      element('ol', {}, ...items.map((item) => element('li', {}, item))),
    ),
  ];
}

function contents(headings: NonNullable<PageView['toc']>): Element[] {
  const items: ElementContent[] = headings.map(({ id, text, depth }) =>
    element(
      'li',
      { className: [`depth-${depth}`] },
      element('a', { href: `#${encodeURIComponent(id)}` }, text || '#'),
    ),
  );
  const first = headings[0]?.id ?? '';
  return [
    element(
      'details',
      { className: ['contents'] },
      element('summary', {}, 'On this page'),
      element(
        'nav',
        { className: ['toc'], ariaLabel: 'On this page' },
        element('ul', {}, ...items),
      ),
    ),
    element('a', { className: ['onward'], href: `#${encodeURIComponent(first)}` }, 'Next ', DOWN),
  ];
}
