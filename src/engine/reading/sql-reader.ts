/** Follows a statement line by line. */
export interface StatementReader {
  /** Takes the next line; says whether the statement is complete with it. */
  feed(line: string): boolean;
  /** Inside of a quote or a comment: whatever comes is part of the statement. */
  isQuoted(): boolean;
}

/** Reads as psql does: a `;` outside of quotes, comments and parentheses ends a statement, and so does a `\` command. */
export function statementReader(): StatementReader {
  let quote = '';
  let comments = 0;
  let parentheses = 0;
  return {
    feed(line) {
      let isDone = false;
      let at = 0;
      while (at < line.length) {
        const rest = line.length - at;
        const two = line.slice(at, at + 2);
        if (comments > 0) {
          if (two === '*/') comments -= 1;
          else if (two === '/*') comments += 1;
          at += two === '*/' || two === '/*' ? 2 : 1;
        } else if (quote !== '') {
          const end = line.indexOf(quote, at);
          at = end < 0 ? line.length : end + quote.length;
          if (end >= 0) quote = '';
        } else if (two === '--') at += rest;
        else if (two === '/*') {
          comments = 1;
          at += 2;
        } else {
          const char = line[at] ?? '';
          const dollar =
            char === '$'
              ? (/^\$(?:[A-Za-z_]\w{0,62})?\$/.exec(line.slice(at, at + 66))?.[0] ?? '')
              : '';
          if (char === "'" || char === '"') quote = char;
          else if (dollar !== '') quote = dollar;
          else if (char === '(') parentheses += 1;
          else if (char === ')') parentheses = Math.max(0, parentheses - 1);
          else if (char === '\\') return true;
          if (char === ';' && parentheses === 0) isDone = true;
          else if (/\S/.test(char)) isDone = false;
          at += Math.max(1, dollar.length);
        }
      }
      return isDone;
    },
    isQuoted: () => quote !== '' || comments > 0,
  };
}
