import { parseMarkdown } from '../../engine/reading/markdown.ts';
import { markdownLines, type ScreenOptions } from './markdown.ts';

/** A piece of a runbook's markdown as screen lines. */
export function proseLines(markdown: string, options: ScreenOptions): readonly string[] {
  return markdownLines(parseMarkdown(markdown).children, options);
}
