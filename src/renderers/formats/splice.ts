import type { SourceLines } from './source-lines.ts';

/** Text that is put into a source, after a line (0: before everything but the frontmatter). */
export interface Insertion {
  readonly line: number;
  /** What its lines begin with, so that it stands in the same list item or quote as that line. */
  readonly prefix: string;
  /** Markdown, LF line ends, no blank lines around it. */
  readonly text: string;
  /** Stands directly under its line, without a blank one between. */
  readonly close: boolean;
}

/**
 * The source with its insertions, each in a block quote: no inserted line can begin anything else, and a reader sees
 * at a glance which words are the record's. Every line of the source stays as it is, but for `changed` ones (0-based), and
 * those that are not `kept` (0-based), which are left out; without it all are kept.
 */
export function splice(
  source: SourceLines,
  insertions: readonly Insertion[],
  changed: ReadonlyMap<number, string>,
  kept?: (at: number) => boolean,
): string {
  const { lines, ends, eol, bom } = source;
  const byLine = new Map<number, Insertion[]>();
  for (const insertion of insertions) {
    const line = insertion.line === 0 ? source.frontmatterLines : insertion.line;
    byLine.set(line, [...(byLine.get(line) ?? []), insertion]);
  }
  const out: string[] = [bom];
  const unclosed = new Map(
    source.fences.filter(({ closed }) => !closed).map((fence) => [fence.endLine, fence]),
  );
  const put = (at: number, above: string): void => {
    const here = byLine.get(at);
    const fence = unclosed.get(at);
    const closing = [
      ...(fence ? [`${fence.prefix}${fence.mark}`] : []),
      ...(at === lines.length && source.openHtml !== '' ? [source.openHtml] : []),
    ];
    // What nobody closed is closed where its author meant it to end: nothing else is put into it.
    if (here || fence) out.push(...closing.map((line) => line + eol));
    if (here) out.push(inserted(here, closing.at(-1) ?? above, lines[at], eol));
  };
  put(0, '');
  for (const [at, line] of lines.entries()) {
    const isLast = at === lines.length - 1;
    const end = ends[at] ?? (isLast && (byLine.has(at + 1) || unclosed.has(at + 1)) ? eol : '');
    if (kept === undefined || kept(at)) out.push(changed.get(at) ?? line, end);
    put(at + 1, line);
  }
  return out.join('');
}

function inserted(
  here: readonly Insertion[],
  above: string,
  below: string | undefined,
  eol: string,
): string {
  const out: string[] = [];
  let previous: Insertion | undefined;
  for (const insertion of here) {
    const together = previous !== undefined && previous.prefix === insertion.prefix;
    if (together) out.push(`${insertion.prefix}>`);
    else if (previous || (!insertion.close && above.trim() !== ''))
      out.push(blankIn(insertion.prefix));
    out.push(...insertion.text.split('\n').map((line) => quoted(line, insertion.prefix)));
    previous = insertion;
  }
  if (below !== undefined && !/^\s*(?:$|[-*+]\s|\d{1,9}[.)]\s)/.test(below) && previous)
    out.push(blankIn(previous.prefix));
  else if (below !== undefined && below.trim() !== '' && previous && !previous.close)
    out.push(blankIn(previous.prefix));
  return out.map((line) => line + eol).join('');
}

const quoted = (line: string, prefix: string): string =>
  line === '' ? `${prefix}>` : `${prefix}> ${line}`;

/** A blank line that stays in the quotes around, and leaves the list item's indentation off. */
const blankIn = (prefix: string): string => prefix.replace(/(?<!\s)\s+$/, '');
