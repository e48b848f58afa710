import type { FenceContent } from '../../model/block.ts';
import { logicalLines } from '../logical-lines.ts';
import { looksTyped } from '../prompts.ts';
import { looksLikeProse, readsAsCommand } from '../shell-words.ts';
import { plain } from './fence-content.ts';
import type { FenceContext } from './fence-context.ts';
import { programOf } from './fence-features.ts';
import { isCommentsOnly } from './forms.ts';
import { isPutOut } from './shapes.ts';

/** Whether no line of a script is surely a command: pasted output may then be taken for one. */
export function isDoubtful(text: string, tools: Pick<ReadonlySet<string>, 'has'>): boolean {
  return !logicalLines(text).some((line) => readsAsCommand(line, tools) === 'sure');
}

/** Every command of it is one for sure; what a here-document holds is its own affair. */
export function holdsCommands(text: string, { tools }: FenceContext): boolean {
  const lines = logicalLines(text);
  return (
    lines.length > 0 &&
    lines.every((line) => !/^[\w-]+:/.test(line) && readsAsCommand(line, tools) === 'sure')
  );
}

/** "```git" over `git pull`: the tag is the program, not a language. */
export function namesItsProgram(language: string, text: string, { tools }: FenceContext): boolean {
  const lines = logicalLines(text);
  return (
    /^[a-z][\w-]+$/.test(language) &&
    lines.some((line) => programOf(line) === language && /\s/.test(line)) &&
    lines.every((line) => programOf(line) === language || readsAsCommand(line, tools) === 'sure')
  );
}

/** Assignments and nothing else, each of a variable that a later fence uses. */
export function setsWhatIsUsed(text: string, { usedLater }: FenceContext): boolean {
  const lines = logicalLines(text);
  return (
    lines.length > 0 &&
    lines.every((line) => {
      const name = /^(?:export\s+)?([A-Za-z_]\w*)=(?:"[^"]*"|'[^']*'|[^\s"']*)$/.exec(line)?.[1];
      return name !== undefined && usedLater.has(name);
    })
  );
}

/** Nothing but commands behind `# `: what root types, where nothing says that the fence is a script. */
export const isRootOnly = (text: string, context: FenceContext): boolean =>
  isCommentsOnly(text) && isRootMixed(text, context);

/** Whether all that stands behind `# ` would be a command. */
export function isRootMixed(text: string, { tools }: FenceContext): boolean {
  const typed = text
    .split('\n')
    .flatMap((line) => /^\s{0,32}#\s{1,8}(\S.*)$/.exec(line)?.[1] ?? []);
  const isCommand = (line: string): boolean =>
    readsAsCommand(line, tools) === 'sure' && !looksLikeProse(line) && looksTyped(line);
  return typed.length > 0 && typed.every(isCommand);
}

/**
 * A command and what it puts out below it, all in one fence and without a prompt. Of a fence that is said to be a session
 * the first line is typed, whatever it is.
 */
export function commandAndOutput(
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
export function commandAndPutOut(
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
