import { escapeHtml } from '../formats/html.ts';

/** A page of the site's root that is shown in the place of any other: it finds what it needs from the site's own path. */
export function fromAnywhere(html: string, path: string): string {
  const base = escapeHtml(`${path.replace(/(?<!\/)\/+$/, '')}/`);
  return html
    .replace(/ (href|src)="(?![a-z][a-z0-9+.-]*:|[/#])(?:\.\/)?/gi, ` $1="${base}`)
    .replace(/ data-root="[^"]*"/, ` data-root="${base}"`);
}
