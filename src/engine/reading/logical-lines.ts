const MAX_JOINED_LINES = 200;

/** The commands of a script, one a line: continuations and quotes joined, here-documents and comments left out. */
export function logicalLines(text: string): readonly string[] {
  const lines = text.split('\n');
  const found: string[] = [];
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
    const end = lines.findIndex((next, at) => at > index && next.trim() === tag);
    if (end > 0) index = end;
  }
  return found;
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
