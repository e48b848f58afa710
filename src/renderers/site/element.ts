import type { Element, ElementContent, Nodes, Properties } from 'hast';

/** An element with its properties and content; texts become text, never markup. */
export function element(
  tagName: string,
  properties: Properties = {},
  ...children: readonly (ElementContent | string | null)[]
): Element {
  return {
    type: 'element',
    tagName,
    properties,
    children: children.flatMap((child) =>
      child === null ? [] : typeof child === 'string' ? [{ type: 'text', value: child }] : [child],
    ),
  };
}

/** The text in a node. */
export function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map((child) => textOf(child)).join('') : '';
}
