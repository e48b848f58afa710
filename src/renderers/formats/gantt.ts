import { safeText } from '../../text/safe-text.ts';

const MOST_CHARACTERS = 80;

/** Words that Mermaid takes for its own at the beginning of a line. */
const KEYWORD =
  /^(?:gantt|dateformat|inclusiveenddates|topaxis|axisformat|tickinterval|includes|excludes|todaymarker|weekday|weekend|title|section|click|acctitle|accdescr|href|call)/i;

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
  const isKeyword = KEYWORD.test(line);
  const spelled = shown
    .map((each, at) => (at === 0 && isKeyword ? figures(each) : spell(each)))
    .join('');
  return spelled === '' ? '-' : spelled;
}

function spell(character: string): string {
  return /[\p{L}\p{N} .()/'…]/u.test(character) ? character : figures(character);
}

/** Mermaid reads `#35;` as `#`: the code point in figures, between `#` and `;`. */
function figures(character: string): string {
  return `#${character.codePointAt(0)};`;
}
