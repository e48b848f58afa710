import type { RenderedFile } from '../engine/contracts/renderer.ts';
import type {
  BrokenLink,
  RenderedSite,
  SiteContext,
  SitePage,
  SiteRun,
  SiteSubject,
} from '../engine/contracts/site.ts';
import { BUILD } from '../engine/model/build.ts';
import type { Diagnostic } from '../engine/model/diagnostic.ts';
import { safeText } from '../text/safe-text.ts';
import { sha256Of } from '../text/sha256.ts';
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
import { stepAnchor } from './site/words.ts';

/** Counts up when bodies of earlier builds are no longer right. */
const VERSION = 7;

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
  const problems = books.flatMap(({ path, body: { problem, diagnostics } }) =>
    problem === null ? errorsIn(path, diagnostics) : [{ path, problem }],
  );
  return { files: once(files), broken: brokenLinks(view), problems, pages: books.length };
}

async function bodyOf(
  page: SitePage,
  paths: SiteView['paths'],
  context: SiteContext,
): Promise<PageBody> {
  const key = sha256Of(JSON.stringify([VERSION, page.path, page.sha256]));
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

const NAMES = ['site.css', 'site.js', 'theme.js', 'icon.svg', 'minisearch.js'] as const;

/** The files that every page shares: style sheet, scripts, icon. */
async function siteAssets(): Promise<readonly RenderedFile[]> {
  const texts =
    BUILD === null ? await fromFiles() : (await import('./site/own-assets.ts')).OWN_ASSETS;
  return NAMES.map((name) => ({ path: `_/${name}`, content: texts[name] ?? '' }));
}

/** From source there are only the files. */
async function fromFiles(): Promise<Readonly<Record<string, string>>> {
  const { readFile } = await import('node:fs/promises');
  const { createRequire } = await import('node:module');
  const own = await Promise.all(
    NAMES.slice(0, 4).map(
      async (name) =>
        [
          name,
          await readFile(new URL(`../../templates/site/${name}`, import.meta.url), 'utf8'),
        ] as const,
    ),
  );
  const minisearch = createRequire(import.meta.url)
    .resolve('minisearch')
    .replace(/dist\/.*$/, 'dist/umd/index.js');
  return {
    ...Object.fromEntries(own),
    'minisearch.js': withoutMap(await readFile(minisearch, 'utf8')),
  };
}

function withoutMap(script: string): string {
  return script.replace(/\n\/\/# sourceMappingURL=[^\n]*\n?$/, '\n');
}

/** Links between runbooks that lead nowhere: no such file, or no such heading in it. */
function brokenLinks({ books }: SiteView): readonly BrokenLink[] {
  const anchors = new Map(
    books.map(({ path, body }) => [
      path,
      new Set([
        ...body.anchors,
        ...body.steps.map(({ id }) => stepAnchor(id)),
        ...body.steps.map(({ id }) => id),
      ]),
    ]),
  );
  return books.flatMap(({ path, body }) =>
    body.links.flatMap((link) => {
      const { line, target, fragment } = link;
      if (link.path === null) return [{ path, line, target, why: 'there is no such file' }];
      const known = anchors.get(link.path || path);
      if (
        fragment === '' ||
        known === undefined ||
        known.has(fragment) ||
        known.has(fragment.toLowerCase()) ||
        fragment === 'top' ||
        /^L\d+/.test(fragment)
      )
        return [];
      return [{ path, line, target, why: `there is no heading \`#${fragment}\`` }];
    }),
  );
}

const MOST_CHARACTERS = 600;

/** The first lines that failed attempts printed, by run, so that an error's own words find the run. */
async function firstFailedLines(runs: readonly SiteRun[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const run of runs) {
    const lines: string[] = [];
    for (const { attempts } of run.report.steps) {
      for (const { outcome, output, why } of attempts) {
        if (outcome === 'passed' || outcome === 'confirmed') continue;
        if (why !== null) lines.push(why);
        const excerpt = output && (await run.output(output.path));
        if (excerpt) lines.push(new TextDecoder().decode(excerpt.head).slice(0, MOST_CHARACTERS));
      }
    }
    const text = safeText(lines.join(' ')).replace(/\s+/g, ' ').slice(0, MOST_CHARACTERS);
    if (text !== '') found.set(run.report.run, text);
  }
  return found;
}

/** What refuses a run of the page, or leaves its frontmatter unread, at its line. */
function errorsIn(path: string, diagnostics: readonly Diagnostic[]): RenderedSite['problems'] {
  return diagnostics
    .filter(({ severity, rule }) => severity === 'error' || rule === 'frontmatter')
    .map(({ line, message }) => ({ path: `${path}:${line}`, problem: message }));
}
