import { readLines } from '../../engine/reading/lines.ts';
import { parseChunks } from '../../engine/reading/markdown.ts';
import { markdownLines, type ScreenOptions } from './markdown.ts';

/** A markdown text laid out for the terminal, mended as the reader mends it, frontmatter left out. Ends with a newline. */
export function markdownScreen(text: string, options: ScreenOptions): string {
  const { lines, bodyStart, cuts, definitions } = readLines(text.replace(/\r\n?/g, '\n'));
  const shown: string[] = [];
  for (const { tree } of parseChunks(lines, bodyStart, cuts, definitions)) {
    const own = markdownLines(tree.children, options);
    if (own.length > 0) shown.push(own.join('\n'));
  }
  return `${shown.join('\n\n')}\n`;
}
