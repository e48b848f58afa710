import type { FenceContent, TranscriptEntry } from '../model/block.ts';
import { onlyReads } from '../model/effect.ts';
import type { ShellFacts } from '../model/shell-facts.ts';
import { shellFacts } from '../shell/facts.ts';
import { classify, clauseFor, DOUBTFUL_MARGIN } from './classes/class.ts';
import { FENCE_CLASSES, type FenceClass } from './classes/fences.ts';
import { mistagged, plain } from './fences/fence-content.ts';
import type { FenceContext } from './fences/fence-context.ts';
import {
  type FenceFeatures,
  fenceFeatures,
  isForInterpreter,
  isInterpreted,
  isStamped,
  startsOnDevice,
} from './fences/fence-features.ts';
import {
  chatKind,
  isChat,
  isCommentsOnly,
  isForWindows,
  isListOfInstructions,
  isSynopsis,
  isTree,
} from './fences/forms.ts';
import {
  judgeSql,
  sqlContent,
  sqlSession,
  statementsIn,
  withSqlComments,
} from './fences/sql-content.ts';
import {
  commandAndOutput,
  commandAndPutOut,
  holdsCommands,
  isRootMixed,
  isRootOnly,
  namesItsProgram,
  setsWhatIsUsed,
} from './fences/sure-commands.ts';
import { BY_HAND, CONSOLE, DATA, PLAIN, SHELL, SQL } from './fences/tags.ts';
import { isKept } from './kept.ts';
import { asksToPut, asksToRun } from './leads.ts';
import { holdsPrompt } from './prompts.ts';
import { looksLikeSql, sqlBehindClient } from './reads-as-sql.ts';
import { looksLikeProse, readsAsCommand } from './shell-words.ts';
import { readTranscript, type Transcript } from './transcript.ts';

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
  if (isInterpreted(language, text))
    return plain('console', text, `fence \`${language}\` for the console of a program`);
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

/** Comments as the text that they hold. */
const withoutHashes = (text: string): string => text.replace(/^[ \t]*#+ ?/gm, '');

/**
 * `docker exec -it web sh` without a prompt, and below it lines with the prompts of whatever that opened: typed there, and
 * nothing for a shell of ours.
 */
function isOpenedAbove(
  text: string,
  transcript: Transcript | undefined,
  { tools }: FenceContext,
): boolean {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => /^\s*[^\s#]/.test(line));
  const [prompted] = transcript?.entries ?? [];
  if (prompted === undefined || first < 0 || first >= prompted.line) return false;
  const opening = lines[first]?.trim() ?? '';
  const isCommand = /^[a-z./~]/.test(opening) && readsAsCommand(opening, tools) !== 'no';
  return isCommand || shellFacts(opening).sessions.length > 0;
}

const openedAbove = (text: string, named: string): FenceContent =>
  mistagged('console', text, `${named} with a session that its first line opens`);

function judgeShell(language: string, text: string, context: FenceContext): FenceContent {
  const why = `fence \`${language}\``;
  if (isForWindows(text)) return mistagged('console', text, `${why} with commands for Windows`);
  const session = sqlSession(text, why, context);
  if (session !== undefined) return { ...session, mistagged: true };
  if (isForInterpreter(text))
    return mistagged('console', text, `${why} for the console of a program`);
  const transcript = startsOnDevice(text)
    ? undefined
    : readTranscript(
        text,
        (line) => readsAsCommand(line, context.tools),
        CONSOLE.has(language) || isRootAsked(text, context),
        true,
      );
  if (isOpenedAbove(text, transcript, context)) return openedAbove(text, why);
  if (transcript && isTypedIntoFile(transcript, context))
    return mistagged('config', text, `${why} that holds text for a file`);
  if (transcript) return transcribed(text, transcript, why);
  if (hasGluedPrompt(text, context))
    return mistagged('console', text, `${why} for the console of a device`);
  if (isCommentsOnly(text)) {
    if (isStamped(withoutHashes(text)))
      return plain('output', withoutHashes(text), `${why} that shows a log, in comments`);
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

/** `# ` in front of commands that the words above ask for: elsewhere they may be commented out. */
const isRootAsked = (text: string, context: FenceContext): boolean =>
  asksToRun(context.lead, context.languages ?? []) &&
  (isRootOnly(text, context) || isOfPageTools(text, context));

/** Comments that begin with a program which other fences of the page run, and whose name is no word. */
function isOfPageTools(text: string, { tools }: FenceContext): boolean {
  const typed = text.split('\n').filter((line) => line.trim() !== '');
  const isTool = (line: string): boolean => {
    const name = /^# ([\w.]{1,40}[-_\d][\w.-]{0,40})(?: |$)/.exec(line)?.[1];
    return name !== undefined && tools.has(name) && !looksLikeProse(line.slice(2));
  };
  return typed.length > 0 && typed.every(isTool);
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
  if (isForInterpreter(text))
    return { ...plain('console', text, `${named} for the console of a program`), inferred: true };
  const transcript = startsOnDevice(text)
    ? undefined
    : readTranscript(
        text,
        (line) => readsAsCommand(line, context.tools),
        isRootOnly(text, context),
      );
  if (isOpenedAbove(text, transcript, context)) return openedAbove(text, named);
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
      return as(
        'console',
        text,
        `${named} for the console of ${features.device ? 'a device' : 'Windows'}`,
      );
    case 'prose':
      // Sentences among commands are a person's to make sense of; sentences alone are shown.
      return isTagged && (features.sure > 0 || features.proseWithCode)
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

/** What only reads may show a prompt that is none; what the records know to open a session is told by them. */
const mayOpen = ({ effect, sessions }: ShellFacts): boolean =>
  sessions.length === 0 && !onlyReads(effect);

/**
 * Whether what stands behind a prompt may have been printed by the command above it: that has the very line in it, or shows a
 * text whose last line leads over to it ("To restart:").
 */
function isShownBy(
  before: TranscriptEntry | undefined,
  entry: TranscriptEntry | undefined,
  lines: readonly string[],
): boolean {
  if (before === undefined || entry === undefined) return false;
  const [typed = ''] = entry.command.split('\n', 1);
  const isPrinted = /^(?:printf|echo|cat <<)/.test(before.command);
  if (isPrinted && ['$', '#', '%', '>'].some((sign) => before.command.includes(`${sign} ${typed}`)))
    return true;
  // "# Reload with:" over "# systemctl reload app" may both be of a file; over "$ reload" it is a note.
  const [noted = '', own = ''] = lines.slice(entry.line - 1, entry.line + 1);
  const isNoted = /^#.{0,200}[:：]$/.test(noted) && own.startsWith('#');
  const last = before.output.trimEnd().split('\n').at(-1) ?? '';
  return (isNoted || /[:：]$/.test(last)) && shellFacts(before.command).effect === 'reads';
}

/** A session of a shell; one with a command that never finishes is left to a person. */
function transcribed(text: string, transcript: Transcript, fence: string): FenceContent {
  const { unfinished, entries } = transcript;
  if (unfinished !== undefined)
    return mistagged(
      'comments',
      text,
      `${fence} with a session whose command in line ${unfinished + 1} never ends`,
    );
  const inside = entries.find(
    ({ command, output }) => holdsPrompt(output) && mayOpen(shellFacts(command)),
  );
  if (inside !== undefined)
    return mistagged(
      'console',
      text,
      `${fence} in which line ${inside.line + 1} opens a session, and more is typed there`,
    );
  const content = {
    ...plain('commands', transcript.text, `${fence} with prompts`),
    transcript: entries,
  };
  const lines = text.split('\n');
  const shown = entries.find((_, at) => isShownBy(entries[at - 1], entries[at], lines));
  if (shown === undefined) return content;
  const or = `line ${shown.line + 1} may be of what the command above it prints`;
  return { ...content, doubt: { as: 'it has the prompt of what is typed', or } };
}
