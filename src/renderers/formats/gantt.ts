import { safeText } from '../../engine/model/safe-text.ts';

const MOST_CHARACTERS = 80;

/**
 * Untrusted text as a name in a Mermaid gantt chart. What Mermaid's grammar or its HTML reads is spelled
 * as `#NN;`; whatever else is not a letter, a figure or tame punctuation, too.
 */
export function ganttText(text: string): string {
  const line = safeText(text).replace(/\s+/g, ' ').trim();
  const characters = [...line];
  const shown =
    characters.length > MOST_CHARACTERS
      ? [...characters.slice(0, MOST_CHARACTERS - 1), '…']
      : characters;
  const spelled = shown.map(spell).join('');
  return spelled === '' ? '-' : spelled;
}

/** Mermaid reads `#35;` as `#`: the code point in figures, between `#` and `;`. */
function spell(character: string): string {
  return /[\p{L}\p{N} .()/'…]/u.test(character) ? character : `#${character.codePointAt(0)};`;
}
