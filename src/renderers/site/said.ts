import type { ElementContent } from 'hast';
import { safeText } from '../../text/safe-text.ts';
import { element } from './element.ts';

/** A sentence of the program or of a person: what stands between backticks is code, the rest is text. */
export function said(text: string): ElementContent[] {
  return safeText(text)
    .split(/`([^`\n]+)`/)
    .flatMap((part, index): ElementContent[] => {
      if (part === '') return [];
      return [index % 2 === 1 ? element('code', {}, part) : { type: 'text', value: part }];
    });
}
