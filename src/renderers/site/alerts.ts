import type { Element } from 'hast';
import { element } from './element.ts';

const KINDS: Readonly<Record<string, string>> = {
  note: 'note',
  info: 'note',
  abstract: 'note',
  example: 'note',
  question: 'note',
  quote: 'note',
  tip: 'tip',
  success: 'tip',
  hint: 'tip',
  important: 'important',
  warning: 'warning',
  attention: 'warning',
  bug: 'warning',
  caution: 'caution',
  danger: 'caution',
  error: 'caution',
  failure: 'caution',
};

/** The words of a quote as search tells them: the mark of an alert is a word of its own. */
export function quotedWords(text: string): string {
  return text.replace(MARK, (found, word: string, title: string) =>
    Object.hasOwn(KINDS, word.toLowerCase())
      ? `${title.trim() === '' ? titled(word) : title.trim()}${found.endsWith('\n') ? ': ' : ' '}`
      : found,
  );
}

const MARK = /^\s*\[!([A-Za-z]+)\][ \t]*([^\n]*)(?:\n|$)/;

const titled = (word: string): string => `${word[0]?.toUpperCase()}${word.slice(1).toLowerCase()}`;

/** The alert that a quote is (`[!WARNING]` in its first line, with or without a title); `undefined` for a plain quote. */
export function alertOf(quote: Element): Element | undefined {
  const first = quote.children.find((child) => child.type === 'element');
  const text = first?.tagName === 'p' ? first.children[0] : undefined;
  const found = text?.type === 'text' ? MARK.exec(text.value) : null;
  const kind = KINDS[found?.[1]?.toLowerCase() ?? ''];
  if (!found || kind === undefined || text?.type !== 'text') return undefined;
  text.value = text.value.slice(found[0].length);
  const word = found[1] ?? '';
  const title = found[2]?.trim() || titled(word);
  return element(
    'div',
    { className: ['alert', `alert-${kind}`] },
    element('p', { className: ['alert-title'] }, title),
    ...quote.children,
  );
}
