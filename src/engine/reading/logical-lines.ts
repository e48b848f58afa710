const MAX_JOINED_LINES = 200;

/** The commands of a script, one a line: continuations and quotes joined, here-documents and comments left out. */
export function logicalLines(text: string): readonly string[] {
  const lines = text.split('\n');
  const found: string[] = [];
  const places = placesOf(lines);
  for (let index = 0; index < lines.length; index += 1) {
    let line = lines[index] ?? '';
    if (/^\s*(?:#.*)?$/.test(line)) continue;
    const until = Math.min(lines.length, index + MAX_JOINED_LINES);
    while (
      index + 1 < until &&
      (/\\\s*$/.test(line) || (/["']/.test(line) && hasOpenQuote(line)))
    ) {
      index += 1;
      line += `\n${lines[index]}`;
    }
    found.push(line.trim());
    const tag = /<<-?\s*\\?["']?([A-Za-z_]\w*)["']?/.exec(line)?.[1];
    if (!tag || /<<</.test(line)) continue;
    const ends = places(tag);
    while ((ends.at(-1) ?? lines.length) <= index) ends.pop();
    index = ends.at(-1) ?? index;
  }
  return found;
}

/** Where a line stands, the last of its places first; what the caller has passed it takes off the end. Linear in the text. */
function placesOf(lines: readonly string[]): (line: string) => number[] {
  let known: Map<string, number[]> | undefined;
  return (line) => {
    known ??= Map.groupBy(
      lines.map((_, at) => lines.length - 1 - at),
      (at) => lines[at]?.trim() ?? '',
    );
    return known.get(line) ?? [];
  };
}

/** Whether a quote is still open at the end of the text. */
function hasOpenQuote(text: string): boolean {
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === '\\' && quote !== "'") at += 1;
    else if (quote) quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
    else if (char === '#' && /(?:^|\s)$/.test(text.slice(Math.max(0, at - 1), at))) {
      const newline = text.indexOf('\n', at);
      at = newline < 0 ? text.length : newline;
    }
  }
  return quote !== '';
}
