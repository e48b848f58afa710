import type { Nodes as HastNodes, Root as HastRoot } from 'hast';
import { toHtml } from 'hast-util-to-html';
import type { Nodes, Parent, Root, RootContent } from 'mdast';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';

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

const KNOWN = new Set([
  ...(defaultSchema.tagNames ?? []),
  'abbr',
  'caption',
  'center',
  'figcaption',
  'figure',
  'mark',
  'small',
  'u',
]);
const PIECE =
  /<!--[\s\S]*?(?:-->|$)|<\/?([a-zA-Z][\w.:-]*)(?:"[^"<>]{0,2000}"|'[^'<>]{0,2000}'|[^'"<>]){0,200}>/g;

/** Boxes to tick come from the markdown alone. */
const HARMLESS = new Set([...KNOWN].filter((name) => name !== 'input'));

/**
 * Takes HTML in markdown apart: comments go, known harmless elements stay HTML (to be sanitised), everything else,
 * such as `<host>`, is the text that its author sees in his file. Returns whether any HTML is left.
 */
function settleHtml(tree: Root): boolean {
  let left = false;
  const visit = (node: Nodes): void => {
    if (!('children' in node)) return;
    // The content model allows text wherever it allows HTML, but for blocks, which get a paragraph.
    const parent = node as Parent;
    const isFlow = ['root', 'blockquote', 'listItem', 'footnoteDefinition'].includes(node.type);
    parent.children = parent.children.flatMap((child): RootContent[] => {
      if (child.type !== 'html') {
        visit(child);
        return [child];
      }
      const pieces = piecesOf(child.value);
      left ||= pieces.some(({ isHtml }) => isHtml);
      if (isFlow && pieces.every(({ isHtml }) => !isHtml)) {
        const value = pieces
          .map(({ text }) => text)
          .join('')
          .trim();
        return value === ''
          ? []
          : [{ type: 'paragraph' as const, children: [{ type: 'text' as const, value }] }];
      }
      return pieces.map(({ isHtml, text }) =>
        isHtml ? { type: 'html' as const, value: text } : { type: 'text' as const, value: text },
      );
    });
  };
  visit(tree);
  return left;
}

/** Which elements of the markdown's own HTML the sanitiser lets through. */
const SCHEMA = {
  ...defaultSchema,
  clobber: [],
  tagNames: [...KNOWN],
  attributes: {
    ...defaultSchema.attributes,
    '*': [...(defaultSchema.attributes?.['*'] ?? []), 'dataLine', 'dataKind'],
    code: [['className', /^language-./] as [string, RegExp]],
  },
};

function piecesOf(value: string): readonly { readonly isHtml: boolean; readonly text: string }[] {
  const pieces: { isHtml: boolean; text: string }[] = [];
  let from = 0;
  const hasTags = /<\/?[a-zA-Z]/.test(value);
  const add = (isHtml: boolean, text: string): void => {
    if (text !== '') pieces.push({ isHtml, text });
  };
  for (const found of value.matchAll(PIECE)) {
    const between = value.slice(from, found.index);
    // Between tags stands HTML text with its entities; a `<` in it opens nothing that is known.
    add(isBetweenKnown(pieces), between);
    from = found.index + found[0].length;
    const tag = found[1]?.toLowerCase();
    if (tag === undefined) continue;
    add(
      HARMLESS.has(tag),
      HARMLESS.has(tag) ? found[0].replace(/data-(?:line|kind)/gi, 'data-x') : found[0],
    );
  }
  add(hasTags && isBetweenKnown(pieces), value.slice(from));
  return pieces.map(({ isHtml, text }) =>
    isHtml && !/^<\/?[a-zA-Z]/.test(text)
      ? { isHtml, text: text.replaceAll('<', '&lt;') }
      : { isHtml, text },
  );
}

function isBetweenKnown(pieces: readonly { readonly isHtml: boolean }[]): boolean {
  return pieces.some(({ isHtml }) => isHtml);
}
