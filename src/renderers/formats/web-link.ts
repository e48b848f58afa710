import type { TimelineEvent } from '../../engine/model/timeline.ts';
import { escapeHtml } from './html.ts';

/** Where a person said that something can be seen; `null` when nobody did, or it is no address of a page. */
export function linkOf({ evidence }: Pick<TimelineEvent, 'evidence'>): string | null {
  const given = evidence.find(({ url }) => url !== null)?.url ?? null;
  return given === null ? null : webAddress(given);
}

/** An address as a browser reads it; `null` for what is none of the web. */
export function webAddress(given: string): string | null {
  if (!/^https?:\/\//i.test(given) || !URL.canParse(given)) return null;
  // What could end an address, a cell or a line of any format is spelled in figures.
  return given
    .toWellFormed()
    .replace(/[\s\p{C}<>"'`|\\^{}$*[\]]/gu, (character) =>
      encodeURIComponent(character).replace(/['*]/g, figures),
    );
}

/** An address as a link of markdown that shows itself. */
export function markdownLink(url: string): string {
  return `<${url}>`;
}

/** An address as a link of HTML. */
export function htmlLink(url: string, text: string = url): string {
  return `<a href="${escapeHtml(url)}" rel="noopener noreferrer">${escapeHtml(text)}</a>`;
}

function figures(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
