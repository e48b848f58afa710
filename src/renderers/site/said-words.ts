import type { ElementContent } from 'hast';
import type { SiteIncident } from '../../engine/contracts/site.ts';
import type { TimelineEvent } from '../../engine/model/timeline.ts';
import { safeText } from '../../text/safe-text.ts';
import { withoutTicks } from '../formats/timeline-view.ts';
import { furtherLink, isSaid, linkedParts, linkOf } from '../formats/web-link.ts';
import { element } from './element.ts';

/** What an incident is called where people read it: by its name, and by what it is about. */
export function incidentTitle({ name, head }: Pick<SiteIncident, 'name' | 'head'>): string {
  return head.title === name ? name : safeText(withoutTicks(`${name}: ${head.title}`));
}

/** What an event is called, with the addresses that people wrote as links. */
export function saidTitle(event: TimelineEvent): (ElementContent | string)[] {
  return saidWords(event, event.title);
}

/**
 * What an event is called, its words leading to `href`, with the address where it can be seen: in its words where they
 * have it, else behind them, never twice.
 */
export function leadingTitle(event: TimelineEvent, href: string): (ElementContent | string)[] {
  const text = safeText(withoutTicks(event.title));
  const parts = isSaid(event) ? linkedParts(text) : [{ text, url: null }];
  const words = parts.map((part) => {
    if (part.url !== null) return link(part.url);
    return part.text.trim() === '' ? part.text : element('a', { href }, part.text);
  });
  return [...words, ...linkBehind(event, { linked: parts.some(({ url }) => url !== null) })];
}

/** Words of an event, with the addresses that people wrote as links. */
export function saidWords(event: TimelineEvent, words: string): (ElementContent | string)[] {
  const text = safeText(withoutTicks(words));
  if (!isSaid(event)) return [text];
  return linkedParts(text).map((part) => (part.url === null ? part.text : link(part.url)));
}

/** Where it can be seen, behind a title that is shown with its links or without any. */
export function linkBehind(
  event: TimelineEvent,
  { linked }: { readonly linked: boolean },
): (ElementContent | string)[] {
  const url = linked ? furtherLink(event) : linkOf(event);
  return url === null ? [] : [' ', link(url)];
}

function link(url: string): ElementContent {
  return element('a', { href: url, rel: ['noopener', 'noreferrer'] }, url);
}

/** A sentence of the program or of a person: what stands between backticks is code, the rest is text. */
export function said(text: string): ElementContent[] {
  return safeText(text)
    .split(/(?<!`)`([^`\n]+)`(?!`)/)
    .flatMap((part, index): ElementContent[] => {
      if (part === '') return [];
      return [index % 2 === 1 ? element('code', {}, part) : { type: 'text', value: part }];
    });
}
