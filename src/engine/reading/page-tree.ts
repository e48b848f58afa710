import type { Nodes, Root, RootContent } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import type { PluggableList } from 'unified';
import { readLines } from './lines.ts';
import { parseChunks } from './markdown.ts';

const FRONTMATTER: PluggableList = [[remarkFrontmatter, ['yaml', 'toml']]];

/**
 * The whole tree of a runbook's text, frontmatter included, as the engine reads it: runbooks in markdown fences are
 * unwrapped, and lines are those of the text. Throws RUNBOOK_REFUSED when the text is nested too deeply to be read.
 */
export function readTree(text: string): Root {
  const { lines, cuts, definitions } = readLines(text);
  const children: RootContent[] = [];
  for (const chunk of parseChunks(lines, 0, cuts, definitions, FRONTMATTER)) {
    for (const child of chunk.tree.children) {
      moveDown(child, chunk.firstLine - 1);
      children.push(child);
    }
  }
  return { type: 'root', children };
}

function moveDown(node: Nodes, lines: number): void {
  if (lines === 0) return;
  if (node.position) {
    node.position.start.line += lines;
    node.position.end.line += lines;
  }
  if ('children' in node) for (const child of node.children) moveDown(child, lines);
}
