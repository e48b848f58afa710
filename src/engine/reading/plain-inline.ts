import type { PhrasingContent } from 'mdast';

/**
 * What a word of markdown may begin with, or GitHub links without being asked, or that is no text: a text with any of
 * it is for the real reader. Blanks at the end of a line may break it; those at its beginning are taken away.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: what is no text.
const MORE_THAN_TEXT = /[\\*_[\]<&~|@\0-\t\x0b-\x1f\x7f\ufeff]|:\/\/|www\.|^\s|\s$| \n|\n\s/i;

/**
 * Text with `code` and **strong** words in it, as `remark` reads it, without places; `null` where there is more to it.
 * The text has no line that could begin a block.
 */
export function plainInline(text: string): PhrasingContent[] | null {
  if (!/[`*]/.test(text)) return MORE_THAN_TEXT.test(text) ? null : [{ type: 'text', value: text }];
  if (/``|^\s|\s$| \n|\n\s/.test(text)) return null;
  const parts = text.split('`');
  if (parts.length % 2 === 0) return null;
  const nodes: PhrasingContent[] = [];
  for (const [index, part] of parts.entries()) {
    const read = index % 2 === 1 ? inlineCode(part) : strongOrText(part);
    if (read === null) return null;
    nodes.push(...read);
  }
  return nodes;
}

function inlineCode(part: string): readonly PhrasingContent[] | null {
  if (/^\s|\s$|[\n\t\0|]/.test(part)) return null;
  return [{ type: 'inlineCode', value: part }];
}

function strongOrText(part: string): readonly PhrasingContent[] | null {
  const pieces = part.split('**');
  if (pieces.length % 2 === 0) return null;
  const nodes: PhrasingContent[] = [];
  for (const [index, value] of pieces.entries()) {
    if (isMore(value)) return null;
    if (index % 2 === 0) {
      if (value !== '') nodes.push({ type: 'text', value });
      continue;
    }
    if (!isStrong(pieces[index - 1] ?? '', value, pieces[index + 1] ?? '')) return null;
    nodes.push({ type: 'strong', children: [{ type: 'text', value }] });
  }
  return nodes;
}

/** Whether asterisks around a text, between these two, open and close beyond doubt. */
function isStrong(before: string, text: string, after: string): boolean {
  if (!/(?:^|[\s(])$/.test(before) || !/^[\p{L}\p{N}]/u.test(text)) return false;
  if (/[\p{L}\p{N}]$/u.test(text)) return /^(?:[\s.,;:)]|$)/.test(after);
  return /[:.!?]$/.test(text) && /^(?:\s|$)/.test(after);
}

/** Between code and strong words, text may begin and end with a blank or a line's end. */
const isMore = (text: string): boolean => MORE_THAN_TEXT.test(text.replace(/^[ \n]|[ \n]$/g, ''));
