import type { Nodes } from 'mdast';

/** Texts of a tree, each with a way to see it; code is none. */
export function* textsOf(node: Nodes): Generator<string> {
  if (node.type === 'text') yield node.value;
  else if ('children' in node) for (const child of node.children) yield* textsOf(child);
}

/** The text of a tree, without its code. */
export function textOf(node: Nodes): string {
  return [...textsOf(node)].join('');
}
