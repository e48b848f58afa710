/** "Step 2: do it" as a line of plain text: the word alone says what it is. */
const STEP = /^[ \t]{0,3}step \d{1,2}[:.)]? +(\S.*)/i;
/** "(1) do it", "4a. do it", "b) do it", "2 - do it", "#3 do it", "1.2 do it": some mark stands around the number. */
const MARKED =
  /^[ \t]{0,3}([(#]?)((?:\d{1,2}\.){0,3})(\d{1,2}[a-z]?|[ivx]{2,4}|[a-z])([ \t][-–—:]|[.):]{0,2})[ \t]+(\S.*)/i;
/** "① do it". */
const CIRCLED = /^[ \t]{0,3}([\u2460-\u2473])[ \t]*(\S.*)/u;

interface Counted {
  /** All of the mark but what counts on. */
  readonly shape: string;
  readonly count: number;
  readonly text: string;
}

/** A line that is counted. */
export interface CountedLine {
  /** What stands behind the number. */
  readonly text: string;
  /** The word for a step stands before it. */
  readonly said: boolean;
}

/**
 * What stands behind the numbers of lines that are counted and are no list: by the word for a step (`said`), or where the
 * number before or behind is there too. `before` and `after` are the nearest lines of the paragraphs around.
 */
export function countedLines(
  lines: readonly string[],
  { before, after }: { readonly before: string; readonly after: string },
): readonly CountedLine[] {
  const read = [before, ...lines, after].map(markOf);
  return lines.flatMap((line, at): CountedLine[] => {
    const said = STEP.exec(line)?.[1];
    if (said !== undefined) return [{ text: said, said: true }];
    const own = read[at + 1];
    if (own == null) return [];
    const isNext = follows(own, read[at]) || follows(read[at + 2], own);
    return isNext ? [{ text: own.text, said: false }] : [];
  });
}

const follows = (later: Counted | null | undefined, earlier: Counted | null | undefined): boolean =>
  later != null &&
  earlier != null &&
  later.shape === earlier.shape &&
  later.count - earlier.count === 1;

function markOf(line: string): Counted | null {
  const [, circle, behind] = CIRCLED.exec(line) ?? [];
  if (circle !== undefined && behind !== undefined)
    return { shape: 'circle', count: circle.codePointAt(0) ?? 0, text: behind };
  const [, open = '', above = '', own = '', close = '', text] = MARKED.exec(line) ?? [];
  // "3 replicas", "a host": a word of a sentence.
  if (text === undefined || open + above + close === '') return null;
  const [, number = '', letter = own] = /^(\d+)([a-z]?)$/i.exec(own) ?? [];
  const said = letter === '' ? number : letter;
  const shape = [open, above, letter === '' ? '' : number, kindOf(said), close].join(' ');
  return { shape, count: countOf(said), text };
}

const kindOf = (said: string): string =>
  /\d/.test(said) ? 'number' : said.length > 1 || said === 'i' ? 'roman' : 'letter';

const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii'];

function countOf(said: string): number {
  if (/\d/.test(said)) return Number(said);
  const roman = ROMAN.indexOf(said.toLowerCase());
  return said.length > 1 || said === 'i' ? roman + 1 : (said.toLowerCase().codePointAt(0) ?? 0);
}
