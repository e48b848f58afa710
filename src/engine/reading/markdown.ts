import type { Root, RootContent } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { type PluggableList, unified } from 'unified';
import { HandrailError } from '../model/errors.ts';
import { moveDown } from './move-down.ts';
import { plainBlocks } from './plain-blocks.ts';

/** A piece of the text with its tree. `firstLine` is the 1-based line of the tree's line 1. */
export interface Chunk {
  readonly firstLine: number;
  readonly lineCount: number;
  readonly tree: Root;
}

const CHUNK_CHARS = 8_000;
const CHUNK_LINES = 300;

/**
 * Parses the lines in chunks that begin at top-level headings: the same tree as in one go, in linear
 * time. `also` are plugins of the reading besides GitHub's. Throws RUNBOOK_REFUSED when the text is nested
 * too deeply to be read.
 */
export function* parseChunks(
  lines: readonly string[],
  start: number,
  cuts: readonly number[],
  definitions: ReadonlyMap<string, string>,
  also: PluggableList = [],
): Generator<Chunk> {
  const reader = also.length > 0 ? processor().use(also).freeze() : processor;
  const plain = also.length > 0 ? null : plainRanges(lines, cuts);
  for (const [from, to] of chunkRanges(lines, start, cuts)) {
    const own = lines.slice(from, to).join('\n');
    const defined = definitionsFor(own, definitions);
    const tree =
      plain === null || defined !== '' || REFERRING.test(own)
        ? withoutAppended(parseTree(own + defined, from + 1, reader), to - from)
        : mixedTree(lines, from, to, plain);
    yield { firstLine: from + 1, lineCount: to - from, tree };
  }
}

/** What may reach from one part of a chunk into another: references, footnotes, and HTML that no blank line ends. */
const REFERRING = /\]:|\[\^|\]\[|<[?!]/;

/** Where a piece of a text may begin that is read by itself: below a blank line, and not within a list. */
function plainRanges(lines: readonly string[], cuts: readonly number[]): readonly number[] {
  return cuts.filter(
    (cut) =>
      cut > 0 && lines[cut - 1]?.trim() === '' && !/^ {0,3}(?:[-*+]|\d)/.test(lines[cut] ?? ''),
  );
}

/** The tree of a chunk, of which the plain pieces are read by `plainBlocks` and what lies between by the real reader. */
function mixedTree(
  lines: readonly string[],
  from: number,
  to: number,
  starts: readonly number[],
): Root {
  const children: RootContent[] = [];
  const within = [from, ...starts.filter((start) => start > from && start < to), to];
  let pending = from;
  const readPending = (until: number): void => {
    if (pending === until) return;
    const { children: read } = parseTree(lines.slice(pending, until).join('\n'), pending + 1);
    for (const child of read) moveDown(child, pending - from);
    children.push(...read);
  };
  for (const [index, start] of within.slice(0, -1).entries()) {
    const end = within[index + 1] ?? to;
    const blocks = plainBlocks(lines, start, end, from);
    if (blocks === null) continue;
    readPending(start);
    children.push(...blocks);
    pending = end;
  }
  readPending(to);
  return { type: 'root', children };
}

const processor = unified().use(remarkParse).use(remarkGfm).freeze();

/** Parses one piece of markdown whole. Throws RUNBOOK_REFUSED when it is nested too deeply. */
export function parseMarkdown(text: string): Root {
  return parseTree(text, 1);
}

function parseTree(
  text: string,
  line: number,
  reader: Pick<typeof processor, 'parse'> = processor,
): Root {
  try {
    return reader.parse(text);
  } catch (error) {
    throw error instanceof RangeError ? tooDeep(line, error) : error;
  }
}

function tooDeep(line: number, cause: Error): HandrailError {
  const message = `The text from line ${line} on is nested too deeply to be read. Write its lists and quotes with fewer levels.`;
  return new HandrailError('RUNBOOK_REFUSED', { message }, { cause });
}

function* chunkRanges(
  lines: readonly string[],
  start: number,
  cuts: readonly number[],
): Generator<readonly [number, number]> {
  let from = start;
  let chars = 0;
  let counted = start;
  for (const cut of cuts) {
    for (; counted < cut; counted += 1) chars += (lines[counted]?.length ?? 0) + 1;
    if (chars < CHUNK_CHARS && cut - from < CHUNK_LINES) continue;
    yield [from, cut];
    from = cut;
    chars = 0;
  }
  if (from < lines.length) yield [from, lines.length];
}

/** The link definitions that a chunk refers to, appended so that its references resolve. */
function definitionsFor(text: string, definitions: ReadonlyMap<string, string>): string {
  if (definitions.size === 0) return '';
  const wanted = new Set<string>();
  for (const [, label = ''] of text.matchAll(/\[([^[\]\n]{1,200})\]/g)) {
    const definition = definitions.get(label.toLowerCase());
    if (definition) wanted.add(definition);
  }
  // Right below the text of a footnote, a definition would be more of that text.
  return [...wanted].map((each) => `\n\n${each}`).join('');
}

/** A footnote stands where the page has it, whole: what was appended is its first line, for references to be some. */
function withoutAppended(tree: Root, lines: number): Root {
  const isOwn = ({ type, position }: RootContent): boolean =>
    type !== 'footnoteDefinition' || (position?.start.line ?? 1) <= lines;
  return tree.children.every(isOwn)
    ? tree
    : { ...tree, children: tree.children.filter((child) => isOwn(child)) };
}
