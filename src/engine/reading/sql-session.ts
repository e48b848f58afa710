import type { ShownAnswers } from '../model/block.ts';
import { beginsAsSql, isLeaving } from './reads-as-sql.ts';
import { answersOf, isAnswer } from './sql-answers.ts';
import { statementReader } from './sql-reader.ts';

/** The statements of a database session, prompts and output taken off; every line keeps its number. */
export interface SqlSession {
  readonly text: string;
  /** 0-based line of its first prompt. */
  readonly line: number;
  /** 0-based line of a statement that never comes to its `;`: nothing of the session may be run as it stands. */
  readonly unfinished: number | undefined;
  /** Whether its prompts are those of a database that is not PostgreSQL. */
  readonly isForeign: boolean;
  /** What it shows below its statements; `undefined` where it shows nothing. */
  readonly answers: ShownAnswers | undefined;
}

/** `shop=# `, `shop=*> `, `mysql> `, `MariaDB [shop]> `, `root@db:26257/shop> `, `trino:web> `; group 1 is the sign at its end. */
const PROMPT =
  /^[ \t]{0,32}(?:MariaDB \[[^\]]{0,64}\]|[A-Za-z_][\w.-]{0,62}(?::[\w.-]{1,62}|@[\w.-]{0,64}(?::\d{1,5})?(?:\/[\w-]{1,64})?)?)(=[*!]?[#>]|>)(?:[ \t]+|$)/;
/** Prompts of MySQL, MariaDB, SQLite and their like. */
const FOREIGN =
  /^[ \t]{0,32}(?:MariaDB \[|(?:mysql|sqlite|sqlcmd|SQL|duckdb|D|hive|ij|isql|ksql|spark-sql|impala|(?:cqlsh|trino|presto)(?::[\w.-]{1,62})?)>(?: |$))/;
/** Whether a line begins with a prompt of a database that is not PostgreSQL. */
export const isForeignPrompt = (line: string): boolean => FOREIGN.test(line);

/** The second prompt of a statement that goes on: `shop-# `, `shop(> `, `    -> `, `   ...> `. */
const SECOND = /^[ \t]{0,32}(?:[A-Za-z_][\w.-]{0,62}[-'"($*][*!]?[#>]|[-'"`]>|\.\.\.>)(?:[ \t]|$)/;
const CLAUSE =
  /^\s*(?:from|where|and|or|set|values|group|order|having|limit|offset|join|left|right|inner|on|using|returning|union|into|as|\)|,)(?:[\s(]|$)/i;

/**
 * Reads a session of psql, mysql or their like: a statement begins behind a prompt and goes on to its `;`, prompt or no
 * prompt, or to what the database answers. `undefined` when the text has no such prompt. `isSql`: its language says so.
 */
export function readSqlSession(text: string, isSql: boolean): SqlSession | undefined {
  if (!/^[ \t]*\S[^\n]{0,160}[#>]/m.test(text)) return undefined;
  const lines = text.split('\n');
  const first = lines.findIndex((line) => establishes(line, isSql));
  if (first < 0) return undefined;
  const out = lines.map(() => '');
  let statement = statementReader();
  let unfinished: number | undefined;
  let begun: number | undefined;
  let isUnprompted = false;
  const shown: string[][] = [];
  const take = (at: number, line: string): void => {
    out[at] = line;
    if (statement.feed(line)) begun = undefined;
  };
  for (const [at, line] of lines.entries()) {
    const prompt = PROMPT.exec(line);
    const typed = prompt === null ? undefined : line.slice(prompt[0].length);
    if (begun !== undefined) {
      const second = SECOND.exec(line);
      if (second !== null) take(at, line.slice(second[0].length));
      else if (typed !== undefined && CLAUSE.test(typed)) take(at, typed);
      else if (typed === undefined && (statement.isQuoted() || !isAnswer(lines, at))) {
        isUnprompted = true;
        take(at, line);
      } else {
        // A new prompt, or an answer: without its `;` only what stands behind prompts is surely the statement.
        if (isUnprompted || typed !== undefined) unfinished ??= begun;
        begun = undefined;
      }
      if (typed === undefined && begun === undefined && out[at] === '') shown.at(-1)?.push(line);
      if (typed === undefined || begun !== undefined || out[at] !== '') continue;
    }
    if (typed === undefined) shown.at(-1)?.push(line);
    if (typed === undefined || typed.trim() === '' || isLeaving(typed)) continue;
    shown.push([]);
    statement = statementReader();
    begun = at;
    isUnprompted = false;
    take(at, typed);
  }
  if (begun !== undefined && isUnprompted) unfinished ??= begun;
  const isForeign = lines.some((line) => FOREIGN.test(line));
  return {
    text: out.join('\n').replace(/(?<!\n)\n+$/, ''),
    line: first,
    unfinished,
    isForeign,
    answers: answersOf(shown),
  };
}

function establishes(line: string, isSql: boolean): boolean {
  const prompt = PROMPT.exec(line);
  if (prompt === null) return false;
  const typed = line.slice(prompt[0].length);
  if (isSql && FOREIGN.test(line)) return typed !== '';
  const isOwn = isSql || prompt[1] !== '>' || /^\s*(?:mysql|MariaDB|sqlite|postgres)\b/.test(line);
  return (
    beginsAsSql(typed) || (isOwn && /^(?:\\\w|use \w|[A-Z]{2,}\b)|^[a-z][^\n]*;\s*$/.test(typed))
  );
}
