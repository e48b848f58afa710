import type { PhrasingContent, Root } from 'mdast';
import { withoutAttributesBehind } from './attributes.ts';
import { inlineMath, isMath } from './math.ts';
import { textsOf } from './texts.ts';

/** The address of the page that a name in double brackets stands for; `undefined` when there is none. */
export type WikiPage = (name: string) => string | undefined;

/** Sets the furniture within a line. */
export type Inline = (nodes: readonly PhrasingContent[]) => PhrasingContent[];

interface Found {
  readonly at: number;
  readonly length: number;
  readonly nodes: readonly PhrasingContent[];
}

type Finder = (text: string) => Iterable<Found>;

const EMOJI = /:([a-z0-9_+-]{1,50}):/g;

/** What sets the lines of a tree; the names of emoji are loaded where the tree has a code of one. */
export async function inlineFurniture(tree: Root, wikiPage: WikiPage): Promise<Inline> {
  const finders: Finder[] = [math, marked, keys, rawTags, wikiLinks(wikiPage)];
  if ([...textsOf(tree)].some((text) => text.search(EMOJI) >= 0)) {
    const { nameToEmoji } = await import('gemoji');
    finders.push(emoji(new Map(Object.entries(nameToEmoji))));
  }
  const set: Inline = (nodes) =>
    withoutAttributesBehind(nodes).flatMap((node) => {
      if (node.type === 'text') return replaced(node.value, finders);
      if ('children' in node && node.type !== 'link' && node.type !== 'linkReference')
        node.children = set(node.children) as never;
      return [node];
    });
  return set;
}

function replaced(text: string, finders: readonly Finder[]): PhrasingContent[] {
  const found = finders
    .flatMap((find) => [...find(text)])
    .toSorted((a, b) => a.at - b.at || b.length - a.length);
  const nodes: PhrasingContent[] = [];
  let from = 0;
  for (const { at, length, nodes: own } of found) {
    if (at < from) continue;
    if (at > from) nodes.push({ type: 'text', value: text.slice(from, at) });
    nodes.push(...own);
    from = at + length;
  }
  if (from < text.length) nodes.push({ type: 'text', value: text.slice(from) });
  return nodes;
}

function* matches(
  text: string,
  pattern: RegExp,
  nodesOf: (inner: string) => readonly PhrasingContent[] | undefined,
): Generator<Found> {
  for (const match of text.matchAll(pattern)) {
    const nodes = nodesOf(match[1] ?? '');
    if (nodes) yield { at: match.index, length: match[0].length, nodes };
  }
}

const emoji =
  (names: ReadonlyMap<string, string>): Finder =>
  (text) =>
    matches(text, EMOJI, (name) => {
      const sign = names.get(name);
      return sign === undefined ? undefined : [{ type: 'text', value: sign }];
    });

const math: Finder = (text) =>
  matches(text, /(?<![\w$\\])\$([^$\n]{1,300})\$(?![\w$])/g, (tex) =>
    isMath(tex) ? [inlineMath(tex)] : undefined,
  );

/** `==marked==`. */
const marked: Finder = (text) =>
  matches(text, /(?<![\w=])==([^\s=](?:[^=\n]{0,198}[^\s=])?)==(?![\w=])/g, (value) => [
    { type: 'emphasis', data: { hName: 'mark' }, children: [{ type: 'text', value }] },
  ]);

/** `++ctrl+c++`. */
const keys: Finder = (text) =>
  matches(
    text,
    /(?<![\w+])\+\+([a-zA-Z0-9"'-]{1,20}(?:\+[a-zA-Z0-9"'-]{1,20}){0,4})\+\+(?![\w+])/g,
    (value) =>
      value
        .split('+')
        .flatMap((key, at): PhrasingContent[] => [
          ...(at === 0 ? [] : [{ type: 'text' as const, value: '+' }]),
          { type: 'emphasis', data: { hName: 'kbd' }, children: [{ type: 'text', value: key }] },
        ]),
  );

/** Jekyll's and Nunjucks' marks around text that they are to leave alone. */
const rawTags: Finder = (text) => matches(text, /\{%-?[ \t]*(?:end)?raw[ \t]*-?%\}/g, () => []);

const wikiLinks =
  (wikiPage: WikiPage): Finder =>
  (text) =>
    matches(text, /\[\[([^\s[\]][^[\]\n]{0,150})\]\]/g, (inner) => {
      const [target = '', label = ''] = inner.split('|', 2).map((part) => part.trim());
      const url = wikiPage(target);
      return url === undefined
        ? undefined
        : [{ type: 'link', url, children: [{ type: 'text', value: label || target }] }];
    });
