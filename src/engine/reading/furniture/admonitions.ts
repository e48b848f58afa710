import type { Blockquote, Paragraph, PhrasingContent, RootContent } from 'mdast';
import { parseMarkdown } from '../markdown.ts';
import { moveDown } from '../move-down.ts';
import { type BoxHead, CALLOUT_WORDS, exclaimedOf } from './callouts.ts';

const FENCED = new RegExp(
  `^:::+ *(${CALLOUT_WORDS})\\b *(?:\\[([^\\]\\n]*)\\]|([^\\n]*))? *(?:\\n|$)`,
  'i',
);
const CLOSING = /(?:^|\n):::+\s*$/;

/**
 * Admonitions of MkDocs (`!!! warning "Title"` and indented text) and Docusaurus (`:::warning` to `:::`) as the quote
 * that GitHub makes an alert of (`[!WARNING] Title`). Everything else stays.
 */
export function withAdmonitions(nodes: readonly RootContent[]): RootContent[] {
  const settled: RootContent[] = [];
  for (const node of nodes) settleInside(node);
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
    let isClosed = isFenced && closes(last);
    while (index + 1 < nodes.length && !isClosed) {
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
      isClosed = isFenced && closes(last);
    }
    settled.push(quote);
  }
  return settled;
}

/** Lists and quotes hold admonitions as the page does. */
function settleInside(node: RootContent): void {
  if (node.type !== 'list' && node.type !== 'listItem' && node.type !== 'blockquote') return;
  // An admonition is a quote: it stands where any block may.
  if (node.type === 'list') for (const item of node.children) settleInside(item);
  else node.children = withAdmonitions(node.children) as Blockquote['children'];
}

function openingOf(
  node: RootContent,
): { readonly quote: Blockquote; readonly isFenced: boolean } | undefined {
  const first = node.type === 'paragraph' ? node.children[0] : undefined;
  if (node.type !== 'paragraph' || first?.type !== 'text') return undefined;
  const exclaimed = exclaimedOf(first.value);
  const opening = exclaimed ?? fencedOf(first.value);
  if (opening === undefined) return undefined;
  const { word, title, length } = opening;
  const [, ...others] = node.children;
  // Code, stars and links are nodes of their own: the title goes on in them to the end of its line.
  const goesOn = length === first.value.length && !first.value.endsWith('\n') && others.length > 0;
  if (goesOn) withoutBracket(others);
  const end = goesOn ? ' ' : `\n${first.value.slice(length)}`;
  const said = goesOn ? title.trim().replace(/^\[/, '') : title.trim();
  first.value = `[!${word.toUpperCase()}] ${said}${end}`;
  const { position } = node;
  const quote: Blockquote = {
    type: 'blockquote',
    children: [node],
    ...(position ? { position } : {}),
  };
  return { quote, isFenced: exclaimed === undefined };
}

/** Takes the bracket away that closes a title which code or stars stand in. */
function withoutBracket(nodes: readonly PhrasingContent[]): void {
  for (const node of nodes) {
    if (node.type !== 'text') continue;
    const end = node.value.indexOf('\n');
    const at = (end < 0 ? node.value : node.value.slice(0, end)).lastIndexOf(']');
    if (at >= 0) node.value = node.value.slice(0, at) + node.value.slice(at + 1);
    if (at >= 0 || end >= 0) return;
  }
}

function fencedOf(text: string): BoxHead | undefined {
  const [whole, word, title, bare = ''] = FENCED.exec(text) ?? [];
  if (whole === undefined || word === undefined) return undefined;
  return { word, title: title ?? bare, length: whole.length };
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
