import type { List, Paragraph, PhrasingContent, Root, RootContent } from 'mdast';
import type { Procedure } from '../../../engine/model/runbook.ts';
import { withoutAttributes } from './attributes.ts';
import { abbreviationList } from './edited.ts';
import { type Inline, inlineFurniture, type WikiPage } from './inline.ts';
import { displayMath } from './math.ts';
import { textOf } from './texts.ts';

/** What furnishing needs besides the tree. */
export interface FurnishTools {
  readonly procedures: readonly Pick<Procedure, 'id' | 'title' | 'level' | 'line'>[];
  readonly wikiPage: WikiPage;
  /** The lines of the page, of which the tree was made. */
  readonly lines: readonly string[];
}

/**
 * Sets what other site generators' pages are furnished with, and GitHub's markdown does not know, as they set it:
 * attributes, `[TOC]`, definition lists, emoji codes, math, marks and keys, links between wiki pages. No word is lost:
 * what is not understood stays as it was written. The tree's own nodes are changed.
 */
export async function furnish(tree: Root, tools: FurnishTools): Promise<void> {
  const titleAt = titlesOf(tree, tools.procedures);
  const inline = await inlineFurniture(tree, tools.lines, { wikiPage: tools.wikiPage, titleAt });
  tree.children = blocks(tree.children, tools, inline);
}

/** What places of a page are called: a heading by its anchor, and one behind `(label)=` by that too. */
function titlesOf(tree: Root, procedures: readonly Entry[]): (name: string) => string | undefined {
  const titles = new Map(procedures.map(({ id, title }) => [id, title]));
  for (const [at, node] of tree.children.entries()) {
    const label = node.type === 'paragraph' ? TARGET.exec(textOf(node))?.[1] : undefined;
    const below = tree.children[at + 1];
    if (label !== undefined) titles.set(label, below?.type === 'heading' ? textOf(below) : label);
  }
  return (name) => titles.get(name);
}

function blocks(nodes: readonly RootContent[], tools: FurnishTools, inline: Inline): RootContent[] {
  return nodes.flatMap((node): readonly RootContent[] => {
    switch (node.type) {
      case 'paragraph':
        return paragraph(node, tools, inline);
      case 'heading':
        withoutAttributes(node);
        node.children = inline(node.children);
        return [node];
      case 'tableCell':
        node.children = inline(node.children);
        return [node];
      case 'code':
      case 'html':
        return [node];
      default:
        // What is inside of a block is of the kind that the block may hold.
        if ('children' in node)
          node.children = blocks(node.children as RootContent[], tools, inline) as never;
        return [node];
    }
  });
}

function paragraph(node: Paragraph, tools: FurnishTools, inline: Inline): readonly RootContent[] {
  if (isContentsMark(textOf(node))) return contentsList(tools.procedures);
  const math = displayMath(node, tools.lines);
  if (math) return [math];
  const target = targetIn(node);
  if (target) {
    const rest = node.children.length === 0 ? [] : paragraph(node, tools, inline);
    return [target, ...rest];
  }
  const abbreviations = abbreviationList(node);
  if (abbreviations) return [abbreviations];
  withoutAttributes(node);
  const list = definitionList(node, inline);
  if (list) return [list];
  node.children = inline(node.children);
  return node.children.length === 0 ? [] : [node];
}

const TARGET = /^\(([^\s()][^()\n]{0,200})\)=(?:\n|$)/;

/** The place that `(label)=` names for links (MyST), taken out of the paragraph that it begins. */
function targetIn(node: Paragraph): Paragraph | undefined {
  const [first, ...rest] = node.children;
  const [whole, label] = (first?.type === 'text' && TARGET.exec(first.value)) || [];
  if (first?.type !== 'text' || whole === undefined || label === undefined) return undefined;
  const left = first.value.slice(whole.length);
  node.children = left === '' ? rest : [{ ...first, value: left }, ...rest];
  return {
    type: 'paragraph',
    data: { hName: 'span', hProperties: { id: label } },
    children: [],
  };
}

const MARK = /^(?:\[TOC\]|\[\[_?TOC_?\]\]|\{:toc\}|\$\{toc\}|@\[toc\](?:\([^()]*\))?)$/i;
const DEEPEST = 3;

/** Whether a paragraph only asks for the table of contents. */
function isContentsMark(text: string): boolean {
  return MARK.test(text.trim());
}

type Entry = Pick<Procedure, 'id' | 'title' | 'level' | 'line'>;

/** The headings of a page below its title, as nested links. */
function contentsList(procedures: readonly Entry[]): RootContent[] {
  const shown = procedures.filter(({ level }) => level > 1 && level <= DEEPEST);
  return shown.length === 0 ? [] : [listOf(shown, Math.min(...shown.map(({ level }) => level)))];
}

function listOf(entries: readonly Entry[], level: number): List {
  const starts = entries.flatMap((one, at) => (one.level <= level || at === 0 ? [at] : []));
  return {
    type: 'list',
    spread: false,
    children: starts.map((from, index) => {
      const [own, ...below] = entries.slice(from, starts[index + 1] ?? entries.length);
      const label = own?.title ?? '';
      return {
        type: 'listItem',
        spread: false,
        children: [
          {
            type: 'paragraph',
            children: [
              {
                type: 'link',
                url: `#${encodeURIComponent(own?.id ?? '')}`,
                children: [{ type: 'text', value: label }],
              },
            ],
          },
          ...(below.length === 0 ? [] : [listOf(below, level + 1)]),
        ],
      };
    }),
  };
}

/**
 * A paragraph whose lines after the first begin with `: ` as a list of definitions (PHP Markdown Extra, pandoc,
 * kramdown, MkDocs); `undefined` for any other.
 */
function definitionList(node: Paragraph, inline: Inline): Paragraph | undefined {
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
