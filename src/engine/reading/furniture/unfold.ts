import { closes, type Marker, readMarker } from '../fence-markers.ts';
import { withIndentedBlocks } from './boxes.ts';
import { isHugo, withOrgHeadings } from './tags.ts';
import { type Unfolded, Unfolding } from './unfolding.ts';

/**
 * Lines of other tools' page furniture as markdown: tabs of MkDocs, MDX, Hugo and Jekyll under their label, boxes as
 * GitHub's alerts, code shortcodes as fences, items numbered by markers alone, and meanings that hold more than words below their terms,
 * as lists; imports and other tags are taken out. Every line keeps its number.
 * Linear.
 */
export function unfold(lines: readonly string[], from: number): Unfolded {
  const indented = withIndentedBlocks(lines, from);
  if (!indented.some((line, index) => index >= from && mayBe(line)))
    return { lines: [...indented], takenIn: [], filledIn: [] };
  const read = new Unfolding(withOrgHeadings(indented, from), from).read();
  return unfoldQuotes(read, from, MOST_QUOTES);
}

const mayBe = (line: string): boolean =>
  FURNITURE.test(line) || isHugo(line) || /<\/[A-Z]/.test(line);

/** As deep as anybody quotes. */
const MOST_QUOTES = 5;

/** The same in quotes, each of which is a page of its own. */
function unfoldQuotes(page: Unfolded, from: number, deep: number): Unfolded {
  const lines = [...page.lines];
  const takenIn = [...page.takenIn];
  const { filledIn: left } = page;
  let fence: Marker | null = null;
  let first = -1;
  for (let index = from; index <= lines.length; index += 1) {
    const line = lines[index] ?? '';
    const isQuoted = fence === null && QUOTE.test(line);
    if (isQuoted && first < 0) first = index;
    if (isQuoted) continue;
    if (first >= 0) {
      const prefixes = lines.slice(first, index).map((one) => QUOTE.exec(one)?.[0] ?? '');
      const texts = prefixes.map((prefix, at) => (lines[first + at] ?? '').slice(prefix.length));
      if (texts.some((text) => FURNITURE.test(text))) {
        const read = new Unfolding(texts, 0).read();
        const inner = deep > 1 ? unfoldQuotes(read, 0, deep - 1) : read;
        for (const [at, text] of inner.lines.entries())
          lines[first + at] = `${prefixes[at] ?? ''}${text}`.trimEnd();
        for (const { line: at, file } of inner.takenIn)
          if (!takenIn.some((one) => one.line === first + at))
            takenIn.push({ line: first + at, file });
      }
      first = -1;
    }
    const marker: Marker | null = fence === null ? readMarker(line) : null;
    if (fence !== null && closes(line, fence)) fence = null;
    else if (marker !== null) fence = marker;
  }
  return { lines, takenIn, filledIn: left };
}

const QUOTE = /^[ \t]*>[ \t]?/;

/** Whether a line could be furniture at all: most pages have none. */
const FURNITURE =
  /^[ \t>]*(?:===[!+]? ["']|!!!|\?\?\?|<\/?[A-Z]|\{\{[<%]|\{%|\{:|import |export |@tab|@include|@\[code|-{1,6}8<|\[!INCLUDE|include::|<!--[ \t]*@?include|\{\/\*|:{3,}|[`~]{3,}\{[a-z-]+\}|#\+[a-zA-Z]|%%|#{4,6}[ \t]+[tT]ags?[ \t]*:|\$ \S|\.\. [a-z-]+::|\[source|\{(?:code|noformat)[:}]|:[ \t]+\S|(?:\.{1,5}|#\.)[ \t]+\S)/;
