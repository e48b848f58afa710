import { bareAnchor } from '../engine/reading/anchors.ts';
import { slugOf } from '../engine/reading/slugs.ts';

/** Where the words of an annotation lead among the runbooks of a folder. */
export type Lead =
  /** Paths with `/`, as they were given; several where a template leaves it open. */
  | {
      readonly to: 'pages';
      readonly paths: readonly string[];
      readonly anchor: string | null;
      readonly open: boolean;
    }
  | { readonly to: 'nothing'; readonly why: string };

/** Stands for the part of an address that only the alert itself knows. No address can write it: `withoutOpen`. */
const OPEN = '\u0000';
const REPLACEMENT = '\ufffd';

function withoutOpen(text: string): string {
  return text.replaceAll(OPEN, REPLACEMENT);
}

/** What a browser passes over in an address. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: controls are what it passes over.
const NOT_SEEN = /^[\x01-\x20]+|[\t\n\r]/g;
/** A scheme; no letter of a drive, and no host with its port. */
const SCHEME = /^([a-z][a-z0-9+.-]+):(?!\d)/i;
/** Schemes behind which a page opens. */
const OPENED: ReadonlySet<string> = new Set(['http', 'https', 'file']);

/**
 * The runbooks that an address leads to: a path, or an URL whose path ends with a runbook's own, with or without `.md`
 * or `.html`, as a folder's `index` or `README`, as GitHub, GitLab and MkDocs write them. Templates whose labels are
 * known are filled; the others leave it open.
 */
export function leadOf(
  address: string,
  known: Readonly<Record<string, string>>,
  pages: readonly string[],
): Lead {
  const filled = fill(address, known).replace(NOT_SEEN, '');
  const scheme = SCHEME.exec(filled)?.[1]?.toLowerCase();
  if (scheme !== undefined && !OPENED.has(scheme))
    return {
      to: 'nothing',
      why: `nobody opens a page with \`${scheme}:\`; an address with https:// or a path was expected`,
    };
  const { path, fragment } = partsOf(filled);
  const anchor = decoded(fragment);
  const wanted = segmentsOf(path);
  const found = spelledOut(path, best(wanted, pages));
  const paths = found.length === 0 && opensFolder(path) ? pages.filter(isFront) : found;
  if (wanted.length === 0 && paths.length === 0) return { to: 'nothing', why: 'it names no file' };
  const open = wanted.some((segment) => segment.includes(OPEN));
  if (paths.length === 0) return { to: 'nothing', why: nobody(wanted, pages) };
  if (paths.length > 1 && !open)
    return { to: 'nothing', why: `it could be any of ${paths.slice(0, 4).join(', ')}` };
  return { to: 'pages', paths, anchor: anchor === '' ? null : shown(anchor), open };
}

/** That there is no such page, and which one is called alike elsewhere. */
function nobody(wanted: readonly string[], pages: readonly string[]): string {
  const name = wanted.at(-1) ?? '';
  const alike = name.includes(OPEN)
    ? []
    : pages.filter((page) => matches(nameOf(page).at(-1) ?? '', name));
  const where = alike.length === 0 ? '' : ` there (elsewhere: ${alike.slice(0, 4).join(', ')})`;
  return `no runbook is called \`${shown(name)}\`${where}`;
}

/** Pages whose whole path is the address's end, the longest ones; else those that end with the whole address. */
function best(wanted: readonly string[], pages: readonly string[]): readonly string[] {
  if (wanted.length === 0) return [];
  const named = pages.map((page) => ({ page, name: nameOf(page) }));
  const whole = named.filter(({ name }) => endsWith(wanted, name));
  const longest = Math.max(...whole.map(({ name }) => name.length));
  if (whole.length > 0)
    return whole.filter(({ name }) => name.length === longest).map(({ page }) => page);
  return named.filter(({ name }) => endsWith(name, wanted)).map(({ page }) => page);
}

/**
 * Of a page and a folder of one name (`db.mdx` beside `db/index.md`), the one that the address spells: with the page's
 * extension, as a file of its own or as a folder.
 */
function spelledOut(path: string, found: readonly string[]): readonly string[] {
  const last = decoded(path.split('/').findLast((segment) => segment !== '') ?? '');
  const isFolder = path.endsWith('/') || isIndex(withoutExtension(last));
  const isSpelled = (page: string): boolean => {
    if (isFolder) return isIndexPage(page);
    return withoutExtension(last) !== last && !isIndexPage(page);
  };
  const named = found.filter((page) => plainly(page.split('/').at(-1) ?? '') === plainly(last));
  return [named, found.filter(isSpelled)].find((some) => some.length > 0) ?? found;
}

/**
 * Which of the headings of a page, by their slugs, an anchor names; it may hold open places. GitHub takes any case, and
 * so do others. Where none is called so, the one that other programs would call so: they drop accents, count with
 * `_1`, or make one hyphen of several.
 */
export function anchored<Heading>(
  anchor: string,
  headings: readonly Heading[],
  slug: (heading: Heading) => string,
): readonly Heading[] {
  const named = anchor.replace(/^user-content-/i, '');
  const same = headings.filter((heading) => isAnchorOf(named, slug(heading)));
  if (same.length > 0) return same;
  const alike = headings.filter((heading) => bareAnchor(slug(heading)) === bareAnchor(named));
  return alike.length === 1 && bareAnchor(named) !== '' ? alike : [];
}

/** The line that an anchor of a code host names: `#L12`, `#L12-L20`, `#lines-12`. */
export function lineNamed(anchor: string): number | undefined {
  const [, line] =
    /^(?:L|lines-)(\d{1,7})(?:C\d{1,7})?(?:[-:]L?\d{1,7}(?:C\d{1,7})?)?$/.exec(anchor) ?? [];
  return line === undefined ? undefined : Number(line);
}

function isAnchorOf(anchor: string, slug: string): boolean {
  const [wanted, is] = [anchor.toLowerCase(), slug.toLowerCase()];
  if (!wanted.includes('…')) return wanted === is || slugOf(wanted) === is;
  return matches(is, wanted.replaceAll('…', OPEN));
}

/** Templates of Go with the labels that are known; the others stay open. */
function fill(address: string, known: Readonly<Record<string, string>>): string {
  return withoutOpen(address).replace(/\{\{([^{}]*)\}\}/g, (_whole, inside: string) => {
    const [, variable, dotted, index] =
      /^-?\s*(?:\$labels\.([A-Za-z_]\w*)|\.(?:Common|Group)?Labels\.([A-Za-z_]\w*)|index \$labels "([^"]+)")\s*(?:\||-?$)/.exec(
        inside,
      ) ?? [];
    const name = variable ?? dotted ?? index ?? '';
    const value = Object.hasOwn(known, name) ? known[name] : undefined;
    if (value === undefined || value.includes('{{')) return OPEN;
    return withoutOpen(/\|\s*toLower\b/.test(inside) ? value.toLowerCase() : value);
  });
}

interface AddressParts {
  readonly path: string;
  /** What stands behind `#`, as it is written. */
  readonly fragment: string;
}

/**
 * The path of an address, without what stands before and behind it, and its anchor. A site of one page has its paths
 * behind `#/`, with the anchor as `id`; Azure DevOps has them as `path` or `pagePath`, with `anchor`.
 */
function partsOf(address: string): AddressParts {
  // A host alone is the front of its site.
  const place = address.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*(?=([/?#])?)/i, (_host, next) =>
    next === '/' ? '' : '/',
  );
  const hash = place.indexOf('#');
  const [before, behind] = hash < 0 ? [place, ''] : [place.slice(0, hash), place.slice(hash + 1)];
  // Words of the page that a browser marks.
  const fragment = behind.replace(/:~:.*$/s, '');
  const route = /^!?\/./.test(fragment) ? asked(fragment.replace(/^!/, '')) : undefined;
  if (route !== undefined) return { path: route.path, fragment: route.query.get('id') ?? '' };
  const { path, query } = asked(before);
  const inside = query.get('pagePath') ?? query.get('path');
  if (inside?.startsWith('/') !== true) return { path, fragment };
  return { path: inside, fragment: query.get('anchor') ?? fragment };
}

function asked(text: string): { readonly path: string; readonly query: URLSearchParams } {
  const mark = text.indexOf('?');
  const [path, query] = mark < 0 ? [text, ''] : [text.slice(0, mark), text.slice(mark + 1)];
  return { path, query: new URLSearchParams(withoutNul(query)) };
}

/** What would be read as an open place. */
function withoutNul(text: string): string {
  return text.replaceAll('%00', encodeURIComponent(REPLACEMENT));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(withoutNul(text));
  } catch {
    return text;
  }
}

const EXTENSION = /\.(?:md|markdown|mdx|html?)$/i;

function withoutExtension(name: string): string {
  return name.replace(/\.erb$/i, '').replace(EXTENSION, '');
}

function isIndex(name: string): boolean {
  return /^(?:index|readme|_index)$/i.test(name);
}

function isIndexPage(page: string): boolean {
  return isIndex(withoutExtension(page.split('/').at(-1) ?? ''));
}

/** The index of the folder of runbooks itself, whose own name is in no address. */
function isFront(page: string): boolean {
  return !page.includes('/') && isIndexPage(page);
}

/** Whether the path of an address ends with the name of an index, or is that of a whole site. */
function opensFolder(path: string): boolean {
  const last = path.split('/').findLast((segment) => segment !== '');
  return last === undefined ? path !== '' : isIndex(withoutExtension(decoded(last)));
}

/** A page by its segments, an index by its folder. */
function nameOf(page: string): readonly string[] {
  const segments = page.split('/');
  const last = withoutExtension(segments.pop() ?? '');
  return isIndex(last) && segments.length > 0 ? segments : [...segments, last];
}

function segmentsOf(path: string): readonly string[] {
  const segments = path
    .split('/')
    .map(decoded)
    .filter((segment) => segment !== '' && segment !== '.' && segment !== '..');
  return nameOf(segments.join('/')).filter((segment) => segment !== '');
}

/** Whether one row of segments ends with another; either may hold open places. */
function endsWith(row: readonly string[], end: readonly string[]): boolean {
  if (end.length > row.length) return false;
  return end.every((segment, at) => {
    const other = row[row.length - end.length + at] ?? '';
    return segment.includes(OPEN) ? matches(other, segment) : matches(segment, other);
  });
}

/** Equal but for case and for the difference between spaces, `-` and `_`; an open place stands for anything. */
function matches(text: string, wanted: string): boolean {
  const parts = wanted.split(OPEN).map(plainly);
  const plain = plainly(text);
  if (parts.length === 1) return plain === parts[0];
  const [first = '', ...rest] = parts;
  const last = rest.pop() ?? '';
  if (!plain.startsWith(first) || plain.length < first.length + last.length) return false;
  let at = first.length;
  for (const part of rest) {
    const found = plain.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return plain.endsWith(last) && plain.length - last.length >= at;
}

function plainly(text: string): string {
  return text.toLowerCase().replace(/[\s_]/g, '-');
}

function shown<T extends string | null>(text: T): T {
  return (text === null ? null : text.replaceAll(OPEN, '…')) as T;
}
