/** An outermost fence of a source. Lines are 1-based. */
export interface SourceFence {
  readonly line: number;
  /** Its closing line; the last line it reaches when it is never closed. */
  readonly endLine: number;
  readonly closed: boolean;
  /** What stands before the fence's backticks or tildes, list markers as spaces. */
  readonly prefix: string;
  /** The backticks or tildes. */
  readonly mark: string;
}

/** A markdown source taken apart by line, every byte kept. */
export interface SourceLines {
  /** A byte order mark, or `''`. */
  readonly bom: string;
  /** Line texts without their ends. */
  readonly lines: readonly string[];
  /** The end of each line; the last one's may be `''`. */
  readonly ends: readonly string[];
  /** The end that inserted lines get: the source's own. */
  readonly eol: string;
  /** How many lines the frontmatter takes, its fences included. */
  readonly frontmatterLines: number;
  readonly fences: readonly SourceFence[];
  /** Lines that close what is still open at the end: a fence, a comment. */
  readonly closing: readonly string[];
}

interface Marker {
  readonly prefix: string;
  readonly mark: string;
  readonly info: string;
}

const MARKER = /^((?:[ \t]{0,12}(?:>|[-*+]|\d{1,9}[.)])(?=[ \t]))*[ \t]*)(`{3,}|~{3,})([^\n]*)$/;
const HTML_OPEN = /^ {0,3}<(?:(!--)|(pre|script|style|textarea)(?=[\s>]|$))/i;
const LIST_ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/;

/** Takes a source apart as the reader does: fences within fences belong to the outermost. Linear and pure. */
export function takeApart(source: string): SourceLines {
  const bom = source.startsWith('\ufeff') ? '\ufeff' : '';
  const pieces = source.slice(bom.length).split(/(\r\n|\n|\r)/);
  const lines = pieces.filter((_, at) => at % 2 === 0);
  const ends = pieces.filter((_, at) => at % 2 === 1);
  if (lines.at(-1) === '' && lines.length > 1) lines.pop();
  const frontmatterLines = frontmatterEnd(lines);
  return {
    bom,
    lines,
    ends,
    eol: ends[0] ?? '\n',
    frontmatterLines,
    ...fencesOf(lines, frontmatterLines),
  };
}

/** The outermost fence that holds a line. */
export function fenceAround(source: SourceLines, line: number): SourceFence | undefined {
  let low = 0;
  let high = source.fences.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const fence = source.fences[middle];
    if (!fence) return undefined;
    if (line < fence.line) high = middle - 1;
    else if (line > fence.endLine) low = middle + 1;
    else return fence;
  }
  return undefined;
}

/** What a line's containers are, as the beginning of another line in them: quotes kept, list markers as spaces. */
export function containerPrefix(beginning: string): string {
  return beginning.replace(/[^>\t]/g, ' ');
}

function fencesOf(
  lines: readonly string[],
  start: number,
): Pick<SourceLines, 'fences' | 'closing'> {
  const fences: SourceFence[] = [];
  let inList = false;
  let afterBlank = true;
  let at = start;
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const html = htmlEnd(lines, at);
    if (html) {
      if (html.closing) return { fences, closing: [html.closing] };
      at = html.next;
      continue;
    }
    const marker = readMarker(line);
    if (marker && (inList || /^(?: {0,3}\S| {0,3}>)/.test(line))) {
      const fence = wholeFence(lines, at, marker);
      fences.push(fence);
      at = fence.endLine;
      afterBlank = false;
      continue;
    }
    if (LIST_ITEM.test(line)) inList = true;
    else if (/^#{1,6}(?:[ \t]|$)/.test(line) || (afterBlank && /^\S/.test(line))) inList = false;
    afterBlank = line.trim() === '';
    at += 1;
  }
  const last = fences.at(-1);
  const open = last && !last.closed && last.endLine === lines.length ? last : undefined;
  return { fences, closing: open ? [`${open.prefix}${open.mark}`] : [] };
}

/** The first line after an HTML block in which there is no markdown, or what would close it. */
function htmlEnd(
  lines: readonly string[],
  at: number,
): { readonly next: number; readonly closing: string } | undefined {
  const line = lines[at] ?? '';
  const open = HTML_OPEN.exec(line);
  if (!open) return undefined;
  const closing = open[1] ? '-->' : `</${(open[2] ?? '').toLowerCase()}>`;
  let rest = line.slice(open[0].length);
  for (let next = at; next < lines.length; next += 1) {
    if (rest.toLowerCase().includes(closing)) return { next: next + 1, closing: '' };
    rest = lines[next + 1] ?? '';
  }
  return { next: lines.length, closing };
}

function wholeFence(lines: readonly string[], at: number, outer: Marker): SourceFence {
  const fence = { line: at + 1, prefix: containerPrefix(outer.prefix), mark: outer.mark };
  if (/^(?:markdown|md)\b/i.test(outer.info)) {
    const end = nestedEnd(lines, at, outer);
    if (end > 0) return { ...fence, endLine: end + 1, closed: true };
  }
  for (let index = at + 1; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (closes(line, outer)) return { ...fence, endLine: index + 1, closed: true };
    const inner = readMarker(line);
    if (!inner || !opensInside(inner, outer)) continue;
    const end = /^(?:te?xt\b|$)/.test(outer.info) ? nestedEnd(lines, at, outer) : -1;
    if (end > index) return { ...fence, endLine: end + 1, closed: true };
    return { ...fence, endLine: index, closed: false };
  }
  return { ...fence, endLine: lines.length, closed: false };
}

/** A tagged fence line opens, a bare one closes the innermost: index of the line that closes the outer, or -1. */
function nestedEnd(lines: readonly string[], at: number, outer: Marker): number {
  const open: Marker[] = [];
  for (let index = at + 1; index < lines.length && open.length <= 16; index += 1) {
    const marker = readMarker(lines[index] ?? '');
    if (!marker) continue;
    const top = open.at(-1);
    if (marker.info === '' && closes(lines[index] ?? '', top ?? outer)) {
      if (!top) return index;
      open.pop();
    } else if (marker.info !== '' || !top) open.push(marker);
  }
  return -1;
}

function readMarker(line: string): Marker | undefined {
  if (!line.includes('```') && !line.includes('~~~')) return undefined;
  const [, prefix = '', mark = '', rest = ''] = MARKER.exec(line) ?? [];
  if (mark === '' || (mark.startsWith('`') && rest.includes('`'))) return undefined;
  return { prefix, mark, info: rest.trim() };
}

function closes(line: string, fence: Marker): boolean {
  const mark = /^[\s>]*(`{3,}|~{3,})[ \t]*$/.exec(line)?.[1] ?? '';
  return mark[0] === fence.mark[0] && mark.length >= fence.mark.length;
}

function opensInside(inner: Marker, outer: Marker): boolean {
  return (
    inner.mark[0] === outer.mark[0] &&
    inner.mark.length >= outer.mark.length &&
    /^[a-z]+\b/i.test(inner.info)
  );
}

function frontmatterEnd(lines: readonly string[]): number {
  if (!/^---[ \t]*$/.test(lines[0] ?? '')) return 0;
  const end = lines.findIndex((line, at) => at > 0 && /^(?:---|\.\.\.)[ \t]*$/.test(line));
  return end + 1;
}
