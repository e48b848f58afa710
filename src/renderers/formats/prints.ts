import { safeText } from '../../text/safe-text.ts';
import { cell, linkedCell } from './cell.ts';
import { escapeHtml } from './html.ts';
import type { Print } from './timeline-view.ts';
import { htmlLink, linkedParts, markdownLink } from './web-link.ts';

/** For GitHub markdown. */
export const IN_MARKDOWN: Print = { text: cell, linked: linkedCell, link: markdownLink };

/** For HTML. */
export const IN_HTML: Print = {
  text: escapeHtml,
  linked: (text) =>
    linkedParts(safeText(text))
      .map((part) => (part.url === null ? escapeHtml(part.text) : htmlLink(part.url)))
      .join(''),
  link: (url) => htmlLink(url),
};
