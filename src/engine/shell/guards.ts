import { shown } from '../expect/shown.ts';
import { type StatementLines, statementLines } from './statement-lines.ts';

/** A comment of a script that says what one of its commands prints: "# Should show: role:master". */
export interface Guard {
  /** 0-based line of the comment. */
  readonly line: number;
  /** What the command's output must contain; `''`: nothing at all may be printed. */
  readonly contains: string;
}

/** Lines of a script that are run as one, and what is to be seen of their output before anything else is run. */
export interface GuardedPiece {
  /** 0-based first line. */
  readonly line: number;
  readonly text: string;
  readonly guards: readonly Guard[];
}

/** What a comment says of the output; group 1 is the output. */
const SAYS =
  /(?:^|[ \t])#[ \t]{0,20}(?:should (?:output|return|print|show|say|be)|expect(?:ed|s)?(?: output| result)?|output should be|returns?)[ \t]{0,20}:[ \t]{0,20}(\S[^\n]{0,2000})$/i;

/** What a comment says where there must be no output. */
const SAYS_NOTHING =
  /(?:^|[ \t])#[ \t]{0,20}(?:(?:should|must) (?:output|return|print|show) (?:nothing|no (?:output|lines?|rows?))|(?:should|must) be (?:silent|empty)|no output(?: is)? expected|expect(?:ed|s)?:? (?:nothing|no output))[ \t.]{0,20}$/i;
const NOTHING = /^(?:nothing|no output|none|empty|\(none\)|\(empty\)|\(nothing\))\.?$/i;

/** Comments of one script that guard; more than anybody writes. */
const MAX_GUARDS = 200;

/** Whether a line may hold such a comment: enough to look closer. */
export const mayGuard = (text: string): boolean =>
  text.split('\n').some((line) => saying(line) !== undefined);

/** What cannot go on in another shell: options, traps, jobs, the status of the command before. */
const OF_ITS_SHELL =
  /\$[?!_]|\bPIPESTATUS\b|^[ \t]*(?:trap|set|shopt|exec|wait|coproc|jobs|fg|bg|disown)\b/m;

/** What a line says of an output, and where its comment begins. */
function saying(line: string): { readonly contains: string; readonly at: number } | undefined {
  const match = SAYS.exec(line) ?? SAYS_NOTHING.exec(line);
  if (match === null) return undefined;
  const contains = match[1]?.trim() ?? '';
  return { contains: NOTHING.test(contains) ? '' : contains, at: line.indexOf('#', match.index) };
}

/** The comments of a script that guard its commands, in order. */
export function guardsOf(text: string): readonly Guard[] {
  return mayGuard(text) ? guardedBy(text, statementLines(text)).map(({ guard }) => guard) : [];
}

/**
 * Cuts a script behind every command that a comment guards: what stands below is not run where that printed something else. `[]`
 * when nothing is guarded. `filled` is the text to be run, in which the commands are the same. A script whose shell cannot be left in
 * between is one piece.
 */
export function guardedPieces(text: string, filled: string): readonly GuardedPiece[] {
  if (!mayGuard(text)) return [];
  const found = guardedBy(text, statementLines(text));
  if (found.length === 0) return [];
  const statements = statementLines(filled);
  const whole = [{ line: 0, text: filled, guards: found.map(({ guard }) => guard) }];
  if (statements.length !== statementLines(text).length || !canBeLeft(filled, statements))
    return whole;
  const lines = filled.split('\n');
  const pieces: GuardedPiece[] = [];
  let from = 0;
  const cut = (to: number, guards: readonly Guard[]): void => {
    const piece = lines.slice(from, to);
    if (guards.length > 0 || piece.some((line) => !/^\s*(?:#.*)?$/.test(line)))
      pieces.push({ line: from, text: piece.join('\n'), guards });
    from = to;
  };
  for (const [index, { line, endLine }] of statements.entries()) {
    const guards = found.filter(({ at }) => at === index).map(({ guard }) => guard);
    if (guards.length === 0) continue;
    cut(Math.max(from, line), []);
    cut(Math.max(from, lastOnLine(statements, endLine) + 1), guards);
  }
  cut(lines.length, []);
  return pieces;
}

/** What is wrong with the output of a guarded command; `''` when nothing is. */
export function guardDifference({ contains }: Guard, output: string): string {
  if (contains === '') return emptyDifference(output);
  const [, , bare = contains] = /^(["'`])(.{1,2000})\1$/.exec(contains) ?? [];
  if (output.includes(contains) || output.includes(bare)) return '';
  const first = output.split('\n').find((line) => line.trim() !== '');
  const got = first === undefined ? 'is empty' : `begins with \`${shown(first)}\``;
  return `\`${shown(bare)}\` is nowhere in the output of the command, which ${got}.`;
}

function emptyDifference(output: string): string {
  const first = output.split('\n').find((line) => line.trim() !== '');
  return first === undefined
    ? ''
    : `nothing may be printed, and the output begins with \`${shown(first)}\`.`;
}

/** Guards with the statement of each: the one it stands in or right behind, else the one below. */
function guardedBy(
  text: string,
  statements: readonly StatementLines[],
): readonly { readonly guard: Guard; readonly at: number }[] {
  const lines = text.split('\n');
  const ends = new Set(statements.map(({ endLine }) => endLine));
  let start = 0;
  let count = 0;
  return lines.flatMap((written, line) => {
    const lineStart = start;
    start += written.length + 1;
    const said = saying(written);
    if (said === undefined || count >= MAX_GUARDS) return [];
    count += 1;
    const { contains } = said;
    const offset = lineStart + said.at;
    if (!isComment(text, statements, offset)) return [];
    const within = statements.findLastIndex(
      (one) => one.pos <= offset && (offset < one.end || one.line === line || one.endLine === line),
    );
    const above = statements.findLastIndex(({ endLine }) => endLine < line);
    const below = statements.findIndex((one) => one.line > line);
    const beside = isBehind(lines, ends, line) || below < 0 ? above : below;
    const at = within >= 0 ? within : beside;
    return at < 0 ? [] : [{ guard: { line, contains }, at }];
  });
}

/** Not a text of a here-document, nor of quotes. */
function isComment(text: string, statements: readonly StatementLines[], offset: number): boolean {
  return statements.every(({ pos, end, documents }) => {
    if (documents.some((each) => each.pos <= offset && offset < each.end)) return false;
    if (offset < pos || offset >= end) return true;
    const before = text.slice(pos, offset);
    return ['"', "'"].every((quote) => before.split(quote).length % 2 === 1);
  });
}

/** A command stands right above a comment, other such comments aside. */
function isBehind(lines: readonly string[], ends: ReadonlySet<number>, line: number): boolean {
  let above = line - 1;
  while (above >= 0 && saying(lines[above] ?? '') !== undefined && !ends.has(above)) above -= 1;
  return ends.has(above);
}

function lastOnLine(statements: readonly StatementLines[], line: number): number {
  return Math.max(
    line,
    ...statements.filter((one) => one.line === line).map(({ endLine }) => endLine),
  );
}

function canBeLeft(text: string, statements: readonly StatementLines[]): boolean {
  return (
    !text.startsWith('#!') &&
    !OF_ITS_SHELL.test(text) &&
    !statements.some(({ background }) => background)
  );
}
