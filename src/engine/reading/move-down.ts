import type { RootContent } from 'mdast';

/** Moves a node's lines down, as of a text that begins further down in its file. */
export function moveDown(node: RootContent, lines: number): void {
  if (node.position) {
    node.position.start.line += lines;
    node.position.end.line += lines;
  }
  if ('children' in node) for (const child of node.children) moveDown(child, lines);
}
