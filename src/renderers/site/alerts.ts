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

type Inline = Element['children'][number];

/** What stands on the line of a title behind its first words, taken out of its paragraph: code, stars, and words again. */
function restOfTitle(paragraph: Element | undefined): readonly Inline[] {
  if (paragraph === undefined) return [];
  const [own, ...others] = paragraph.children;
  const at = others.findIndex(
    (child) =>
      (child.type === 'text' && child.value.includes('\n')) ||
      (child.type === 'element' && child.tagName === 'br'),
  );
  const last = others[at];
  const rest = at < 0 ? others : others.slice(0, at);
  const behind = at < 0 ? [] : others.slice(at);
  if (last?.type === 'text') {
    const end = last.value.indexOf('\n');
    rest.push({ type: 'text', value: last.value.slice(0, end) });
    last.value = last.value.slice(end + 1);
  }
  paragraph.children = own === undefined ? behind : [own, ...behind];
  return rest.length === 0 ? [] : [{ type: 'text', value: ' ' }, ...rest];
}

const isBlank = ({ children }: Element): boolean =>
  children.every((child) => child.type === 'text' && child.value.trim() === '');

/** The alert that a quote is (`[!WARNING]` in its first line, with or without a title); `undefined` for a plain quote. */
export function alertOf(quote: Element): Element | undefined {
  const first = quote.children.find((child) => child.type === 'element');
  const text = first?.tagName === 'p' ? first.children[0] : undefined;
  const callout = text?.type === 'text' ? calloutOf(text.value) : undefined;
  if (callout === undefined || text?.type !== 'text') return undefined;
  const isWhole = text.value.slice(0, callout.length).endsWith('\n');
  text.value = text.value.slice(callout.length);
  const title = [callout.title || callout.word, ...(isWhole ? [] : restOfTitle(first))];
  return element(
    'div',
    { className: ['alert', `alert-${callout.kind}`] },
    element('p', { className: ['alert-title'] }, ...title),
    ...quote.children.filter((child) => child !== first || !isBlank(first)),
  );
}
