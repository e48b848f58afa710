import { safeText } from '../../text/safe-text.ts';
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

const SPELLED: Readonly<Record<string, string>> = {
  '\\': '&#92;',
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  $: '&#36;',
};
/**
 * Where GitHub makes links, mentions or pictures without any markup, in text that is spelled already:
 * `http:|//`, `www|.`, `mailto:|`, `a@|b.c`, `#|7`, `GH-|7`, `:|smile:`.
 */
const JOINTS =
  /(?<=\w:)(?=\/\/)|(?<=www)(?=\.)|(?<=(?:mailto|xmpp):)|(?<=@)(?=[\w\\])|(?<=(?<!&)#)(?=\d)|(?<=\bGH-)(?=\d)|(?<=:)(?=[\w+\\-]*[a-z+-][\w+\\-]*:)/gi;

/**
 * Untrusted text as a cell of a markdown table, or as a piece of one line of markdown: every character
 * that could be markup is spelled so that it is only read. Newlines become ` ⏎ `.
 */
function cell(text: string): string {
  return spelled(oneLine(text));
}

/** The same, with addresses as links that show themselves. */
function linkedCell(text: string): string {
  return linkedParts(oneLine(text))
    .map((part) => (part.url === null ? spelled(part.text) : markdownLink(part.url)))
    .join('');
}

/** Text that is one line as it stands. */
const PLAIN_LINE = /^[!-~](?:[ -~]*[!-~])?$/;

function oneLine(text: string): string {
  if (PLAIN_LINE.test(text)) return text;
  return safeText(text)
    .trim()
    .replace(/(?<![\s⏎])[\s⏎]*\n[\s⏎]*/g, ' ⏎ ')
    .replace(/\s/g, ' ');
}

/** Signs and words of which one stands at every joint. */
const HAS_JOINT = /[:@#]|www|GH-/i;

function spelled(line: string): string {
  const text = line.replace(/[\\&<>$]|[|`*_~[\]]|^[-+=#]|(?<=^\d{1,9})[.)]/g, spell);
  // Nine texts of ten have none: to look for joints at every letter was a tenth of a timeline of a million events.
  return HAS_JOINT.test(text) ? text.replace(JOINTS, '<!-- -->') : text;
}

function spell(character: string): string {
  return SPELLED[character] ?? `\\${character}`;
}
