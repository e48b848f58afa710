import type { Nodes, Paragraph, PhrasingContent, Root } from 'mdast';
import { textOf } from './texts.ts';

/** What each mark of an editor's begins with (CriticMarkup), what ends it, and the element that it is. */
const MARKS = [
  ['{++', '++}', 'ins'],
  ['{--', '--}', 'del'],
  ['{==', '==}', 'mark'],
  ['{>>', '<<}', 'small'],
] as const;

type Mark = (typeof MARKS)[number];

/** A node, or a mark that stands between nodes. */
type Piece = PhrasingContent | { readonly mark: Mark; readonly opens: boolean };

/** Text with the marks of an editor as what was put in, taken out, marked and remarked. What nothing closes stays. */
export function edited(nodes: readonly PhrasingContent[]): readonly PhrasingContent[] {
  const settled = substituted(nodes);
  if (!settled.some((node) => node.type === 'text' && MARK.test(node.value))) return settled;
  const pieces = settled.flatMap((node) => (node.type === 'text' ? piecesOf(node.value) : [node]));
  const out: PhrasingContent[] = [];
  for (let at = 0; at < pieces.length; at += 1) {
    const piece = pieces[at];
    if (piece === undefined) continue;
    if (!('mark' in piece)) {
      out.push(piece);
      continue;
    }
    const end = piece.opens ? closing(pieces, at, piece.mark) : -1;
    if (end < 0) out.push({ type: 'text', value: piece.mark[piece.opens ? 0 : 1] });
    else {
      const children = pieces
        .slice(at + 1, end)
        .map((each) => ('mark' in each ? asText(each.mark[each.opens ? 0 : 1]) : each));
      // A remark stands beside what it is about.
      if (piece.mark[2] === 'small') out.push(asText(' '));
      out.push({ type: 'emphasis', data: { hName: piece.mark[2] }, children });
      at = end;
    }
  }
  return out;
}

const MARK = /\{(?:\+\+|--|==|>>)|(?:\+\+|--|==|<<)\}/;
const EACH_MARK = /(\{(?:\+\+|--|==|>>)|(?:\+\+|--|==|<<)\})/;

const asText = (value: string): PhrasingContent => ({ type: 'text', value });

function piecesOf(text: string): readonly Piece[] {
  return text.split(EACH_MARK).flatMap((value): readonly Piece[] => {
    const mark = MARKS.find(([open, close]) => open === value || close === value);
    if (mark !== undefined) return [{ mark, opens: mark[0] === value }];
    return value === '' ? [] : [asText(value)];
  });
}

function closing(pieces: readonly Piece[], from: number, mark: Mark): number {
  return pieces.findIndex(
    (piece, at) => at > from + 1 && 'mark' in piece && !piece.opens && piece.mark === mark,
  );
}

/** `{~~old~>new~~}`, of which markdown has made struck text between braces. */
function substituted(nodes: readonly PhrasingContent[]): readonly PhrasingContent[] {
  const isStruck = (node: PhrasingContent | undefined): boolean =>
    node?.type === 'delete' && textOf(node).includes('~>');
  const isAt = (at: number): boolean =>
    isStruck(nodes[at]) && endsIn(nodes[at - 1], '{') && beginsWith(nodes[at + 1], '}');
  return nodes.flatMap((node, at): readonly PhrasingContent[] => {
    if (node.type === 'delete' && isAt(at)) return bothOf(node.children);
    if (node.type !== 'text') return [node];
    const value = node.value.slice(isAt(at - 1) ? 1 : 0, isAt(at + 1) ? -1 : undefined);
    return value === '' ? [] : [{ ...node, value }];
  });
}

const endsIn = (node: PhrasingContent | undefined, sign: string): boolean =>
  node?.type === 'text' && node.value.endsWith(sign);
const beginsWith = (node: PhrasingContent | undefined, sign: string): boolean =>
  node?.type === 'text' && node.value.startsWith(sign);

function bothOf(children: readonly PhrasingContent[]): readonly PhrasingContent[] {
  const at = children.findIndex((child) => child.type === 'text' && child.value.includes('~>'));
  const middle = children[at];
  if (middle?.type !== 'text') return [...children];
  const cut = middle.value.indexOf('~>');
  const filled = (nodes: readonly PhrasingContent[]): PhrasingContent[] =>
    nodes.filter((node) => node.type !== 'text' || node.value !== '');
  return [
    {
      type: 'delete',
      children: filled([...children.slice(0, at), asText(middle.value.slice(0, cut))]),
    },
    {
      type: 'emphasis',
      data: { hName: 'ins' },
      children: filled([asText(middle.value.slice(cut + 2)), ...children.slice(at + 1)]),
    },
  ];
}

const ABBREVIATION = /^\*\[([^\]\n]{1,60})\]:[ \t]*(\S.*)$/;

/** What a paragraph says that abbreviations stand for (`*[SLO]: service level objective`); none where it says more. */
function abbreviationsIn(node: Paragraph): readonly (readonly [string, string])[] {
  const lines = textOf(node).split('\n');
  const found = lines.flatMap((line) => {
    const [, short = '', long = ''] = ABBREVIATION.exec(line.trim()) ?? [];
    return short === '' ? [] : [[short, long.trim()] as const];
  });
  return found.length === lines.length ? found : [];
}

/** The same as a list, for who reads on paper or by touch sees no more than the page's text. */
export function abbreviationList(node: Paragraph): Paragraph | undefined {
  const found = abbreviationsIn(node);
  if (found.length === 0) return undefined;
  const parts = found.flatMap(([short, long]): Paragraph[] => [
    { type: 'paragraph', data: { hName: 'dt' }, children: [asText(short)] },
    { type: 'paragraph', data: { hName: 'dd' }, children: [asText(long)] },
  ]);
  return { ...node, data: { ...node.data, hName: 'dl' }, children: parts as never };
}

/** What finds the abbreviations of a page in its text: what they stand for is said where they stand. */
export function abbreviated(
  tree: Root,
): ((text: string) => Iterable<{ at: number; length: number; nodes: PhrasingContent[] }>) | null {
  const known = new Map(tree.children.flatMap(allAbbreviations));
  if (known.size === 0) return null;
  const any = [...known.keys()]
    .toSorted((a, b) => b.length - a.length)
    .map((short) => short.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'))
    .join('|');
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${any})(?![\\p{L}\\p{N}])`, 'gu');
  return function* (text) {
    for (const { 0: value, index } of text.matchAll(pattern)) {
      const hProperties = { title: known.get(value) ?? '' };
      const data = { hName: 'abbr', hProperties };
      const node: PhrasingContent = { type: 'emphasis', data, children: [asText(value)] };
      yield { at: index, length: value.length, nodes: [node] };
    }
  };
}

function allAbbreviations(node: Nodes): readonly (readonly [string, string])[] {
  if (node.type === 'paragraph') return abbreviationsIn(node);
  return 'children' in node ? node.children.flatMap(allAbbreviations) : [];
}
