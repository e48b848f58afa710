import type { Blockquote, Paragraph, RootContent } from 'mdast';
import { parseMarkdown } from '../markdown.ts';
import { moveDown } from '../move-down.ts';

const WORDS =
  'note|info|abstract|example|question|quote|tip|success|hint|important|warning|attention|bug|caution|danger|error|failure';
const EXCLAIMED = new RegExp(
  `^(?:!!!|\\?\\?\\?\\+?) +(${WORDS})\\b *(?:"([^"\\n]*)" *)?(?:\\n|$)`,
  'i',
);
const FENCED = new RegExp(
  `^:::+ *(${WORDS})\\b *(?:\\[([^\\]\\n]*)\\]|([^\\n]*))? *(?:\\n|$)`,
  'i',
);
const CLOSING = /(?:^|\n):::+\s*$/;

/**
 * Admonitions of MkDocs (`!!! warning "Title"` and indented text) and Docusaurus (`:::warning` to `:::`) as the quote
 * that GitHub makes an alert of (`[!WARNING] Title`). Everything else stays.
 */
export function withAdmonitions(nodes: readonly RootContent[]): RootContent[] {
  const settled: RootContent[] = [];
  for (let index = 0; index < nodes.length; index += 1) {
    const node = nodes[index];
    if (node === undefined) continue;
    const opening = openingOf(node);
    if (!opening) {
      settled.push(node);
      continue;
    }
    const { quote, isFenced } = opening;
    let last = quote.children[0];
    while (index + 1 < nodes.length && !(isFenced && closes(last))) {
      const next = nodes[index + 1];
      if (next === undefined || (!isFenced && !isIndented(next))) break;
      index += 1;
      const content =
        isFenced || next.type !== 'code'
          ? [next]
          : parsed(next.value, (next.position?.start.line ?? 1) - 1);
      // Only blocks stand between an admonition's lines.
      quote.children.push(...(content as Blockquote['children']));
      last = quote.children.at(-1);
    }
    settled.push(quote);
  }
  return settled;
}

function openingOf(
  node: RootContent,
): { readonly quote: Blockquote; readonly isFenced: boolean } | undefined {
  const first = node.type === 'paragraph' ? node.children[0] : undefined;
  if (node.type !== 'paragraph' || first?.type !== 'text') return undefined;
  const exclaimed = EXCLAIMED.exec(first.value);
  const found = exclaimed ?? FENCED.exec(first.value);
  if (!found) return undefined;
  const [whole, word = '', title, bare] = found;
  first.value = `[!${word.toUpperCase()}] ${(title ?? bare ?? '').trim()}\n${first.value.slice(whole.length)}`;
  const { position } = node;
  const quote: Blockquote = {
    type: 'blockquote',
    children: [node],
    ...(position ? { position } : {}),
  };
  return { quote, isFenced: exclaimed === null };
}

/** Whether a node ends a fenced admonition; its closing line is taken away. */
function closes(node: RootContent | undefined): boolean {
  const text = node?.type === 'paragraph' ? lastText(node) : undefined;
  if (!text || !CLOSING.test(text.value)) return false;
  text.value = text.value.replace(CLOSING, '');
  return true;
}

function lastText(node: Paragraph): { value: string } | undefined {
  const last = node.children.at(-1);
  return last?.type === 'text' ? last : undefined;
}

function isIndented(node: RootContent): boolean {
  return node.type === 'code' && node.lang === null && (node.position?.start.column ?? 1) > 4;
}

function parsed(text: string, linesAbove: number): readonly RootContent[] {
  const { children } = parseMarkdown(text);
  for (const child of children) moveDown(child, linesAbove);
  return children;
}
