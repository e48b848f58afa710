import type { FenceContent } from '../../model/block.ts';
import { namedDatabase, opensClient } from '../reads-as-sql.ts';
import { readsAsCommand } from '../shell-words.ts';
import { readSqlListing } from '../sql-answers.ts';
import { readSqlSession, type SqlSession } from '../sql-session.ts';
import { readTranscript } from '../transcript.ts';
import { mistagged, plain } from './fence-content.ts';
import type { FenceContext } from './fence-context.ts';
import { isResult, isSchema, isSettings } from './forms.ts';
import { OTHER_SQL } from './tags.ts';

export function judgeSql(language: string, text: string, context: FenceContext): FenceContent {
  if (isSchema(text, context.lead))
    return plain('config', text, 'a schema, says the text above it');
  if (isResult(text))
    return mistagged('output', text, `fence \`${language}\` that holds what a query puts out`);
  // `shop=# \d` has the sign of a setting, and is typed.
  const session = sqlSession(text, `fence \`${language}\``);
  if (session !== undefined) return session;
  if (isSettings(text))
    return mistagged('config', text, `fence \`${language}\` that holds settings`);
  if (UNKNOWN_CLIENT.test(text))
    return mistagged('console', text, `fence \`${language}\` with a session of another client`);
  if (OTHER_SQL.has(language))
    return plain('console', text, `fence \`${language}\`, for a database that is not PostgreSQL`);
  if (text.split('\n').every((line) => /^\s*(?:--.*)?$/.test(line)))
    return plain('comments', text, `fence \`${language}\` with comments only`);
  if (isListed(text))
    return mistagged('config', text, `fence \`${language}\` that lists what a table has`);
  return sqlContent(text, text, plain('sql', text, `fence \`${language}\``));
}

/** "- id (INTEGER)": bullets and comments only. A statement begins with a word. */
const isListed = (text: string): boolean =>
  text.split('\n').every((line) => /^\s*(?:--.*|[-*•]\s+\S.*)?$/u.test(line));

/** A prompt that is none of the clients known: `[db-1:21000] shop> `, `0: jdbc:hive2://db> `. No statement begins so. */
const UNKNOWN_CLIENT = /^\s{0,32}(?:\d{1,2}: )?[\w.:@/[\]()-]{1,80}(?: [\w-]{1,60})?> \S/;

/** A session of a database; one with a statement that never finishes, or with commands of a shell, is left to a person. */
export function sqlSession(
  text: string,
  fence: string,
  shell?: FenceContext,
): FenceContent | undefined {
  const session = readSqlSession(text, shell === undefined);
  if (session === undefined) return undefined;
  const { unfinished } = session;
  const why =
    unfinished !== undefined
      ? `a session whose statement in line ${unfinished + 1} never ends`
      : shell !== undefined && hasCommands(text, session, shell)
        ? 'a session of a shell and of a database in one'
        : session.isForeign
          ? 'a session of a database that is not PostgreSQL'
          : '';
  return why === ''
    ? {
        ...plain('sql', session.text, `${fence} with ${shell ? 'SQL ' : ''}prompts`),
        ...(session.answers ? { answers: session.answers } : {}),
        ...otherDatabase(text),
      }
    : mistagged('comments', text, `${fence} with ${why}`);
}

/** A fence without what the database answered. */
export const statementsIn = (text: string): string => readSqlListing(text)?.text ?? text;

/** Statements as they are to be run, with what the page shows of their answers. `whole`: the fence as written. */
export function sqlContent(whole: string, text: string, content: FenceContent): FenceContent {
  const listing = readSqlListing(text);
  if (listing?.unfinished !== undefined) {
    const line = listing.unfinished + 1;
    const why = `${content.why}, whose statement in line ${line} is answered before its \`;\``;
    return { ...content, kind: 'comments', text: whole, why, mistagged: true };
  }
  return {
    ...content,
    text: listing?.text ?? text,
    ...(listing?.answers ? { answers: listing.answers } : {}),
    ...otherDatabase(whole),
  };
}

export const withSqlComments = (text: string): string => text.replace(/^([ \t]*)#+ ?/gm, '$1-- ');

/** A client that the fence opens on a database by name: the connection may be to another one. */
function otherDatabase(text: string): Pick<FenceContent, 'doubt'> {
  const named = namedDatabase(text);
  if (named === '') return {};
  const or = `it is for \`${named}\`, which may be another database than that of its connection (\`connection=\` says which)`;
  return { doubt: { as: 'it reads as SQL', or } };
}

/** Whether a shell is told something beside the database: more than to open its client. */
function hasCommands(text: string, session: SqlSession, { tools }: FenceContext): boolean {
  const isCommand = (line: string): boolean =>
    readsAsCommand(line, tools) === 'sure' && !opensClient(line);
  const above = text.split('\n').slice(0, session.line);
  const prompted = readTranscript(text, () => 'no')?.entries ?? [];
  return above.some(isCommand) || prompted.some(({ command }) => isCommand(command));
}
