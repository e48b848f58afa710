import type { Nodes as HastNodes, Root as HastRoot } from 'hast';
import { toHtml } from 'hast-util-to-html';
import type { Nodes, Root } from 'mdast';
import rehypeSanitize from 'rehype-sanitize';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { SCHEMA, settleHtml } from './html-in-markdown.ts';

const plain = unified().use(remarkRehype).freeze();

/**
 * The tree of a page as hypertext. Headings, paragraphs, code, items and rows carry their line as `dataLine`. HTML in the text is
 * sanitised; what is no HTML stays text.
 */
export async function toHypertext(tree: Root): Promise<HastRoot> {
  markLines(tree);
  if (!settleHtml(tree)) return plain.runSync(tree) as HastRoot;
  const { default: rehypeRaw } = await import('rehype-raw');
  const processor = unified()
    .use(remarkRehype, { allowDangerousHtml: true })
    .use(rehypeRaw)
    .use(rehypeSanitize, SCHEMA);
  // The last plugin makes a tree of hypertext of it.
  return processor.runSync(tree) as HastRoot;
}

/** Writes hypertext; only markup that we made ourselves stands in it as it is. */
export function written(nodes: HastNodes | readonly HastNodes[]): string {
  const children = Array.isArray(nodes) ? nodes : [nodes];
  return toHtml({ type: 'root', children } as HastRoot, {
    allowDangerousHtml: true,
    characterReferences: { useNamedReferences: true },
  });
}

const MARKED = new Set(['heading', 'paragraph', 'code', 'listItem', 'tableRow']);

function markLines(node: Nodes): void {
  if (MARKED.has(node.type) && node.position)
    node.data = {
      ...node.data,
      hProperties: { ...node.data?.hProperties, dataLine: String(node.position.start.line) },
    };
  if ('children' in node) for (const child of node.children) markLines(child);
}
