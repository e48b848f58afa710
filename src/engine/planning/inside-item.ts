import type { PlannedStep } from '../model/plan.ts';

/**
 * What stands in the list item of a step behind its first paragraph, with the paragraph's own links in front, as
 * markdown without the item's indentation: more paragraphs, lists, tables, code that is not run. Lines of the steps
 * that stand within it are left to their own stops. `''`: the paragraph is all of it, or the step is no item.
 */
export function insideItem(
  { by, step: { line, endLine } }: PlannedStep,
  lines: readonly string[],
  isAnothers: (line: number) => boolean,
): string {
  const first = lines[line - 1] ?? '';
  const marker = by === 'person' ? MARKER.exec(first)?.[0] : undefined;
  if (marker === undefined) return '';
  let at = line + 1;
  let paragraph = first.slice(marker.length);
  for (; at <= endLine && isGoingOn(lines[at - 1] ?? ''); at += 1)
    paragraph += `\n${lines[at - 1] ?? ''}`;
  const behind: string[] = [];
  for (; at <= endLine; at += 1)
    if (!isAnothers(at)) behind.push(withoutIndent(lines[at - 1] ?? '', marker.length));
  const links = (paragraph.match(LINKS) ?? []).map((link) => `- ${link}`);
  return [links.join('\n'), trimmed(behind)].filter((text) => text !== '').join('\n\n');
}

/** The marker of a list item, in a quote as well. */
const MARKER = /^[\s>]*(?:[-*+]|\d{1,9}[.)])[ \t]+/;
const LINKS = /\[[^[\]\n]+\]\([^()\n]+\)|<https?:[^<>\s]+>/g;

/** The line belongs to the paragraph above it: it is not blank and begins no other block. */
const isGoingOn = (line: string): boolean =>
  !/^[\s>]*(?:$|[-*+][ \t]|\d{1,9}[.)][ \t]|`{3}|~{3}|\||<|#{1,6}[ \t])/.test(line) &&
  !/^\s*>/.test(line);

/** Without as much of the item's indentation, or of its quote, as there is. */
function withoutIndent(line: string, columns: number): string {
  let at = 0;
  while (at < columns && /[\s>]/.test(line[at] ?? '')) at += 1;
  // A quote of the item's own begins where its text does.
  const mark = line.slice(0, at).lastIndexOf('>');
  return mark >= 0 && line.slice(0, mark).trim() === '' && mark >= columns - 1
    ? line.slice(mark)
    : line.slice(at);
}

function trimmed(lines: readonly string[]): string {
  const from = lines.findIndex((line) => line.trim() !== '');
  return from < 0 ? '' : lines.slice(from).join('\n').trimEnd();
}
