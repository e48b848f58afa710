import { isForeignPrompt } from './sql-session.ts';

/** A database that words or commands speak of: one that is not PostgreSQL, and the line; or PostgreSQL, as `null`. */
export type SpokenDatabase = { readonly name: string; readonly line: number } | null;

const NAMED =
  /\b(?:(postgres(?:ql)?|psql|pgsql)|(mysql|mariadb|sqlite|sql server|mssql|oracle|clickhouse|cassandra|db2|snowflake|bigquery))\b/i;
const CLIENT =
  /^\s{0,20}(?:[\w@:~.-]{0,60}[$#] )?(?:sudo (?:-u \w{1,30} )?)?(?:(psql)|(mysql|mariadb|sqlite3|sqlcmd|sqlplus|clickhouse-client|cqlsh|isql|snowsql|beeline|db2))(?= |$)/;

/** Of which database a heading or sentence speaks; `undefined`: of none. */
export function namedDatabase(text: string, line: number): SpokenDatabase | undefined {
  const [, own, other] = NAMED.exec(text) ?? [];
  if (own !== undefined) return null;
  return other === undefined ? undefined : { name: other, line };
}

/** The last client or prompt of a database in a fence; `undefined`: it has none. */
export function openedDatabase(text: string, line: number): SpokenDatabase | undefined {
  let found: SpokenDatabase | undefined;
  for (const [at, one] of text.split('\n').entries()) {
    const [, own, other] = CLIENT.exec(one) ?? [];
    if (own !== undefined) found = null;
    else if (other !== undefined) found = { name: other, line: line + at };
    else if (isForeignPrompt(one))
      found = { name: one.trim().split(/[ >[]/, 1)[0] ?? '', line: line + at };
  }
  return found;
}

/** A fence's own tag says whose SQL it is. */
export const namesPostgres = (language: string): boolean =>
  /^(?:postgres|pg|pl|psql)/.test(language);
