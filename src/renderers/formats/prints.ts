import { cell } from './cell.ts';
import { escapeHtml } from './html.ts';
import type { Print } from './timeline-view.ts';
import { htmlLink, markdownLink } from './web-link.ts';

/** For GitHub markdown. */
export const IN_MARKDOWN: Print = { text: cell, link: markdownLink };

/** For HTML. */
export const IN_HTML: Print = { text: escapeHtml, link: (url) => htmlLink(url) };
