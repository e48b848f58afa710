import { percentDecoded } from '../../text/url.ts';
import type { PagePaths } from './page-paths.ts';

/** Where a link of a runbook leads on the site. */
export type LinkTarget =
  | { readonly kind: 'page'; readonly path: string; readonly fragment: string }
  | { readonly kind: 'here'; readonly fragment: string }
  | { readonly kind: 'elsewhere'; readonly url: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'missing'; readonly path: string }
  /** A scheme that is not let through. */
  | { readonly kind: 'refused' };

/** Resolves a link as it stands in the runbook at `from`. */
export function resolveLink(
  url: string,
  from: string,
  paths: PagePaths,
  exists: (path: string) => 'file' | 'folder' | 'nothing',
): LinkTarget {
  const clean = url.trim();
  // Browsers ignore spaces and controls in a scheme.
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url.replace(/[\s\p{Cc}]/gu, ''))?.[1]?.toLowerCase();
  if (scheme !== undefined)
    return ['http', 'https', 'mailto'].includes(scheme)
      ? { kind: 'elsewhere', url: clean }
      : { kind: 'refused' };
  if (clean.startsWith('//')) return { kind: 'elsewhere', url: `https:${clean}` };
  const [address = '', fragment = ''] = clean.split('#', 2);
  if (address === '') return { kind: 'here', fragment: percentDecoded(fragment) };
  const path = joined(from, percentDecoded(address.split('?')[0] ?? ''));
  for (const guess of [path, `${path}.md`, path.replace(/\.html$/, '.md')]) {
    const page = paths.pageOf(guess);
    if (page !== undefined)
      return { kind: 'page', path: guess, fragment: percentDecoded(fragment) };
  }
  return exists(path) === 'nothing' ? { kind: 'missing', path } : { kind: 'file', path };
}

/** A path written in the runbook at `from`, relative to the site's folder; `..` at its beginning stays. */
export function joined(from: string, path: string): string {
  const start = path.startsWith('/') ? [] : from.split('/').slice(0, -1);
  const parts: string[] = [];
  for (const part of [...start, ...path.split('/')]) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return parts.join('/');
}
