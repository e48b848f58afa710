import type { PhrasingContent } from 'mdast';

const ATTRIBUTES = /[ \t]*\{:?[ \t]*([^{}\n]{1,200})\}[ \t]*$/;
const ATTRIBUTE = /^(?:[#.][\w:.-]+|[\w:-]+=(?:"[^"]*"|'[^']*'|[^"'\s]+))$/;

/** Takes `{#id .class key=value}` off the end of a heading or a paragraph: it is addressed to the generator. */
export function withoutAttributes(node: { readonly children: PhrasingContent[] }): void {
  const last = node.children.at(-1);
  // What a directive names is no attribute of anything.
  if (last?.type !== 'text' || last.value.startsWith('::')) return;
  const [whole, inner] = ATTRIBUTES.exec(last.value) ?? [];
  if (whole === undefined || inner === undefined || !areAttributes(inner)) return;
  last.value = last.value.slice(0, -whole.length);
  if (last.value === '') node.children.pop();
}

/** Whether a text in braces is nothing but attributes, as pandoc, kramdown and MkDocs write them. */
function areAttributes(text: string): boolean {
  const words = text.trim().match(/[\w:-]+="[^"]*"|[\w:-]+='[^']*'|\S+/g) ?? [];
  return words.length > 0 && words.every((word) => ATTRIBUTE.test(word));
}

const SPANS = new Set([
  'image',
  'imageReference',
  'link',
  'linkReference',
  'inlineCode',
  'strong',
  'emphasis',
]);

/** Takes `{ width=300 }` and its like off behind an image, a link or a span that they are about. */
export function withoutAttributesBehind(
  nodes: readonly PhrasingContent[],
): readonly PhrasingContent[] {
  return nodes.map((node, at) => {
    if (node.type !== 'text' || !SPANS.has(nodes[at - 1]?.type ?? '')) return node;
    const [whole, inner] = /^\{:?([^{}\n]{1,200})\}/.exec(node.value) ?? [];
    if (whole === undefined || inner === undefined || !areAttributes(inner)) return node;
    return { ...node, value: node.value.slice(whole.length) };
  });
}
