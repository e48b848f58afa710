import type { Root, RootContent } from 'mdast';
import remarkFrontmatter from 'remark-frontmatter';
import type { PluggableList } from 'unified';
import { withAdmonitions } from './furniture/admonitions.ts';
import { readLines } from './lines.ts';
import { type Chunk, parseChunks } from './markdown.ts';
import { moveDown } from './move-down.ts';
import { withWholeCells } from './whole-cells.ts';

const FRONTMATTER: PluggableList = [[remarkFrontmatter, ['yaml', 'toml']]];

/**
 * The whole tree of a text from the trees that it was read in: runbooks in markdown fences are unwrapped, admonitions
 * are GitHub's alerts, and lines are those of the text. The chunks' nodes become the tree's. Throws RUNBOOK_REFUSED.
 */
export function pageTree(text: string, chunks: readonly Chunk[]): Root {
  const children: RootContent[] = [];
  for (const [index, chunk] of chunks.entries()) {
    const tree = index === 0 && hasOtherFrontmatter(text) ? withoutFrontmatter(text) : chunk.tree;
    for (const child of tree.children) {
      if (chunk.firstLine > 1) moveDown(child, chunk.firstLine - 1);
      children.push(child);
    }
  }
  return {
    type: 'root',
    children: withAdmonitions([...withWholeCells(children, text.split('\n'))]),
  };
}

/** Frontmatter that no runbook of ours has, such as TOML, and that is no text either. */
function hasOtherFrontmatter(text: string): boolean {
  return /^\+\+\+[ \t]*\n/.test(text);
}

function withoutFrontmatter(text: string): Root {
  const { lines, cuts, definitions } = readLines(text);
  for (const { tree } of parseChunks(lines, 0, cuts, definitions, FRONTMATTER)) return tree;
  return { type: 'root', children: [] };
}
