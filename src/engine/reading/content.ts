import type { FenceContent } from '../model/block.ts';
import { saysOutput } from './expectations.ts';
import { asksToPut, asksToRun } from './leads.ts';
import { logicalLines } from './logical-lines.ts';
import { configKind } from './reads-as-config.ts';
import { looksLikeSql, opensClient, sqlBehindClient } from './reads-as-sql.ts';
import { looksLikeProse, type Reading, readsAsCommand } from './shell-words.ts';
import { readSqlSession, type SqlSession } from './sql-session.ts';
import { readTranscript, type Transcript } from './transcript.ts';

/** What stands around a fence, as far as it tells what the fence holds. */
export interface FenceContext {
  /** The last sentence above, in the same item or section. */
  readonly lead: string;
  /** The heading it stands under. */
  readonly heading?: string;
  /** Program names that the runbook uses in fences that say they are shell. */
  readonly tools: ReadonlySet<string>;
  /** Shell variables used by later fences. */
  readonly usedLater: Pick<ReadonlySet<string>, 'has'>;
}

const SHELL = new Set(
  'bash sh shell zsh ksh ash fish console shell-session shellsession sh-session terminal bash-session commandline cli azurecli azurecli-interactive shell-script shellscript gcloud'.split(
    ' ',
  ),
);
const CONSOLE = new Set(
  'console shell-session shellsession sh-session terminal bash-session'.split(' '),
);
const SQL = new Set(
  'sql postgres postgresql pgsql psql mysql plpgsql sqlite tsql mariadb'.split(' '),
);
const PLAIN = new Set(['', 'text', 'txt', 'plaintext', 'plain', 'none', 'code', 'command']);

export const isShellTag = (language: string): boolean => SHELL.has(language);

/** Judges what a fence holds by its tag, its text and the sentence above it. Pure. */
export function judgeContent(language: string, text: string, context: FenceContext): FenceContent {
  if (text.trim() === '') return plain('nothing', text, 'an empty fence');
  if (language === 'http' || language === 'https') return plain('http', text, 'fence `http`');
  if (SQL.has(language)) return judgeSql(language, text, context);
  if (SHELL.has(language)) return judgeShell(language, text, context);
  if (PLAIN.has(language)) return judgeUntagged(language, text, context);
  return plain('other', text, `fence \`${language}\` is not run`);
}

function judgeSql(language: string, text: string, context: FenceContext): FenceContent {
  if (isSchema(text, context.lead))
    return plain('config', text, 'a schema, says the text above it');
  const session = sqlSession(text, `fence \`${language}\``);
  if (session !== undefined) return session;
  if (text.split('\n').every((line) => /^\s*(?:--.*)?$/.test(line)))
    return plain('comments', text, `fence \`${language}\` with comments only`);
  return plain('sql', text, `fence \`${language}\``);
}

function judgeShell(language: string, text: string, context: FenceContext): FenceContent {
  const why = `fence \`${language}\``;
  const session = sqlSession(text, why, context);
  if (session !== undefined) return { ...session, mistagged: true };
  const transcript = readTranscript(
    text,
    (line) => readsAsCommand(line, context.tools),
    CONSOLE.has(language),
  );
  if (transcript) return transcribed(text, transcript, why);
  if (isCommentsOnly(text)) {
    return plain('comments', text, `${why} with comments only`);
  }
  if (isListOfInstructions(text)) {
    return mistagged('comments', text, `${why} that holds instructions in words`);
  }
  if (/^#!/.test(text)) return plain('commands', text, `${why}, a script`);
  if (looksLikeSql(text)) return mistagged('sql', withSqlComments(text), `${why} that holds SQL`);
  const behind = sqlBehindClient(text);
  if (behind !== undefined) return mistagged('sql', behind, `${why} that holds SQL for a client`);
  if (isSynopsis(text, context.lead)) return plain('config', text, `${why} that holds a synopsis`);
  const config = configKind(text, context);
  if (config) return mistagged('config', text, `${why} that holds ${config}`);
  if (isChat(text, context.lead)) return plain('chat', text, `${why} that holds chat commands`);
  if (isOutput(language, text, context))
    return mistagged('output', text, `${why} that holds no command`);
  return plain('commands', text, why);
}

/** Untagged text is a script only when every line of it reads as a command. */
function judgeUntagged(language: string, text: string, context: FenceContext): FenceContent {
  const named = language === '' ? 'fence without a language' : `fence \`${language}\``;
  const session = sqlSession(text, named, context);
  if (session !== undefined) return { ...session, inferred: true };
  const transcript = readTranscript(text, (line) => readsAsCommand(line, context.tools));
  if (transcript) {
    const reads = transcript.entries.some(
      ({ command }) => readsAsCommand(command, context.tools) !== 'no',
    );
    if (reads) return { ...transcribed(text, transcript, named), inferred: true };
  }
  if (isChat(text, context.lead))
    return { ...plain('chat', text, `${named} that holds chat commands`), inferred: true };
  if (
    language === 'text' ||
    language === 'txt' ||
    language === 'plaintext' ||
    language === 'none'
  ) {
    return plain('output', text, `${named} is shown`);
  }
  if (looksLikeSql(text) && /;\s*$|^\s*(?:select|show|with)\b/i.test(text)) {
    return { ...plain('sql', text, `${named} that reads as SQL`), inferred: true };
  }
  const behind = sqlBehindClient(text);
  if (behind !== undefined) {
    return { ...plain('sql', behind, `${named} that holds SQL for a client`), inferred: true };
  }
  if (readsAsScript(text, context))
    return { ...plain('commands', text, `${named} that reads as commands`), inferred: true };
  return plain('output', text, `${named} that does not read as commands`);
}

function readsAsScript(text: string, context: FenceContext): boolean {
  if (/[┌│└├─═║╔╚▼→]/u.test(text) || configKind(text, context)) return false;
  if (/^#!.*\b(?:ba|z|k|da)?sh\b/.test(text)) return true;
  if (isSynopsis(text, context.lead)) return false;
  const lines = logicalLines(text);
  if (lines.every((line) => VERSION.test(line))) return false;
  if (lines.length === 0 || lines.length > 400) return false;
  const readings = lines.map((line) => readsAsCommand(line, context.tools));
  const count = (reading: Reading): number => readings.filter((each) => each === reading).length;
  if (count('no') > 0) return count('sure') >= 4 && count('no') * 8 <= lines.length;
  if (count('sure') * 2 >= lines.length) return true;
  const { lead } = context;
  return asksToRun(lead) && !asksToPut(lead) && saysOutput(lead) === 'no';
}

/** "git version 2.43.0", "npm 10.2": what programs say of themselves. */
const VERSION = /^[\w.+-]+ (?:version:? v?\d[\w.+-]*|v?\d+\.\d[\w.+-]*|v\d[\w.+-]*)(?:[ ,(].*)?$/i;

/** "Usage:" over "backup.sh [--full] <target>". */
function isSynopsis(text: string, lead: string): boolean {
  return (
    /^\W*(?:general |basic |command )?(?:usage|syntax|synopsis|format|form)\W*$/i.test(lead) &&
    /\[-|\[<|<[\w-]+>|\[[A-Z]|\.\.\.|\|/.test(text)
  );
}

/** Tables told of for reference: "The schema of the table:" over CREATE statements alone. */
function isSchema(text: string, lead: string): boolean {
  if (
    !/\b(?:schema|structure|definition|layout) (?:of|for|is|looks)\b|\bfor reference\b/i.test(lead)
  )
    return false;
  if (/\b(?:run|execute|create|apply)\b/i.test(lead)) return false;
  const statements = text.split(';').filter((each) => each.trim() !== '');
  return statements.every((each) => /^(?:\s|--.*\n)*create\s/i.test(each));
}

function isCommentsOnly(text: string): boolean {
  return (
    /#/.test(text) &&
    !/^#!/.test(text) &&
    text.split('\n').every((line) => /^\s*(?:#.*)?$/.test(line))
  );
}

/** Numbered or bulleted sentences between comments: "1. Check the pods: kubectl get pods". */
function isListOfInstructions(text: string): boolean {
  const lines = text.split('\n').filter((line) => !/^\s*(?:#.*)?$/.test(line));
  return (
    lines.length > 0 &&
    lines.every((line) => /^\s*(?:\d{1,2}[.)]|[-*•□☐✓✔◻]|\[[ x]?\])\s+\S/u.test(line))
  );
}

function isOutput(language: string, text: string, context: FenceContext): boolean {
  const lines = logicalLines(text);
  const readings = lines.map((line) => readsAsCommand(line, context.tools));
  if (isTabular(lines)) return true;
  if (readings.includes('sure')) return false;
  if (CONSOLE.has(language)) return !readings.includes('maybe');
  return lines.every((line, index) => readings[index] === 'no' && readsAsText(line));
}

/** Whether no line of a script is surely a command: pasted output may then be taken for one. */
export function isDoubtful(text: string, tools: ReadonlySet<string>): boolean {
  return !logicalLines(text).some((line) => readsAsCommand(line, tools) === 'sure');
}

const QUERY =
  /^(?:sum|avg|max|min|count|rate|irate|increase|topk|histogram_quantile|absent|label_replace)\b[^;]*\(|^[a-z_:]+\{[^}]*=/;

function readsAsText(line: string): boolean {
  return (
    looksLikeProse(line) ||
    QUERY.test(line) ||
    /^[A-Z][A-Za-z]+[ :]|^\d|^[^\w./~$"'({<[\\-]|^[\w -]+:\s|\/$|\/(?:s?bin|lib)$|^<[\w-]+>$|^\/[\w./-]+\.(?:log|conf|cfg|ya?ml|json|txt|md|ini)$/.test(
      line,
    )
  );
}

/** A table as commands print it: a header in capitals, columns apart by more than one space. */
function isTabular(lines: readonly string[]): boolean {
  const columns = lines.filter((line) => /^\S+(?: \S+)?\s{2,}\S.*$/.test(line)).length;
  if (lines.length < 2) return false;
  if (/^-+(?:\s+-+)+$/.test(lines[1] ?? '')) return true;
  return /^[A-Z][A-Z ()%/_-]*\s{2,}[A-Z]/.test(lines[0] ?? '') && columns * 2 > lines.length;
}

/** Slash commands of a chat: "/chatops run …". */
function isChat(text: string, lead: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const slashed = lines.every((line) => /^[/!@][a-z][\w-]*(?:\s|$)/.test(line));
  return (
    slashed &&
    (/\b(?:slack|chat\w*|discord|teams|channel|bot|irc)\b/i.test(lead) ||
      lines.some((line) => /^\/chatops\b/.test(line)))
  );
}

const withSqlComments = (text: string): string => text.replace(/^(\s*)#+ ?/gm, '$1-- ');

const plain = (kind: FenceContent['kind'], text: string, why: string): FenceContent => ({
  kind,
  text,
  why,
  inferred: false,
  mistagged: false,
  transcript: [],
});

const mistagged = (kind: FenceContent['kind'], text: string, why: string): FenceContent => ({
  ...plain(kind, text, why),
  mistagged: true,
});

/** A session of a shell; one with a command that never finishes is left to a person. */
function transcribed(text: string, transcript: Transcript, fence: string): FenceContent {
  const { unfinished, entries } = transcript;
  if (unfinished !== undefined)
    return mistagged(
      'comments',
      text,
      `${fence} with a session whose command in line ${unfinished + 1} never ends`,
    );
  return { ...plain('commands', transcript.text, `${fence} with prompts`), transcript: entries };
}

/** A session of a database; one with a statement that never finishes, or with commands of a shell, is left to a person. */
function sqlSession(text: string, fence: string, shell?: FenceContext): FenceContent | undefined {
  const session = readSqlSession(text, shell === undefined);
  if (session === undefined) return undefined;
  const { unfinished } = session;
  const why =
    unfinished !== undefined
      ? `a session whose statement in line ${unfinished + 1} never ends`
      : shell !== undefined && hasCommands(text, session, shell)
        ? 'a session of a shell and of a database in one'
        : '';
  return why === ''
    ? plain('sql', session.text, `${fence} with ${shell ? 'SQL ' : ''}prompts`)
    : mistagged('comments', text, `${fence} with ${why}`);
}

/** Whether a shell is told something beside the database: more than to open its client. */
function hasCommands(text: string, session: SqlSession, { tools }: FenceContext): boolean {
  const isCommand = (line: string): boolean =>
    readsAsCommand(line, tools) === 'sure' && !opensClient(line);
  const above = text.split('\n').slice(0, session.line);
  const prompted = readTranscript(text, () => 'no')?.entries ?? [];
  return above.some(isCommand) || prompted.some(({ command }) => isCommand(command));
}
