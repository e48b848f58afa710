import type { Element, ElementContent, Nodes, Properties } from 'hast';
import { visibleText } from '../../text/safe-text.ts';

/** Properties that are read out or shown. */
const READ = ['title', 'ariaLabel', 'alt'] as const;

/**
 * An element with its properties and content; texts become text, never markup, and nothing in them turns round what is
 * read or is not seen.
 */
export function element(
  tagName: string,
  properties: Properties = {},
  ...children: readonly (ElementContent | string | null)[]
): Element {
  return {
    type: 'element',
    tagName,
    properties: seen(properties),
    children: children.flatMap((child) => {
      if (child === null) return [];
      return typeof child === 'string' ? [{ type: 'text', value: visibleText(child) }] : [child];
    }),
  };
}

function seen(properties: Properties): Properties {
  let all = properties;
  for (const name of READ) {
    const value = all[name];
    if (typeof value === 'string') all = { ...all, [name]: visibleText(value) };
  }
  return all;
}

/** The text in a node. */
export function textOf(node: Nodes): string {
  if (node.type === 'text') return node.value;
  return 'children' in node ? node.children.map((child) => textOf(child)).join('') : '';
}
