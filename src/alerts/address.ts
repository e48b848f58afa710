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
  const filled = fill(address, known);
  const hash = filled.indexOf('#');
  const anchor = hash < 0 ? '' : decoded(filled.slice(hash + 1));
  const wanted = segmentsOf(pathOf(hash < 0 ? filled : filled.slice(0, hash)));
  if (wanted.length === 0) return { to: 'nothing', why: 'it names no file' };
  const paths = best(wanted, pages);
  const open = wanted.some((segment) => segment.includes(OPEN));
  if (paths.length === 0)
    return { to: 'nothing', why: `no runbook is called \`${shown(wanted.at(-1) ?? '')}\`` };
  if (paths.length > 1 && !open)
    return { to: 'nothing', why: `it could be any of ${paths.slice(0, 4).join(', ')}` };
  return { to: 'pages', paths, anchor: anchor === '' ? null : shown(anchor), open };
}

/** Pages whose whole path is the address's end, the longest ones; else those that end with the whole address. */
function best(wanted: readonly string[], pages: readonly string[]): readonly string[] {
  const named = pages.map((page) => ({ page, name: nameOf(page) }));
  const whole = named.filter(({ name }) => endsWith(wanted, name));
  const longest = Math.max(...whole.map(({ name }) => name.length));
  if (whole.length > 0)
    return whole.filter(({ name }) => name.length === longest).map(({ page }) => page);
  return named.filter(({ name }) => endsWith(name, wanted)).map(({ page }) => page);
}

/** Whether an anchor, which may hold an open place, is the slug of a heading. GitHub takes any case, and so do others. */
export function isAnchorOf(anchor: string, slug: string): boolean {
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

/** The path of an address, without what stands before and behind it. */
function pathOf(address: string): string {
  const bare = address.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '');
  const query = bare.search(/[?]/);
  return query < 0 ? bare : bare.slice(0, query);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replace(/%00/g, encodeURIComponent(REPLACEMENT)));
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
