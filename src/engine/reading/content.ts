import type { FenceContent } from '../model/block.ts';
import { classify, clauseFor, DOUBTFUL_MARGIN } from './classes/class.ts';
import { FENCE_CLASSES, type FenceClass } from './classes/fences.ts';
import type { FenceContext } from './fences/fence-context.ts';
import {
  type FenceFeatures,
  fenceFeatures,
  programOf,
  startsOnDevice,
} from './fences/fence-features.ts';
import { isPutOut } from './fences/shapes.ts';
import { isKept } from './kept.ts';
import { asksToPut } from './leads.ts';
import { logicalLines } from './logical-lines.ts';
import { looksTyped } from './prompts.ts';
import { looksLikeSql, namedDatabase, opensClient, sqlBehindClient } from './reads-as-sql.ts';
import { looksLikeProse, readsAsCommand } from './shell-words.ts';
import { readSqlListing } from './sql-answers.ts';
import { readSqlSession, type SqlSession } from './sql-session.ts';
import { readTranscript, type Transcript } from './transcript.ts';
import { isForWindows } from './windows.ts';

const SHELL = new Set(
  'bash sh shell zsh ksh ash fish console shell-session shellsession sh-session terminal bash-session scrut cram testcase commandline cli azurecli azurecli-interactive shell-script shellscript gcloud'.split(
    ' ',
  ),
);
const CONSOLE = new Set(
  'console shell-session shellsession sh-session terminal bash-session scrut cram testcase'.split(
    ' ',
  ),
);
const SQL = new Set(
  'sql postgres postgresql pgsql psql mysql plpgsql sqlite tsql mariadb'.split(' '),
);
/** What is for another database is never run on a connection to PostgreSQL. */
const OTHER_SQL = new Set('mysql sqlite tsql mariadb'.split(' '));
const PLAIN = new Set(['', 'text', 'txt', 'plaintext', 'plain', 'none', 'code', 'command']);

/** Tags of data that commands are pasted under by mistake. */
const DATA = new Set('yaml yml json toml ini'.split(' '));
/** What stands above opens an editor, or asks to put text into a file. */
const isForFile = ({ edited, lead, languages }: FenceContext): boolean =>
  edited === true || asksToPut(lead, languages);

/** What stands above hands it to a file that something else is to start. */
const isForLater = (text: string, { lead, above = [], languages }: FenceContext): boolean =>
  isKept(text, [lead, ...above], languages);

const keptAs = (text: string, named: string): FenceContent => ({
  ...plain('config', text, `${named} that holds a script for a file`),
  doubt: { as: 'the words above hand it to a file', or: 'it is a script that could be run' },
});

/** A session whose commands nobody knows, below an editor that was opened: lines for its file. */
const isTypedIntoFile = (transcript: Transcript, { edited, tools }: FenceContext): boolean =>
  edited === true &&
  transcript.entries.every(({ command }) => readsAsCommand(command, tools) !== 'sure');

/** Commands of consoles that no shell of ours is. */
const BY_HAND = new Set(
  'powershell ps1 pwsh posh cmd bat batch dos cisco ios junos fortios routeros'.split(' '),
);

export const isShellTag = (language: string): boolean => SHELL.has(language);
/** What is run when a fence is tagged so. */
export const isRunTag = (language: string): boolean => SHELL.has(language) || SQL.has(language);

/** Judges what a fence holds by its tag, its text and the sentence above it. Pure. */
export function judgeContent(language: string, text: string, context: FenceContext): FenceContent {
  if (text.trim() === '') return plain('nothing', text, 'an empty fence');
  if (language === 'http' || language === 'https') return plain('http', text, 'fence `http`');
  if (SQL.has(language)) return judgeSql(language, text, context);
  if (SHELL.has(language)) return withoutSlashes(judgeShell(language, text, context));
  if (PLAIN.has(language)) return judgeUntagged(language, text, context);
  if (namesItsProgram(language, text, context))
    return mistagged('commands', text, `fence \`${language}\` that holds its commands`);
  if (DATA.has(language) && !isForFile(context) && holdsCommands(text, context)) {
    const why = `fence \`${language}\` that holds commands`;
    const doubt = { as: 'it reads as commands', or: `its tag says \`${language}\`` };
    return { ...mistagged('commands', text, why), inferred: true, doubt };
  }
  if (BY_HAND.has(language))
    return plain('console', text, `fence \`${language}\`, for a person to carry out`);
  return plain('other', text, `fence \`${language}\` is not run`);
}

/** A comment as other languages write it: bash would take `//` for a command, and fail. */
const SLASHED = /^([ \t]*)\/(?=\/(?:\s|\p{L}|$))/u;

/** Commands whose comments stand behind `//`, with these as the comments they are meant to be; no line moves. */
function withoutSlashes(content: FenceContent): FenceContent {
  const { kind, text, transcript } = content;
  if (kind !== 'commands' || transcript.length > 0) return content;
  const lines = text.split('\n');
  const here = lines.findIndex((line) => line.includes('<<'));
  const mended = lines.map((line, at) =>
    here >= 0 && at > here ? line : line.replace(SLASHED, '$1#'),
  );
  if (mended.every((line, at) => line === lines[at])) return content;
  const why = `${content.why} with comments behind \`//\`, which are not run`;
  const isEmpty = mended.every((line) => /^\s*(?:#.*)?$/.test(line));
  return {
    ...content,
    kind: isEmpty ? 'comments' : 'commands',
    text: mended.join('\n'),
    mistagged: true,
    why,
  };
}

function judgeSql(language: string, text: string, context: FenceContext): FenceContent {
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
  return sqlContent(text, text, plain('sql', text, `fence \`${language}\``));
}

/** A prompt that is none of the clients known: `[db-1:21000] shop> `, `0: jdbc:hive2://db> `. No statement begins so. */
const UNKNOWN_CLIENT = /^\s{0,32}(?:\d{1,2}: )?[\w.:@/[\]()-]{1,80}(?: [\w-]{1,60})?> \S/;

function judgeShell(language: string, text: string, context: FenceContext): FenceContent {
  const why = `fence \`${language}\``;
  if (isForWindows(text)) return mistagged('console', text, `${why} with commands for Windows`);
  const session = sqlSession(text, why, context);
  if (session !== undefined) return { ...session, mistagged: true };
  const transcript = startsOnDevice(text)
    ? undefined
    : readTranscript(
        text,
        (line) => readsAsCommand(line, context.tools),
        CONSOLE.has(language),
        true,
      );
  if (transcript && isTypedIntoFile(transcript, context))
    return mistagged('config', text, `${why} that holds text for a file`);
  if (transcript) return transcribed(text, transcript, why);
  if (hasGluedPrompt(text, context))
    return mistagged('console', text, `${why} for the console of a device`);
  if (isCommentsOnly(text)) {
    return plain('comments', text, `${why} with comments only`);
  }
  const shown = CONSOLE.has(language)
    ? commandAndOutput(text, context, why, true)
    : commandAndPutOut(text, context, why);
  if (shown) return shown;
  if (isListOfInstructions(text)) {
    return mistagged('comments', text, `${why} that holds instructions in words`);
  }
  if (isForLater(text, context)) return keptAs(text, why);
  if (/^#!/.test(text)) return plain('commands', text, `${why}, a script`);
  const holds = statementsIn(text);
  if (looksLikeSql(holds))
    return sqlContent(text, withSqlComments(text), mistagged('sql', '', `${why} that holds SQL`));
  const behind = sqlBehindClient(text, statementsIn);
  if (behind !== undefined)
    return sqlContent(text, behind, mistagged('sql', '', `${why} that holds SQL for a client`));
  if (isTree(text)) return mistagged('output', text, `${why} that draws a tree`);
  if (isSynopsis(text, context.lead)) return plain('config', text, `${why} that holds a synopsis`);
  if (isChat(text, context.lead))
    return plain(chatKind(text, context.lead), text, `${why} that holds chat commands`);
  return weighed(CONSOLE.has(language) ? 'console' : 'shell', text, context, why);
}

/** `prod> ls`, `web1# reboot`: a name with the sign of a prompt at its end, which bash would take for a redirection. */
function hasGluedPrompt(text: string, { tools }: FenceContext): boolean {
  const [, name = ''] = /^([A-Za-z][\w.-]{0,60})[>#][ \t]+\S/.exec(text.trimStart()) ?? [];
  return name !== '' && readsAsCommand(name, tools) !== 'sure';
}

/** Untagged text is a script only when every line of it reads as a command. */
function judgeUntagged(language: string, text: string, context: FenceContext): FenceContent {
  const named = language === '' ? 'fence without a language' : `fence \`${language}\``;
  const session = sqlSession(text, named, context);
  if (session !== undefined) return { ...session, inferred: true };
  const transcript = startsOnDevice(text)
    ? undefined
    : readTranscript(
        text,
        (line) => readsAsCommand(line, context.tools),
        isRootOnly(text, context),
      );
  if (transcript && isTypedIntoFile(transcript, context))
    return plain('config', text, `${named} that holds text for a file`);
  if (transcript) {
    const reads = transcript.entries.some(
      ({ command }) => readsAsCommand(command, context.tools) !== 'no',
    );
    if (reads) return { ...transcribed(text, transcript, named), inferred: true };
  }
  if (isChat(text, context.lead))
    return {
      ...plain(chatKind(text, context.lead), text, `${named} that holds chat commands`),
      inferred: true,
    };
  if (
    language === 'text' ||
    language === 'txt' ||
    language === 'plaintext' ||
    language === 'none'
  ) {
    return plain('output', text, `${named} is shown`);
  }
  const holds = statementsIn(text);
  if (looksLikeSql(holds) && /;\s*$|^\s*(?:select|show|with)\b/i.test(holds)) {
    return {
      ...sqlContent(text, text, plain('sql', '', `${named} that reads as SQL`)),
      inferred: true,
    };
  }
  const behind = sqlBehindClient(text, statementsIn);
  if (behind !== undefined) {
    const content = plain('sql', '', `${named} that holds SQL for a client`);
    return { ...sqlContent(text, behind, content), inferred: true };
  }
  if (isForLater(text, context)) return keptAs(text, named);
  const shown = commandAndOutput(text, context, named);
  if (shown) return shown;
  if (isSynopsis(text, context.lead))
    return plain('output', text, `${named} that holds a synopsis`);
  if (setsWhatIsUsed(text, context))
    return {
      ...plain('commands', text, `${named} that sets what later fences use`),
      inferred: true,
    };
  const content = weighed('none', text, context, named);
  return content.kind === 'commands' && content.doubt === undefined && isRootMixed(text, context)
    ? {
        ...content,
        doubt: { as: 'it reads as commands', or: 'its `# ` may be the prompt of root' },
      }
    : content;
}

/**
 * A command and what it puts out below it, all in one fence and without a prompt. Of a fence that is said to be a session
 * the first line is typed, whatever it is.
 */
function commandAndOutput(
  text: string,
  { tools }: FenceContext,
  named: string,
  isSession = false,
): FenceContent | undefined {
  const lines = text.split('\n');
  const blank = lines.findIndex((line) => line.trim() === '');
  const apart = blank === 1;
  const first = readsAsCommand(lines[0] ?? '', tools);
  const isTyped = first === 'sure' || (isSession && apart && first === 'maybe');
  if (!isTyped || goesOn(text)) return undefined;
  const below = lines.slice(1).filter((line) => line.trim() !== '');
  const readings = below.map((line) => readsAsCommand(line, tools));
  const texts = readings.filter((each) => each === 'no').length;
  const sure = readings.filter((each) => each === 'sure').length;
  const enough = apart
    ? texts * 2 >= below.length && sure * 4 <= below.length
    : texts === below.length;
  if (below.length < (apart && !isSession ? 2 : 1) || !enough) return undefined;
  if (below.every((line) => /^\s*#/.test(line))) return undefined;
  const output = lines
    .slice(apart ? 2 : 1)
    .join('\n')
    .trimEnd();
  const entry = { line: 0, command: lines[0] ?? '', output, exitCode: null };
  const why = `${named} with a command and its output`;
  return {
    ...plain('commands', lines[0] ?? '', why),
    inferred: !isSession,
    transcript: [entry],
  };
}

/** The same in a fence of a shell, where only what a program puts out stands below one command. */
function commandAndPutOut(
  text: string,
  { tools }: FenceContext,
  why: string,
): FenceContent | undefined {
  const [first = '', ...below] = text.trimEnd().split('\n');
  const shown = below.map((line) => line.trim()).filter((line) => line !== '');
  if (!/^[a-z./~]/i.test(first) || readsAsCommand(first, tools) !== 'sure' || goesOn(text))
    return undefined;
  if (!shown.some(isPutOut)) return undefined;
  if (!shown.every((line) => isPutOut(line) || readsAsCommand(line, tools) === 'no'))
    return undefined;
  const entry = { line: 0, command: first, output: below.join('\n'), exitCode: null };
  return {
    ...plain('commands', first, `${why} with a command and its output`),
    transcript: [entry],
  };
}

/** Bash still reads the first command in the line below it. */
const goesOn = (text: string): boolean => {
  const [first = ''] = text.split('\n', 1);
  return (
    logicalLines(text)[0] !== first.trim() ||
    /(?:[\\|{(]|&&|\b(?:do|then|else|in))$/.test(first.trimEnd()) ||
    /<<-?\s?["'\\]?\w/.test(first)
  );
};

/** What is shown and misses being run by less than this is said to be left out. */
const LEFT_OUT_MARGIN = 0.8;

/** What the evidence says of a fence that no form tells apart. */
function weighed(
  tag: FenceFeatures['tag'],
  text: string,
  context: FenceContext,
  named: string,
): FenceContent {
  const features = fenceFeatures(tag, text, context);
  const verdict = classify(features, FENCE_CLASSES);
  context.judged?.(verdict);
  const doubt =
    verdict.margin < (verdict.class === 'commands' ? DOUBTFUL_MARGIN : LEFT_OUT_MARGIN)
      ? {
          as: clauseFor(verdict, verdict.class),
          or: clauseFor(verdict, verdict.second),
        }
      : undefined;
  const content = contentOf(verdict.class, tag, text, features, named);
  return doubt ? { ...content, doubt } : content;
}

function contentOf(
  name: FenceClass,
  tag: FenceFeatures['tag'],
  text: string,
  features: FenceFeatures,
  named: string,
): FenceContent {
  const isTagged = tag !== 'none';
  const as = isTagged ? mistagged : plain;
  switch (name) {
    case 'commands':
      return isTagged
        ? plain('commands', text, named)
        : { ...plain('commands', text, `${named} that reads as commands`), inferred: true };
    case 'configuration':
      return as('config', text, `${named} that holds ${features.config || 'text for a file'}`);
    case 'device-console':
      return as('console', text, `${named} for the console of a device`);
    case 'prose':
      // Sentences among commands are a person's to make sense of; sentences alone are shown.
      return isTagged && features.sure > 0
        ? mistagged(
            'comments',
            text,
            `${named} that holds ${features.mixed || 'sentences'} among commands`,
          )
        : as(
            'output',
            text,
            isTagged ? `${named} that holds no command` : `${named} that does not read as commands`,
          );
    default:
      return as(
        'output',
        text,
        isTagged ? `${named} that holds no command` : `${named} that does not read as commands`,
      );
  }
}

/** Assignments and nothing else, each of a variable that a later fence uses. */
function setsWhatIsUsed(text: string, { usedLater }: FenceContext): boolean {
  const lines = logicalLines(text);
  return (
    lines.length > 0 &&
    lines.every((line) => {
      const name = /^(?:export\s+)?([A-Za-z_]\w*)=(?:"[^"]*"|'[^']*'|[^\s"']*)$/.exec(line)?.[1];
      return name !== undefined && usedLater.has(name);
    })
  );
}

/** "```git" over `git pull`: the tag is the program, not a language. */
function namesItsProgram(language: string, text: string, { tools }: FenceContext): boolean {
  const lines = logicalLines(text);
  return (
    /^[a-z][\w-]+$/.test(language) &&
    lines.some((line) => programOf(line) === language && /\s/.test(line)) &&
    lines.every((line) => programOf(line) === language || readsAsCommand(line, tools) === 'sure')
  );
}

/** Every command of it is one for sure; what a here-document holds is its own affair. */
function holdsCommands(text: string, { tools }: FenceContext): boolean {
  const lines = logicalLines(text);
  return (
    lines.length > 0 &&
    lines.every((line) => !/^[\w-]+:/.test(line) && readsAsCommand(line, tools) === 'sure')
  );
}

/** "Usage:" over "backup.sh [--full] <target>". */
function isSynopsis(text: string, lead: string): boolean {
  return (
    /^\W*(?:general |basic |command )?(?:usage|syntax|synopsis|format|form)\W*$/i.test(lead) &&
    /\[-|\[<|<[\w-]+>|\[[A-Z]|\.\.\.|\|/.test(text)
  );
}

/** Folders and files as `tree` draws them. */
function isTree(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const drawn = lines.filter((line) => /^\s*[├└│┌╰╭]/u.test(line)).length;
  return drawn > 0 && drawn * 2 >= lines.length;
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

/** A table as databases print it, and no statement above it. */
const isResult = (text: string): boolean =>
  /^\s*\+(?:-{1,200}\+){1,60}[ \t]*\n[ \t]*\|/.test(text) ||
  /^[^\n;]{1,400}\n[ \t]*-{2,200}(?:\+-{1,200}){1,60}[ \t]*(?:\n|$)/.test(text);

/** `name = value` throughout: lines of a configuration file. */
function isSettings(text: string): boolean {
  const lines = text.split('\n').filter((line) => !/^\s*(?:#.*|--.*)?$/.test(line));
  return lines.length > 0 && lines.every((line) => /^\s*[\w.]+\s*=[^;]*$/.test(line));
}

/** Nothing but commands behind `# `: what root types, where nothing says that the fence is a script. */
const isRootOnly = (text: string, context: FenceContext): boolean =>
  isCommentsOnly(text) && isRootMixed(text, context);

/** Whether all that stands behind `# ` would be a command. */
function isRootMixed(text: string, { tools }: FenceContext): boolean {
  const typed = text
    .split('\n')
    .flatMap((line) => /^\s{0,32}#\s{1,8}(\S.*)$/.exec(line)?.[1] ?? []);
  const isCommand = (line: string): boolean =>
    readsAsCommand(line, tools) === 'sure' && !looksLikeProse(line) && looksTyped(line);
  return typed.length > 0 && typed.every(isCommand);
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

/** Whether no line of a script is surely a command: pasted output may then be taken for one. */
export function isDoubtful(text: string, tools: Pick<ReadonlySet<string>, 'has'>): boolean {
  return !logicalLines(text).some((line) => readsAsCommand(line, tools) === 'sure');
}

/** Slash commands of a chat: "/chatops run …", "/label ~change", "/assign @me"; a path has more than one part. */
function isChat(text: string, lead: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const slashed = lines.every((line) => /^[/!@][a-z][\w-]*(?:\s|$)/.test(line));
  if (isSlashed(lines)) return true;
  return (
    slashed &&
    (/\b(?:slack|chat\w*|discord|teams|channel|bot|irc|comment|issue|ticket|pull request|merge request|message|post)\b/i.test(
      lead,
    ) ||
      lines.some((line) =>
        /^\/(?:chatops|label|assign|unassign|close|approve|lgtm|retest|cc|milestone|invite|remind|status|incident|pd|topic|archive)\b/.test(
          line,
        ),
      ))
  );
}

/** Commands of an assistant that is typed to: no program stands in `/`, and none has a colon in its name. */
const isSlashed = (lines: readonly string[]): boolean =>
  lines.length > 0 &&
  lines.every((line) => /^\/[a-z][a-z-]{2,40}(?::[a-z-]{1,40})?(?:\s+[^/]|$)/.test(line));

/** What is said to a bot is done by a person; what labels an issue is only shown. */
const chatKind = (text: string, lead: string): 'chat' | 'other' =>
  /^\/chatops\b/m.test(text) || /\b(?:slack|chat\w*|discord|teams|channel|bot|irc)\b/i.test(lead)
    ? 'chat'
    : 'other';

const withSqlComments = (text: string): string => text.replace(/^([ \t]*)#+ ?/gm, '$1-- ');

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
const statementsIn = (text: string): string => readSqlListing(text)?.text ?? text;

/** Statements as they are to be run, with what the page shows of their answers. `whole`: the fence as written. */
function sqlContent(whole: string, text: string, content: FenceContent): FenceContent {
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
