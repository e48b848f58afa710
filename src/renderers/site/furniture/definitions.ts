import type { Paragraph, PhrasingContent } from 'mdast';
import type { Inline } from './inline.ts';

/**
 * A paragraph whose lines after the first begin with `: ` as a list of definitions (PHP Markdown Extra, pandoc,
 * kramdown, MkDocs); `undefined` for any other.
 */
export function definitionList(node: Paragraph, inline: Inline): Paragraph | undefined {
  if (!node.children.some((child) => child.type === 'text' && /\n: {1,3}\S/.test(child.value)))
    return undefined;
  const lines: PhrasingContent[][] = [[]];
  for (const child of node.children) {
    if (child.type !== 'text') {
      lines.at(-1)?.push(child);
      continue;
    }
    for (const [at, value] of child.value.split('\n').entries()) {
      if (at > 0) lines.push([]);
      if (value !== '') lines.at(-1)?.push({ ...child, value });
    }
  }
  const parts = lines
    .filter((line) => line.length > 0)
    .map((line): Paragraph => {
      const [first, ...rest] = line;
      const defined = first?.type === 'text' ? /^: {1,3}(?=\S)/.exec(first.value)?.[0] : undefined;
      const own =
        defined !== undefined && first?.type === 'text'
          ? [{ ...first, value: first.value.slice(defined.length) }, ...rest]
          : line;
      return {
        type: 'paragraph',
        data: { hName: defined === undefined ? 'dt' : 'dd' },
        children: inline(own),
      };
    });
  if (parts[0]?.data?.hName !== 'dt') return undefined;
  // A list of definitions has no node of its own in markdown's tree; its element is named instead.
  return { ...node, data: { ...node.data, hName: 'dl' }, children: parts as never };
}
