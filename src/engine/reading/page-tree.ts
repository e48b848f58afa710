import type { Root, RootContent } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import type { PluggableList } from 'unified';
import { moveDown, withAdmonitions } from './admonitions.ts';
import { readLines } from './lines.ts';
import { parseChunks } from './markdown.ts';

const FRONTMATTER: PluggableList = [[remarkFrontmatter, ['yaml', 'toml']]];

/**
 * The whole tree of a runbook's text, frontmatter included, as the engine reads it: runbooks in markdown fences are
 * unwrapped, admonitions are GitHub's alerts, and lines are those of the text. Throws RUNBOOK_REFUSED when the text is nested too deeply to be read.
 */
export function readTree(text: string): Root {
  const { lines, cuts, definitions } = readLines(text);
  const children: RootContent[] = [];
  for (const chunk of parseChunks(lines, 0, cuts, definitions, FRONTMATTER)) {
    for (const child of chunk.tree.children) {
      if (chunk.firstLine > 1) moveDown(child, chunk.firstLine - 1);
      children.push(child);
    }
  }
  return { type: 'root', children: withAdmonitions(children) };
}
