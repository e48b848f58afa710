import type { List, RootContent } from 'mdast';
import type { Procedure } from '../../../engine/model/runbook.ts';

const MARK = /^(?:\[TOC\]|\[\[_?TOC_?\]\]|\{:toc\}|\$\{toc\}|@\[toc\](?:\([^()]*\))?)$/i;
const DEEPEST = 3;

/** Whether a paragraph only asks for the table of contents. */
export function isContentsMark(text: string): boolean {
  return MARK.test(text.trim());
}

type Entry = Pick<Procedure, 'id' | 'title' | 'level' | 'line'>;

/** The headings of a page below its title, as nested links. */
export function contentsList(procedures: readonly Entry[]): RootContent[] {
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
