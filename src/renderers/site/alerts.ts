import type { Element } from 'hast';
import { calloutOf } from '../../engine/reading/furniture/callouts.ts';
import { element } from './element.ts';

/** The words of a quote as search tells them: the mark of an alert is a word of its own. */
export function quotedWords(text: string): string {
  const callout = calloutOf(text);
  if (callout === undefined) return text;
  const { word, title, length } = callout;
  const gap = text.slice(0, length).endsWith('\n') ? ': ' : ' ';
  return `${title === '' ? word : title}${gap}${text.slice(length)}`;
}

/** The alert that a quote is (`[!WARNING]` in its first line, with or without a title); `undefined` for a plain quote. */
export function alertOf(quote: Element): Element | undefined {
  const first = quote.children.find((child) => child.type === 'element');
  const text = first?.tagName === 'p' ? first.children[0] : undefined;
  const callout = text?.type === 'text' ? calloutOf(text.value) : undefined;
  if (callout === undefined || text?.type !== 'text') return undefined;
  text.value = text.value.slice(callout.length);
  return element(
    'div',
    { className: ['alert', `alert-${callout.kind}`] },
    element('p', { className: ['alert-title'] }, callout.title || callout.word),
    ...quote.children,
  );
}
