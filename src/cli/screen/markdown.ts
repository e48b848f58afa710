import { stripVTControlCharacters } from 'node:util';
import type {
  Blockquote,
  Code,
  Definition,
  List,
  ListItem,
  Nodes,
  PhrasingContent,
  RootContent,
} from 'mdast';
import { withAdmonitions } from '../../engine/reading/furniture/admonitions.ts';
import { type CalloutKind, calloutOf } from '../../engine/reading/furniture/callouts.ts';
import { colouredCode } from './code.ts';
import { type InlineTools, type Span, spansOf, styled, textOfHtml } from './inlines.ts';
import { displayWidth, fold, foldPieces } from './layout.ts';
import { ASCII, type Marks } from './marks.ts';
import { screenCode, screenLine, screenText } from './safe-text.ts';
import type { Style, Tone } from './style.ts';
import { tableLines } from './table.ts';

/** How markdown is shown. */
export interface ScreenOptions {
  readonly columns: number;
  readonly style: Style;
  /** The style has colours; without, code keeps its backticks. */
  readonly colour: boolean;
  /** Signs that are drawn; ASCII where nothing is said. */
  readonly marks?: Marks;
  /** Links are links to the terminal too (OSC 8). */
  readonly links?: boolean;
}

interface Tools extends ScreenOptions, InlineTools {
  readonly marks: Marks;
}

/**
 * Markdown for the terminal, as lines without newlines, none wider than the columns (of at least 20). Nothing in the
 * text can drive the terminal. Definitions are looked up in `within`, the tree the nodes are from.
 */
export function markdownLines(
  nodes: readonly RootContent[],
  options: ScreenOptions,
  within: readonly RootContent[] = nodes,
): readonly string[] {
  const marks = options.marks ?? ASCII;
  const settled = withAdmonitions(nodes);
  return blocks(settled, { ...options, marks, definitions: definitionsIn(within) }, true);
}

function blocks(nodes: readonly RootContent[], tools: Tools, apart: boolean): readonly string[] {
  const lines: string[] = [];
  for (const node of nodes) {
    const own = block(node, tools);
    if (own.length === 0) continue;
    if (apart && lines.length > 0) lines.push('');
    for (const line of own) lines.push(line);
  }
  return lines;
}

function block(node: RootContent, tools: Tools): readonly string[] {
  switch (node.type) {
    case 'heading':
      return heading(node.depth, node.children, tools);
    case 'paragraph':
      return paragraph(spansOf(node.children, tools), tools);
    case 'blockquote':
      return quote(node, tools);
    case 'list':
      return list(node, tools);
    case 'code':
      return code(node, tools);
    case 'table':
      return tableLines(node, tools.columns, tools, tools.style, tools.marks.rule);
    case 'thematicBreak':
      return [tools.style('dim', tools.marks.rule.repeat(Math.max(1, tools.columns - 1)))];
    case 'html':
      return fold(
        screenText(textOfHtml(node.value), { colour: false }).replaceAll('\t', ' '),
        tools.columns,
      ).filter((line) => line !== '');
    case 'footnoteDefinition':
      return [
        ...fold(`[${screenLine(node.identifier)}]`, tools.columns),
        ...blocks(node.children, tools, true),
      ];
    case 'definition':
    case 'yaml':
      return [];
    default:
      // What is left stands in paragraphs, lists and tables and is shown there.
      return 'children' in node ? [] : paragraph(spansOf([node], tools), tools);
  }
}

function heading(
  depth: number,
  children: readonly PhrasingContent[],
  tools: Tools,
): readonly string[] {
  const title = spansOf(children, tools, ['heading']);
  // Weight and space tell a heading where there is colour; signs do where there is none.
  if (tools.colour && tools.marks !== ASCII) {
    const lines = paragraph(title, tools);
    const wide = Math.max(...lines.map((line) => displayWidth(stripVTControlCharacters(line))));
    return depth > 2 ? lines : [...lines, tools.style('dim', tools.marks.rule.repeat(wide))];
  }
  return paragraph([{ text: `${'#'.repeat(depth)} `, mark: ['heading'] }, ...title], tools);
}

/** Folds a paragraph; a hard break begins a new line. */
function paragraph(spans: readonly Span[], tools: Tools): readonly string[] {
  const parts: Span[][] = [[]];
  for (const span of spans) {
    if (span.text === '\n') parts.push([]);
    else parts.at(-1)?.push(span);
  }
  return parts.flatMap((part) =>
    foldPieces(part, tools.columns).map((line) => styled(line, tools.style)),
  );
}

/** Deeper lists and quotes than there is room for are shown without their marks. */
const LEAST_TO_INDENT = 14;

const TONES: Readonly<Record<CalloutKind, Tone>> = {
  note: 'note',
  tip: 'good',
  important: 'keyword',
  warning: 'careful',
  caution: 'bad',
};

function quote(node: Blockquote, tools: Tools): readonly string[] {
  if (tools.columns < LEAST_TO_INDENT) return blocks(node.children, tools, true);
  const inner = narrower(tools, 2);
  const [first, ...rest] = node.children;
  const text = first?.type === 'paragraph' ? first.children[0] : undefined;
  const callout = text?.type === 'text' ? calloutOf(text.value) : undefined;
  if (callout === undefined || first?.type !== 'paragraph' || text?.type !== 'text')
    return blocks(node.children, inner, true).map((line) =>
      `${tools.style('dim', tools.marks.bar)} ${line}`.trimEnd(),
    );
  const tone = TONES[callout.kind];
  const said: PhrasingContent[] = [
    { type: 'text', value: text.value.slice(callout.length) },
    ...first.children.slice(1),
  ];
  const body = [
    ...fold(screenLine(`${callout.word}: ${callout.title}`.trimEnd()), inner.columns).map((line) =>
      tools.style(tone, line),
    ),
    ...paragraph(spansOf(said, inner), inner).filter((line) => line !== ''),
    ...(rest.length > 0 ? ['', ...blocks(rest, inner, true)] : []),
  ];
  return body.map((line) => `${tools.style(tone, tools.marks.bar)} ${line}`.trimEnd());
}

function list(node: List, tools: Tools): readonly string[] {
  const first = node.start ?? 1;
  const last = first + node.children.length - 1;
  const width = node.ordered ? String(last).length + 2 : 2;
  const loose = node.spread === true || node.children.some((item) => item.spread === true);
  return node.children.flatMap((item, at) => {
    const mark = node.ordered ? `${first + at}.`.padEnd(width) : `${tools.marks.bullet} `;
    const lines = listItem(item, mark, loose, tools);
    return loose && at > 0 ? ['', ...lines] : lines;
  });
}

function listItem(item: ListItem, mark: string, loose: boolean, tools: Tools): readonly string[] {
  const box =
    typeof item.checked === 'boolean' ? `[${item.checked ? tools.marks.tick : ' '}] ` : '';
  if (tools.columns < LEAST_TO_INDENT + mark.length) return blocks(item.children, tools, loose);
  const inner = narrower(tools, mark.length + box.length);
  return hanging(mark + box, blocks(item.children, inner, loose));
}

/** Lines behind a mark, the further ones as far in. */
function hanging(mark: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [mark.trimEnd()];
  const further = ' '.repeat(displayWidth(mark));
  return lines.map((line, at) => (at === 0 ? mark : further) + line).map((line) => line.trimEnd());
}

/** Code behind a gutter; a line that is too wide goes on behind `:`. */
function code(node: Code, tools: Tools): readonly string[] {
  const room = Math.max(1, tools.columns - 4);
  return screenCode(node.value)
    .split('\n')
    .flatMap((line) =>
      codeParts(line.replaceAll('\t', '    '), room).map(
        (part, at) =>
          `  ${tools.style('dim', at === 0 ? tools.marks.bar : ':')} ${colouredCode(part, node.lang ?? null, tools.style)}`,
      ),
    )
    .map((line) => line.trimEnd());
}

/** A line of code cut to the width; its spaces stay. */
function codeParts(line: string, columns: number): readonly string[] {
  if (displayWidth(line) <= columns) return [line];
  return fold(line.replaceAll(' ', '\u00a0'), columns).map((part) =>
    part.replaceAll('\u00a0', ' '),
  );
}

function narrower(tools: Tools, by: number): Tools {
  return { ...tools, columns: tools.columns - by };
}

function definitionsIn(nodes: readonly Nodes[]): ReadonlyMap<string, Definition> {
  const found = new Map<string, Definition>();
  const look = (node: Nodes): void => {
    if (node.type === 'definition' && !found.has(node.identifier)) found.set(node.identifier, node);
    else if ('children' in node) for (const child of node.children) look(child);
  };
  for (const node of nodes) look(node);
  return found;
}
