import { expect, test } from 'vitest';
import { element, textOf } from '../../../src/renderers/site/element.ts';

test('whatever a page is made of, nothing in it acts or turns round what is read', () => {
  const foreign = 'Esc\u001b[31m \u202egnp\u200b';
  const shown = 'Esc␛[31m ‹U+202E›gnp‹U+200B›';
  const made = element('a', { title: foreign, ariaLabel: foreign, alt: foreign }, foreign);
  expect([made.properties, textOf(made)]).toEqual([
    { title: shown, ariaLabel: shown, alt: shown },
    shown,
  ]);
});
