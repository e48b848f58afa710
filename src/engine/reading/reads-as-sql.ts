const STATEMENT =
  /^\s*(?:select\s[\s\S]*?(?:\bfrom\b|\(|;|\d)|insert\s+into\b|update\s+[\w".]+\s+set\b|delete\s+from\b|with\s+(?:recursive\s+)?\w+\s*(?:\([^()]{0,400}\)\s*)?as\b|create\s+(?:or\s+replace\s+)?(?:unique\s+)?(?:table|index|view|materialized|database|user|role|extension|function|trigger|schema|policy|publication|subscription)\b|alter\s+(?:table|system|user|role|database|index)\b|drop\s+(?:table|index|view|database|user|role|schema|policy)\b|truncate\s+(?:table\s+)?\w+|vacuum\b|analyze\b\s*[\w("]*\s*;|reindex\b|explain\s+[\w(]|grant\s+\w[\s\S]*\bto\b|revoke\s+\w[\s\S]*\bfrom\b|show\s+(?:tables|databases|processlist|variables|status|all|slave|replica|index|grants|engine|max_connections)\b|set\s+(?:role|session|local|global|search_path)\b|reset\s+role\b|refresh\s+materialized\b|begin\s*;|commit\s*;|call\s+\w+\()/i;

/** Whether a text begins as a statement does. */
export const beginsAsSql = (text: string): boolean => STATEMENT.test(`${text};`);

/** Whether a text, its `#` and `--` comments aside, begins as SQL and goes on as SQL. */
export function looksLikeSql(text: string): boolean {
  const bare = text.replace(/^[ \t]*(?:#|--).*$/gm, '').trim();
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

/** `psql -h db2 shop`, also behind a prompt or in a comment; group 1 is what it is given. */
const CLIENT =
  /^[ \t]{0,32}(?:(?:\$|#|--|%|>)[ \t]{1,8})?(?:\w+=\S{1,200}[ \t]+)?(?:sudo(?:[ \t]+-\w{1,20}(?:[ \t]+[\w-]{1,40})??){0,4}[ \t]+)?(?:psql|cockroach sql)\b([^|<\n]*)$/;

/** How a fence itself opens its client where it says which database that is for; `''` where it leaves that open. */
export function namedDatabase(text: string): string {
  for (const line of text.split('\n')) {
    const given = CLIENT.exec(line)?.[1]?.trim() ?? '';
    // The user, how it is shown, and an address that the environment gives say nothing about which database.
    const bare = given
      .replace(/(?:^|\s)(?:-U\s?\S+|--username[= ]\S+|-[AtxXqaw1]+)(?=\s|$)/g, '')
      .replace(/(?:^|\s)"?\$\{?\w+\}?"?(?=\s|$)/g, '')
      .trim();
    if (bare !== '' && !/(?:^|\s)(?:-c|-f|--command|--file|-l|--list|--version)\b/.test(bare))
      return `psql ${given}`;
  }
  return '';
}

/** A command that opens a database client, without a query of its own. */
export function opensClient(command: string): boolean {
  return (
    /^(?:sudo\s[^|<]*)?\b(?:psql|mysql|mariadb|sqlite3|cockroach sql)\b[^|<]*$/.test(command) &&
    !/\s(?:-c|-e|-f|--command|--execute|--file)\b/.test(command)
  );
}

/** The statements below a line that opens a database client; `undefined` when it is something else. */
export function sqlBehindClient(
  text: string,
  withoutAnswers: (text: string) => string,
): string | undefined {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => !/^\s*(?:#.*)?$/.test(line));
  const client = (lines[first] ?? '').replace(/^\s*[$#] /, '');
  // What is for another database is never run on this one.
  if (!opensClient(client) || !/\b(?:psql|cockroach sql)\b/.test(client)) return undefined;
  const rest = lines.map((line, at) => (at <= first || isLeaving(line) ? '' : line));
  const statements = rest.join('\n').replace(/(?<!\n)\n+$/, '');
  return looksLikeSql(withoutAnswers(statements)) ? statements : undefined;
}

/** What ends a client: nothing that a statement would be. */
export const isLeaving = (line: string): boolean => /^\s*(?:\\q|(?:exit|quit);?)\s*$/i.test(line);
