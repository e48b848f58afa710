import { hash } from 'node:crypto';
import type { RenderedFile } from '../engine/contracts/renderer.ts';
import type { RenderedSite, SiteContext, SitePage, SiteSubject } from '../engine/contracts/site.ts';
import { siteAssets } from './site/assets.ts';
import { brokenLinks } from './site/broken-links.ts';
import { firstFailedLines } from './site/failed-lines.ts';
import { foldersPages } from './site/folder-pages.ts';
import { historyOf } from './site/history.ts';
import { FRONT_PAGE, homePage } from './site/home-page.ts';
import { incidentExports, incidentPages } from './site/incident-pages.ts';
import { indexPages } from './site/index-pages.ts';
import { openLayout } from './site/layout.ts';
import { machineFiles } from './site/machine-files.ts';
import type { PageBody } from './site/page-body.ts';
import { pagePaths } from './site/page-paths.ts';
import { runPages } from './site/run-pages.ts';
import { runbookPage } from './site/runbook-page.ts';
import type { SiteBook, SiteView } from './site/view.ts';

/** Counts up when bodies of earlier builds are no longer right. */
const VERSION = 5;

/**
 * Renders a folder of runbooks, its runs and incidents as a static site. Pure but for the context; the same input
 * gives the same bytes. A file that cannot be read is a page that says so.
 */
export async function renderSite(
  subject: SiteSubject,
  context: SiteContext,
): Promise<RenderedSite> {
  const paths = pagePaths(subject.pages.map(({ path }) => path));
  const books: SiteBook[] = [];
  for (const page of subject.pages) {
    const body = await bodyOf(page, paths, context);
    books.push({ path: page.path, page: paths.byRunbook.get(page.path) ?? '', body });
  }
  const view: SiteView = {
    subject,
    paths,
    books,
    history: historyOf(subject.runs),
    failed: await firstFailedLines(subject.runs),
  };
  const layout = await openLayout(view, context);
  const files: RenderedFile[] = [
    layout(homePage(view)),
    ...foldersPages(view).map(layout),
    ...books
      .filter(({ page }) => page !== FRONT_PAGE)
      .map((book) => layout(runbookPage(book, view))),
    ...(await runPages(view)).map(layout),
    ...(await incidentPages(view)).map(layout),
    ...(await incidentExports(view, context)),
    ...indexPages(view).map(layout),
    ...machineFiles(view),
    ...(await siteAssets()),
    ...(await shownFiles(books, context)),
  ];
  const problems = books.flatMap(({ path, body: { problem } }) =>
    problem === null ? [] : [{ path, problem }],
  );
  return { files: once(files), broken: brokenLinks(view), problems, pages: books.length };
}

async function bodyOf(
  page: SitePage,
  paths: SiteView['paths'],
  context: SiteContext,
): Promise<PageBody> {
  const key = hash('sha256', JSON.stringify([VERSION, page.path, page.sha256]), 'hex');
  const known = context.cache.get(key);
  if (known !== undefined) {
    const body: PageBody = JSON.parse(known);
    if (
      Object.entries(body.lookups).every(
        ([path, was]) => (paths.pageOf(path) ?? context.exists(path)) === was,
      )
    )
      return body;
  }
  const { renderBody } = await import('./site/body.ts');
  const body = await renderBody(page, paths, context);
  context.cache.put(key, JSON.stringify(body));
  return body;
}

async function shownFiles(
  books: readonly SiteBook[],
  context: SiteContext,
): Promise<readonly RenderedFile[]> {
  const { assetFiles } = await import('./site/asset-files.ts');
  const assets = await assetFiles(new Set(books.flatMap(({ body }) => body.assets)), context);
  return [...books.flatMap(({ body }) => body.drawings), ...assets];
}

function once(files: readonly RenderedFile[]): readonly RenderedFile[] {
  return [...new Map(files.map((file) => [file.path, file])).values()];
}
