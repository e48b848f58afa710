const STATEMENT =
  /^\s*(?:select\s+[\s\S]*?(?:\bfrom\b|\(|;|\d)|insert\s+into\b|update\s+[\w".]+\s+set\b|delete\s+from\b|with\s+\w+\s+as\s*\(|create\s+(?:or\s+replace\s+)?(?:unique\s+)?(?:table|index|view|materialized|database|user|role|extension|function|trigger|schema|policy|publication|subscription)\b|alter\s+(?:table|system|user|role|database|index)\b|drop\s+(?:table|index|view|database|user|role|schema|policy)\b|truncate\s+(?:table\s+)?\w+|vacuum\b|analyze\b\s*[\w("]*\s*;|reindex\b|explain\s+(?:analyze\s+|\()?\w*|grant\s+\w+[\s\S]*\bto\b|revoke\s+\w+[\s\S]*\bfrom\b|show\s+(?:tables|databases|processlist|variables|status|all|slave|replica|index|grants|engine|max_connections)\b|set\s+(?:role|session|local|global|search_path)\b|reset\s+role\b|refresh\s+materialized\b|begin\s*;|commit\s*;|call\s+\w+\()/i;
const PROMPT = /^\s*(?:mysql|MariaDB \[[^\]]*\]|sqlite|postgres|[a-z_][\w-]*)(?:=[#>]|>)\s*/;

/** Whether a text, its `#` and `--` comments aside, begins as SQL and goes on as SQL. */
export function looksLikeSql(text: string): boolean {
  const bare = text.replace(/^\s*(?:#|--).*$/gm, '').trim();
  if (!STATEMENT.test(bare)) return false;
  const statements = bare
    .split(/;[ \t]*(?:--.*)?$/m)
    .map((each) => each.trim())
    .filter(Boolean);
  return statements.every(
    (statement) =>
      STATEMENT.test(`${statement};`) ||
      /^\\\w+|^(?:from|where|and|or|group|order|limit|join|left)\b/i.test(statement),
  );
}

/** The statements below a line that opens a database client; `undefined` when it is something else. */
export function sqlBehindClient(text: string): string | undefined {
  const [first = '', ...rest] = text.split('\n');
  if (!/^(?:sudo\s.*)?\b(?:psql|mysql|mariadb|sqlite3|cockroach sql)\b[^|<]*$/.test(first))
    return undefined;
  if (/\s(?:-c|-e|-f|--command|--execute)\b/.test(first)) return undefined;
  const statements = rest.join('\n');
  return looksLikeSql(statements) ? `\n${statements}` : undefined;
}

/** The statements of a database session, prompts and output taken off; `undefined` without SQL prompts. */
export function sqlFromPrompts(text: string): string | undefined {
  const lines = text.split('\n');
  const statements: string[] = [];
  let open = false;
  for (const line of lines) {
    const prompt = PROMPT.exec(line);
    const rest = prompt ? line.slice(prompt[0].length) : line;
    const begins =
      prompt !== null &&
      (STATEMENT.test(`${rest};`) || /^(?:\\\w+|use \w+|[A-Z]{4,}\b)/.test(rest));
    const goesOn =
      open &&
      (/^\s*(?:->|[\w-]+[-'"(][#>])\s?/.test(line) || prompt !== null || /^\s+\S/.test(line));
    if (begins || goesOn) {
      statements.push(begins ? rest : line.replace(/^\s*(?:->|[\w-]+[-'"(][#>])\s?/, ''));
      open = !/;\s*$|^\\/.test(rest);
    } else {
      statements.push('');
      open = false;
    }
  }
  return statements.some(Boolean) ? statements.join('\n').replace(/\n+$/, '') : undefined;
}
