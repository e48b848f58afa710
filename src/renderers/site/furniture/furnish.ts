import type { Paragraph, Root, RootContent } from 'mdast';
import type { Procedure } from '../../../engine/model/runbook.ts';
import { withoutAttributes } from './attributes.ts';
import { contentsList, isContentsMark } from './contents.ts';
import { definitionList } from './definitions.ts';
import { type Inline, inlineFurniture, type WikiPage } from './inline.ts';
import { displayMath } from './math.ts';
import { textOf } from './texts.ts';

/** What furnishing needs besides the tree. */
export interface FurnishTools {
  readonly procedures: readonly Pick<Procedure, 'id' | 'title' | 'level' | 'line'>[];
  readonly wikiPage: WikiPage;
}

/**
 * Sets what other site generators' pages are furnished with, and GitHub's markdown does not know, as they set it:
 * attributes, `[TOC]`, definition lists, emoji codes, math, marks and keys, links between wiki pages. No word is lost:
 * what is not understood stays as it was written. The tree's own nodes are changed.
 */
export async function furnish(tree: Root, tools: FurnishTools): Promise<void> {
  const inline = await inlineFurniture(tree, tools.wikiPage);
  tree.children = blocks(tree.children, tools, inline);
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
  const math = displayMath(node);
  if (math) return [math];
  withoutAttributes(node);
  const list = definitionList(node, inline);
  if (list) return [list];
  node.children = inline(node.children);
  return node.children.length === 0 ? [] : [node];
}
