import type { Element, ElementContent } from 'hast';
import { element } from './element.ts';
import { highlighted } from './highlight.ts';

/** A block of code with its colours; it scrolls by keyboard, and can be copied. */
export function codeBlock(text: string, language: string, label: string | null): Element {
  const name = label ?? (language ? `Code, ${language}` : 'Code');
  return element('div', { className: ['code'] }, code(text, language, name));
}

/** The code itself, without its frame. `copy` is what is copied where that is not the text itself. */
export function code(text: string, language: string, label: string, copy?: string): Element {
  const html = highlighted(text, language);
  const content: ElementContent =
    html === undefined ? { type: 'text', value: text } : { type: 'raw', value: html };
  const properties = {
    tabIndex: 0,
    role: 'region',
    ariaLabel: label,
    ...(copy === undefined || copy === text ? {} : { dataCopy: copy }),
  };
  return element('pre', properties, element('code', {}, content));
}
