import { lineDiff } from './line-diff.ts';
import { parseLinePattern } from './line-pattern.ts';
import { linesMatch, toLines } from './match-lines.ts';
import { compileRegex } from './regex.ts';
import { shown } from './shown.ts';

/** A command of a transcript with what stands under it. */
export interface TranscriptCommand {
  readonly command: string;
  /** Expected output as written, without the line that states the exit code. */
  readonly output: string;
  /** The exit code that `[N]` states, `null` when nothing is stated. */
  readonly exitCode: number | null;
}

/** What a command of a transcript did. A step hands these on as `observed`, a JSON array in order. */
export interface ObservedCommand {
  readonly command: string;
  /** Standard output and error, in the order they came. */
  readonly output: string;
  readonly exitCode: number;
}

/** The line directly under a command that states its end in trycmd: `? 2`, `? failed`. */
const TRYCMD_STATUS = /^\? (\d{1,3}|success|failed)$/;

/** Reads what a step observed of a transcript; `undefined` when the text is something else. */
export function parseObserved(text: string): readonly ObservedCommand[] | undefined {
  if (!text.startsWith('[')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.length > 0 && value.every(isObserved) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObserved(value: unknown): value is ObservedCommand {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 3) return false;
  return (
    'command' in value &&
    'output' in value &&
    'exitCode' in value &&
    typeof value.output === 'string' &&
    typeof value.exitCode === 'number'
  );
}

/**
 * Compares a transcript with what its commands did, in order. A command without output lines asserts nothing about its
 * output unless `exact`; an exit code that is not stated must be one of `exitCodes`. Returns the differences, `''` for none.
 */
export function compareTranscript(
  expected: readonly TranscriptCommand[],
  observed: readonly ObservedCommand[],
  exact: boolean,
  exitCodes: readonly number[],
): string {
  const found: string[] = [];
  for (const [index, entry] of expected.entries()) {
    const got = observed[index];
    if (!got) {
      found.push(`\`${shown(entry.command)}\` was not reached.`);
      break;
    }
    const wrong = compareCommand(entry, got, exact, exitCodes);
    if (wrong !== '') found.push(`\`${shown(entry.command)}\`: ${wrong}`);
  }
  return found.slice(0, 5).join('\n');
}

function compareCommand(
  entry: TranscriptCommand,
  got: ObservedCommand,
  exact: boolean,
  exitCodes: readonly number[],
): string {
  const inline = inlineExpectation(entry.command);
  if (inline) {
    const ended = exitDifference(
      inline.exitCode,
      got.exitCode,
      inline.exitCode === null ? null : exitCodes,
    );
    return [ended, inline.compare(got.output)].filter(Boolean).join(' ');
  }
  const lines = toLines(entry.output).map((line) => line.text);
  const status = TRYCMD_STATUS.exec(lines[0] ?? '')?.[1];
  const stated = status === undefined ? entry.exitCode : statedBy(status);
  const output = status === undefined ? lines : lines.slice(1);
  return [exitDifference(stated, got.exitCode, exitCodes), compareOutput(output, got.output, exact)]
    .filter(Boolean)
    .join(' ');
}

type ExitCode = number | 'failed' | null;

function statedBy(status: string): ExitCode {
  if (status === 'failed') return status;
  return status === 'success' ? 0 : Number(status);
}

/** `exitCodes` are those that pass when none is stated; `null`: any. */
function exitDifference(
  stated: ExitCode,
  got: number,
  exitCodes: readonly number[] | null,
): string {
  if (stated === 'failed') return got === 0 ? 'exit code 0 where a failure was expected.' : '';
  const fits = stated === null ? (exitCodes?.includes(got) ?? true) : stated === got;
  return fits ? '' : `exit code ${got} where ${stated ?? exitCodes?.join(' or ')} was expected.`;
}

function compareOutput(expected: readonly string[], output: string, exact: boolean): string {
  if (expected.length === 0 && !exact) return '';
  const patterns = expected.map((line) => parseLinePattern(line, exact));
  const problem = patterns.find((pattern) => pattern.problem);
  if (problem) return `\`${shown(problem.source)}\` can never match: ${problem.problem}.`;
  const lines = withoutBlankEnd(toLines(output), exact);
  return linesMatch(patterns, lines) ? '' : lineDiff(patterns, lines);
}

function withoutBlankEnd<Line extends { readonly text: string }>(
  lines: readonly Line[],
  exact: boolean,
): readonly Line[] {
  let end = lines.length;
  while (!exact && end > 0 && lines[end - 1]?.text.trim() === '') end -= 1;
  return lines.slice(0, end);
}

interface Inline {
  readonly exitCode: number | null;
  readonly compare: (output: string) => string;
}

/** What clitest's inline mark says at the end of a command: `#=> text`, `--regex`, `--egrep`, `--lines`, `--exit`, `--text`. */
function inlineExpectation(command: string): Inline | undefined {
  const mark = command.lastIndexOf(' #=> ');
  if (mark < 0) return undefined;
  const said = command.slice(mark + 5);
  const option = /^--(regex|egrep|perl|lines|exit|text)(?: (.*))?$/s.exec(said);
  const argument = option?.[2] ?? '';
  if (option?.[1] === 'exit') return { exitCode: Number(argument), compare: () => '' };
  const unknown = option === null ? /^--[a-z]+(?= |$)/.exec(said)?.[0] : undefined;
  if (unknown !== undefined)
    return {
      exitCode: null,
      compare: () =>
        `\`${unknown}\` of clitest is not checked here. Write \`--regex\`, \`--lines\` or the output below the command.`,
    };
  return {
    exitCode: null,
    compare: (output) => compareInline(option?.[1] ?? 'text', option ? argument : said, output),
  };
}

function compareInline(option: string, argument: string, output: string): string {
  const lines = toLines(output);
  if (option === 'lines') {
    return lines.length === Number(argument)
      ? ''
      : `${lines.length} lines where ${argument} were expected.`;
  }
  if (option === 'text')
    return output === `${argument}\n`
      ? ''
      : `\`${shown(output)}\` where \`${shown(argument)}\` was expected.`;
  try {
    const regex = compileRegex(argument);
    const found =
      option === 'egrep' ? lines.some((line) => regex.finds(line.text)) : regex.finds(output);
    return found || regex.finds(output.replace(/\n$/, ''))
      ? ''
      : `\`${shown(output)}\` is not matched by \`${shown(argument)}\`.`;
  } catch (error) {
    return `\`${shown(argument)}\` can never match: it holds ${error instanceof Error ? error.message : error}.`;
  }
}
