import type { TimelineEvent } from '../../engine/model/timeline.ts';
import { escapeHtml } from './html.ts';

/** An address within a text; the punctuation that ends a sentence or a bracket around it is not its own. */
const ADDRESS = /\bhttps?:\/\/[^\s<>"`]+/gi;
const MOST_ADDRESS = 2000;
const ENDS_SENTENCE = new Set([...".,;:!?'*_"]);
const BRACKETS: ReadonlyMap<string, string> = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
]);

/** Where a person said that something can be seen, else the first address in their words; `null` when there is none. */
export function linkOf(event: TimelineEvent): string | null {
  const given = givenLink(event);
  if (given !== null || !isSaid(event)) return given;
  const parts = [...linkedParts(event.title), ...linkedParts(event.body ?? '')];
  return parts.find(({ url }) => url !== null)?.url ?? null;
}

/** Where a person said, besides their words, that something can be seen. */
export function givenLink({ evidence }: Pick<TimelineEvent, 'evidence'>): string | null {
  const given = evidence.find(({ url }) => url !== null)?.url ?? null;
  return given === null ? null : webAddress(given);
}

/** The same, unless its title is shown with that link in it. */
export function furtherLink(event: TimelineEvent): string | null {
  const link = givenLink(event);
  const isShown = isSaid(event) && linkedParts(event.title).some(({ url }) => url === link);
  return isShown ? null : link;
}

/** Whether its words are those of somebody who wrote them to be read, not of a program or a runbook. */
export function isSaid({ source, actor, kind }: TimelineEvent): boolean {
  if (source.type === 'note' || source.type === 'import') return true;
  return actor.type === 'human' && kind !== 'step' && kind !== 'system';
}

/** A text in pieces: words, and addresses that are to be links, which show themselves. */
export function linkedParts(
  text: string,
): readonly { readonly text: string; readonly url: string | null }[] {
  const parts: { text: string; url: string | null }[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(ADDRESS)) {
    // What was cut off somewhere leads nowhere.
    const isCut = found.includes('…') || found.length > MOST_ADDRESS;
    const address = isCut ? '' : withoutEnding(found);
    const url = webAddress(address);
    if (url === null) continue;
    if (index > from) parts.push({ text: text.slice(from, index), url: null });
    parts.push({ text: address, url });
    from = index + address.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), url: null });
  return parts;
}

function withoutEnding(address: string): string {
  let end = address.length;
  for (; end > 0; end -= 1) {
    const last = address[end - 1] ?? '';
    const opening = BRACKETS.get(last);
    if (opening !== undefined && count(address, opening, end) < count(address, last, end)) continue;
    if (opening !== undefined || !ENDS_SENTENCE.has(last)) break;
  }
  return address.slice(0, end);
}

function count(text: string, character: string, end: number): number {
  return text.slice(0, end).split(character).length - 1;
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
