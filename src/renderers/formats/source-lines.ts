import type { FenceExtent, Runbook } from '../../engine/model/runbook.ts';

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
  /** Outermost fences, in order. */
  readonly fences: readonly FenceExtent[];
  /** Closes the comment or HTML block that is still open at the end; `''`: none is. */
  readonly openHtml: string;
}

/** Takes a source apart; where its fences stand is what the reader of the runbook says. Linear and pure. */
export function takeApart(
  source: string,
  { fences, openHtml }: Pick<Runbook, 'fences' | 'openHtml'>,
): SourceLines {
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
    fences: fences.map((fence) => ({ ...fence, endLine: Math.min(fence.endLine, lines.length) })),
    openHtml,
  };
}

/** The outermost fence that holds a line. */
export function fenceAround(source: SourceLines, line: number): FenceExtent | undefined {
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

function frontmatterEnd(lines: readonly string[]): number {
  if (!/^---[ \t]*$/.test(lines[0] ?? '')) return 0;
  const end = lines.findIndex((line, at) => at > 0 && /^(?:---|\.\.\.)[ \t]*$/.test(line));
  return end + 1;
}
