/** Whether an `awk` program only prints: no `system`, no pipe, no redirection, nothing loaded. */
export function onlyPrints(script: string): boolean {
  const code = withoutText(script);
  if (/\bsystem\s*\(|\|&?|@(?:load|include)|\bclose\s*\(/.test(code.replaceAll('||', ' ')))
    return false;
  return code.split(/[;{}\n]/).every((statement) => !redirects(statement));
}

/** `print … > file`: a `>` behind `print` that no brackets hold. */
function redirects(statement: string): boolean {
  const at = statement.search(/\bprintf?\b/);
  if (at < 0) return false;
  let depth = 0;
  for (const letter of statement.slice(at)) {
    if (letter === '(' || letter === '[') depth += 1;
    else if (letter === ')' || letter === ']') depth -= 1;
    else if (letter === '>' && depth <= 0) return true;
  }
  return false;
}

/** The program without its strings, regular expressions and comments. */
function withoutText(script: string): string {
  let code = '';
  let before = '';
  for (let at = 0; at < script.length; at += 1) {
    const letter = script[at] ?? '';
    const opensRegex = letter === '/' && /^[({,;!~&|=?:\n]?$/.test(before);
    if (letter === '"' || opensRegex) {
      at = closing(script, at + 1, letter);
      code += ' x ';
      before = 'x';
    } else if (letter === '#') {
      const end = script.indexOf('\n', at);
      at = end < 0 ? script.length : end - 1;
    } else {
      code += letter;
      if (letter === '\n' || letter.trim() !== '') before = letter;
    }
  }
  return code;
}

function closing(script: string, from: number, mark: string): number {
  for (let at = from; at < script.length; at += 1) {
    if (script[at] === '\\') at += 1;
    else if (script[at] === mark) return at;
  }
  return script.length;
}
