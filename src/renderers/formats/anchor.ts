import type { FenceExtent, Step } from '../../engine/model/runbook.ts';
import { containerPrefix, fenceAround, type SourceLines } from './source-lines.ts';

/** Where in a source what happened at a step stands. */
export interface Anchor {
  /** 1-based line after which it is put. */
  readonly line: number;
  readonly prefix: string;
  /** Directly under the line: a checklist stays tight. */
  readonly close: boolean;
  /** It stands apart from its step, so the step is named. */
  readonly named: boolean;
  /** 1-based line of the box that the step ticks, 0 for none. */
  readonly box: number;
}

const ITEM = /^((?:[ \t]*>)*[ \t]*)([-*+]|\d{1,9}[.)])([ \t]+|$)/;
const BOX =
  /^(?:(?:[ \t]*>)*[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+| {0,3}#{1,6}[ \t]+)\[[ xX]\](?![^ \t])/;

/** After the step's block and what belongs to it: its expectation, its table, the fence it is nested in. */
export function anchorOf(step: Step, source: SourceLines, ownLines: ReadonlySet<number>): Anchor {
  const fence = fenceAround(source, step.line);
  if (fence && fence.line !== step.line) return afterOuterFence(step, fence, source);
  if (fence) return afterFence(step, fence, source, ownLines);
  const line = source.lines[step.line - 1] ?? '';
  if (step.line <= source.frontmatterLines || step.line > source.lines.length)
    return { line: source.lines.length, prefix: '', close: false, named: true, box: 0 };
  const item = ITEM.exec(line);
  if (item) return afterItem(step, item, source);
  if (/^\s{0,3}#/.test(line))
    return {
      line: step.line,
      prefix: '',
      close: false,
      named: false,
      box: BOX.test(line) ? step.line : 0,
    };
  if (line.includes('|')) return afterTable(step, source);
  const prefix = containerPrefix(/^(?:[ \t]*>)*[ \t]*/.exec(line)?.[0] ?? '');
  const end = fenceAround(source, step.endLine)?.endLine ?? step.endLine;
  return { line: Math.min(end, source.lines.length), prefix, close: false, named: false, box: 0 };
}

/** Sets a box. */
export function setBox(line: string, ticked: boolean): string {
  return line.replace(/\[([ xX])\]/, (box, mark: string) => {
    if (ticked) return mark === ' ' ? '[x]' : box;
    return '[ ]';
  });
}

function afterOuterFence(step: Step, fence: FenceExtent, source: SourceLines): Anchor {
  const { prefix, endLine } = fence;
  const box = BOX.test(source.lines[step.line - 1] ?? '') ? step.line : 0;
  return { line: endLine, prefix, close: false, named: true, box };
}

function afterFence(
  step: Step,
  fence: FenceExtent,
  source: SourceLines,
  ownLines: ReadonlySet<number>,
): Anchor {
  const expectation = step.expectation?.line ?? 0;
  const expected = expectation > fence.endLine ? fenceAround(source, expectation) : undefined;
  const last = expected?.line === expectation ? expected : fence;
  const box = boxAbove(fence, source);
  return {
    line: last.endLine,
    prefix: last.prefix,
    close: false,
    named: false,
    box: ownLines.has(box) ? 0 : box,
  };
}

/** The task item that a fence stands in, or directly under. */
function boxAbove(fence: FenceExtent, source: SourceLines): number {
  const own = BOX.test(source.lines[fence.line - 1] ?? '') ? fence.line : 0;
  if (own > 0) return own;
  let near = true;
  for (let at = fence.line - 1; at > Math.max(source.frontmatterLines, fence.line - 200); at -= 1) {
    const line = source.lines[at - 1] ?? '';
    if (line.trim() === '') continue;
    const item = ITEM.exec(line);
    const holds = item !== null && item[0].length <= fence.prefix.length;
    if (item && (holds || (near && fence.prefix === ''))) return BOX.test(line) ? at : 0;
    if (/^\S/.test(line) && !item) return 0;
    near = false;
  }
  return 0;
}

/** After the item's own paragraph: what is nested in the item are steps of their own. */
function afterItem(step: Step, item: RegExpExecArray, source: SourceLines): Anchor {
  const [beginning, containers = ''] = item;
  const line = source.lines[step.line - 1] ?? '';
  const width = /\S/.test(line.slice(beginning.length)) ? beginning.length : beginning.length + 1;
  const prefix = containerPrefix(containers) + ' '.repeat(Math.max(0, width - containers.length));
  let end = step.line;
  while (end < Math.min(step.endLine, source.lines.length) && continues(source, end + 1)) end += 1;
  return { line: end, prefix, close: true, named: false, box: BOX.test(line) ? step.line : 0 };
}

/** Whether a line goes on with the paragraph above it. */
function continues(source: SourceLines, line: number): boolean {
  const text = source.lines[line - 1] ?? '';
  return (
    !/^[\s>]*$/.test(text) &&
    !ITEM.test(text) &&
    !/^[ \t]*(?:#{1,6}(?:\s|$)|>|<)/.test(text) &&
    fenceAround(source, line) === undefined
  );
}

function afterTable(step: Step, source: SourceLines): Anchor {
  let end = step.line;
  while (end < source.lines.length && isRow(source, end + 1)) end += 1;
  const prefix = containerPrefix(
    /^(?:[ \t]*>)*[ \t]*/.exec(source.lines[step.line - 1] ?? '')?.[0] ?? '',
  );
  return { line: end, prefix, close: false, named: true, box: 0 };
}

function isRow(source: SourceLines, line: number): boolean {
  const text = source.lines[line - 1] ?? '';
  return (
    !/^[\s>]*$/.test(text) &&
    !/^[ \t]*(?:#{1,6}(?:\s|$)|>|<|[-*+]\s|\d{1,9}[.)]\s)/.test(text) &&
    fenceAround(source, line) === undefined
  );
}
