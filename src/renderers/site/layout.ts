import type { Element, ElementContent } from 'hast';
import type { RenderedFile } from '../../engine/contracts/renderer.ts';
import type { SiteContext } from '../../engine/contracts/site.ts';
import { escapeHtml } from '../formats/html.ts';
import { element } from './element.ts';
import { written } from './hypertext.ts';
import { navigation } from './navigation.ts';
import { foldersOf, relativeTo } from './page-paths.ts';
import { link } from './pieces.ts';
import type { PageView, SiteView } from './view.ts';

/** The frame of every page: navigation, breadcrumbs, contents, search. */
export async function openLayout(
  view: SiteView,
  context: SiteContext,
): Promise<(page: PageView) => RenderedFile> {
  const template = await context.template('site-page');
  const { title, url, editUrl } = view.subject;
  const open = navigation(view);
  return (page) => {
    const to = (target: string): string => encodeURI(relativeTo(page.page, target));
    const edit =
      editUrl !== null && page.path !== undefined
        ? editUrl.replaceAll('{path}', page.path.split('/').map(encodeURIComponent).join('/'))
        : null;
    const content = template({
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
      toc: page.toc && page.toc.length > 1 ? written(contents(page.toc)) : null,
      edit: edit === null ? null : escapeHtml(edit),
      content: page.content,
    });
    return { path: page.page, content };
  };
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
  return [
    element(
      'nav',
      { className: ['toc'], ariaLabel: 'On this page' },
      element('p', { className: ['toc-title'] }, 'On this page'),
      element('ul', {}, ...items),
    ),
  ];
}
