import type { Nodes } from 'mdast';
import { parse as parseHtml } from 'parse5';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';

/** Addresses as people paste them, with what formats trip over. */
export const addresses = [
  'https://status.example.net/inc/9?a=1&b=2',
  'https://wiki.example.net/A_(b)#c|d',
  'https://example.net/*stars*_and_~tilde~',
  'https://example.net/q?x=$1{2}`3`[4]',
  "http://example.net:8080/it's/@here",
] as const;

/** Where links of a rendered text lead, as browsers spell it. */
export const linksOf = {
  html: (text: string): readonly string[] => hrefsIn(parseHtml(text)).map(spelled),
  markdown: (text: string): readonly string[] =>
    urlsIn(unified().use(remarkParse).use(remarkGfm).parse(text)).map(spelled),
};

/** Figures or signs: the same address. */
function spelled(url: string): string {
  if (!URL.canParse(url)) return url;
  const given = addresses.find((each) => sameAddress(each, url));
  return given === undefined ? url : new URL(given).href;
}

function sameAddress(left: string, right: string): boolean {
  return decodeURIComponent(new URL(left).href) === decodeURIComponent(new URL(right).href);
}

interface HtmlNode {
  readonly childNodes?: readonly HtmlNode[];
  readonly attrs?: readonly { readonly name: string; readonly value: string }[];
}

function hrefsIn(node: unknown): string[] {
  // Whatever node it is, these two fields are what is asked of it.
  const { childNodes = [], attrs = [] } = node as HtmlNode;
  const own = attrs.filter(({ name }) => name === 'href').map(({ value }) => value);
  return [...own, ...childNodes.flatMap(hrefsIn)];
}

function urlsIn(node: Nodes): string[] {
  const own = node.type === 'link' ? [node.url] : [];
  return 'children' in node ? [...own, ...node.children.flatMap(urlsIn)] : own;
}
