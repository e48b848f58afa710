import { slug } from 'github-slugger';

/** Where the pages of runbooks stand in the site. */
export interface PagePaths {
  /** Path of the page of a runbook, or of a folder's own page; `undefined` for anything else. */
  pageOf(path: string): string | undefined;
  readonly byRunbook: ReadonlyMap<string, string>;
  /** Pages of folders, by the folder's path (`''` is the site's own). */
  readonly byFolder: ReadonlyMap<string, string>;
}

const EXTENSION = /\.(?:md|markdown|mdx|md\.erb)$/i;

/**
 * Gives every runbook a page: `ops/pool.md` is `ops/pool.html`, a folder's README or index is the folder's own
 * page; names that are not safe in an address are spelled with `-`, and no two pages share one.
 */
export function pagePaths(runbooks: readonly string[]): PagePaths {
  const byRunbook = new Map<string, string>();
  const byFolder = new Map<string, string>([['', 'index.html']]);
  const taken = new Set<string>(['index.html', '404.html']);
  for (const path of runbooks) for (const folder of foldersOf(path)) byFolder.set(folder, '');
  const front = new Map<string, string>();
  for (const path of runbooks) {
    const folder = folderOf(path);
    if (isFront(path) && !front.has(folder)) front.set(folder, path);
  }
  const first = front.get('');
  if (first !== undefined) byRunbook.set(first, 'index.html');
  for (const [folder] of byFolder) {
    if (folder === '') continue;
    const page = unique(`${safe(folder)}/index.html`, taken);
    byFolder.set(folder, page);
    const own = front.get(folder);
    if (own !== undefined) byRunbook.set(own, page);
  }
  for (const path of runbooks) {
    if (byRunbook.has(path)) continue;
    byRunbook.set(path, unique(`${safe(path.replace(EXTENSION, ''))}.html`, taken));
  }
  byFolder.set('', 'index.html');
  return {
    byRunbook,
    byFolder,
    pageOf: (path) => byRunbook.get(path) ?? byFolder.get(path.replace(/\/$/, '')),
  };
}

/** The folders that a path stands in, outermost first. */
export function foldersOf(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** The folder that a path stands in, `''` for the site's own. */
export function folderOf(path: string): string {
  return path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
}

/** The address of one page as a link on another: relative, so that it works from a folder. */
export function relativeTo(page: string, target: string): string {
  const from = page.split('/').slice(0, -1);
  const to = target.split('/');
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same += 1;
  return '../'.repeat(from.length - same) + to.slice(same).join('/');
}

/**
 * How a link from the runbook at `from` is written to the one page that a wiki's name stands for, with or without a
 * `#heading`; `undefined` when no runbook, or more than one, has that name.
 */
export function wikiPage(name: string, from: string, paths: PagePaths): string | undefined {
  const [page = '', heading] = name.split('#', 2);
  const fragment = heading === undefined ? '' : `#${slug(heading)}`;
  if (page === '') return fragment === '' ? undefined : fragment;
  const wanted = slug(page.slice(page.lastIndexOf('/') + 1).replace(EXTENSION, ''));
  const named = [...paths.byRunbook.keys()].filter(
    (path) => slug(path.slice(path.lastIndexOf('/') + 1).replace(EXTENSION, '')) === wanted,
  );
  const [only, other] = named;
  if (only === undefined || other !== undefined) return undefined;
  return `${relativeTo(from, only).split('/').map(encodeURIComponent).join('/')}${fragment}`;
}

function isFront(path: string): boolean {
  return /^(?:readme|index)$/i.test(path.slice(path.lastIndexOf('/') + 1).replace(EXTENSION, ''));
}

function safe(path: string): string {
  return path
    .split('/')
    .map((part) => part.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[._]+/, '') || '-')
    .join('/');
}

function unique(page: string, taken: Set<string>): string {
  const dot = page.lastIndexOf('.');
  let name = page;
  for (let count = 2; taken.has(name.toLowerCase()); count += 1)
    name = `${page.slice(0, dot)}-${count}${page.slice(dot)}`;
  taken.add(name.toLowerCase());
  return name;
}
