import { asRead } from './expect/filled.ts';
import { compareHead, type HttpMessage, parseHttpMessage } from './expect/http-message.ts';
import { compareJson, type JsonMatch } from './expect/json-compare.ts';
import { lineDiff } from './expect/line-diff.ts';
import { type LinePattern, parseLinePattern } from './expect/line-pattern.ts';
import { linesMatch, toLines } from './expect/match-lines.ts';
import { compileRegex } from './expect/regex.ts';
import { findJson, type Json, parseSampleJson } from './expect/sample-json.ts';
import { shown } from './expect/shown.ts';
import { compareTranscript, parseObserved, type TranscriptCommand } from './expect/transcript.ts';
import type { ExpectationResult } from './model/event.ts';
import type { Expectation } from './model/runbook.ts';
import { readTranscript } from './reading/transcript.ts';

/** What a comparison may need besides the texts. */
export interface ExpectationOptions {
  /** Exit codes that pass where a transcript states none. Default: 0. */
  readonly exitCodes?: readonly number[];
  /** The transcript as the reader found it; else it is read from the expectation's own text. */
  readonly transcript?: readonly TranscriptCommand[];
}

/** Longest detail, in characters. */
const MAX_DETAIL_CHARS = 12_000;
/** Most lines of output that are compared. */
const MAX_LINES = 200_000;

/**
 * Compares what a step observed with what its runbook expects. Pure, and linear in practice whatever is in the texts.
 *
 * - JSON samples: by state (the default), `similar`, `shape`, `subset` or `exact`; see `compareJson`.
 * - Text: the text dialect, line by line; `subset` finds the expected lines in order with anything between;
 *   `exact` lets white space at line ends and blank last lines count.
 * - Transcripts: `observed` is a JSON array of `{"command","output","exitCode"}`; each command on its own.
 * - HTTP samples that begin with a status line: status, headers and body.
 *
 * The detail quotes the output: mask secrets in it before it is stored.
 */
export function compareExpectation(
  expectation: Expectation,
  observed: string,
  options: ExpectationOptions = {},
): ExpectationResult {
  const difference = differenceOf(expectation, observed, options);
  return {
    line: expectation.line,
    passed: difference === '',
    advisory: expectation.advisory,
    detail:
      difference.length > MAX_DETAIL_CHARS
        ? `${difference.slice(0, MAX_DETAIL_CHARS)}…`
        : difference,
  };
}

function differenceOf(
  expectation: Expectation,
  observed: string,
  options: ExpectationOptions,
): string {
  const commands = parseObserved(observed);
  const output = commands ? commands.map((command) => command.output).join('') : observed;
  if (expectation.regex !== undefined) return compareRegex(expectation.regex, output);
  if (commands) {
    const transcript =
      options.transcript ?? readTranscript(expectation.text, () => 'sure')?.entries ?? [];
    const exact = expectation.match === 'exact';
    if (transcript.length > 0) {
      return compareTranscript(transcript, commands, exact, options.exitCodes ?? [0]);
    }
  }
  return (
    compareHttp(expectation, output) ?? compareContent(expectation.match, expectation.text, output)
  );
}

function compareHttp(expectation: Expectation, observed: string): string | undefined {
  const expected = expectedMessage(expectation.text.trimStart());
  const got = parseHttpMessage(observed);
  if (!expected || !got) return undefined;
  const head = compareHead(expected, got, expectation.match === 'exact');
  const match =
    parseSampleJson(expected.body) !== undefined && expectation.match === 'text'
      ? 'state'
      : expectation.match;
  const body = expected.body.trim() === '' ? '' : compareContent(match, expected.body, got.body);
  return [...numbered(head), body].filter(Boolean).join('\n');
}

function expectedMessage(text: string): HttpMessage | undefined {
  const message = parseHttpMessage(text);
  if (message === undefined) return parseHttpMessage(asRead(text));
  return {
    ...message,
    headers: message.headers.map(([name, value]) => [name, asRead(value)] as const),
  };
}

function compareContent(match: Expectation['match'], text: string, observed: string): string {
  const sample =
    match === 'text' ? undefined : (parseSampleJson(text) ?? parseSampleJson(asRead(text)));
  if (sample !== undefined && match !== 'text') return compareSample(sample, match, observed);
  return compareText(text, observed, match);
}

function compareSample(sample: Json, match: JsonMatch, observed: string): string {
  const got = findJson(observed);
  if (got === undefined) {
    const first = toLines(observed).find((line) => line.text.trim() !== '');
    return `JSON was expected, but the output ${first ? `is \`${shown(first.text)}\`` : 'is empty'}.`;
  }
  const found = compareJson(sample, got, match).map(
    ({ path, of, expected, got: value }) =>
      `\`${shown(path)}\`${of === '' ? '' : ` of ${JSON.stringify(shown(of))}`}: expected ${shown(asRead(expected))}, got ${shown(value)}`,
  );
  return numbered(found).join('\n');
}

function numbered(found: readonly string[]): readonly string[] {
  return found.map((sentence, index) => `${index + 1}. ${sentence}`);
}

function compareText(text: string, observed: string, match: Expectation['match']): string {
  const strict = match === 'exact';
  const expected = toLines(text).map((line) => parseLinePattern(line.text, strict));
  const patterns = match === 'subset' ? withGaps(expected) : expected;
  const problem = patterns.find((pattern) => pattern.problem);
  if (problem) return `\`${shown(problem.source)}\` can never match: ${problem.problem}.`;
  const lines = strict
    ? toLines(observed)
    : withoutBlankEnds(toLines(observed), (line) => line.text);
  const wanted = strict ? patterns : withoutBlankEnds(patterns, (pattern) => pattern.source);
  if (lines.length > MAX_LINES)
    return `The output has ${lines.length} lines; at most ${MAX_LINES} are compared.`;
  return linesMatch(wanted, lines) ? '' : lineDiff(wanted, lines);
}

function withGaps(patterns: readonly LinePattern[]): readonly LinePattern[] {
  const gap = parseLinePattern('...', false);
  return [gap, ...patterns.flatMap((pattern) => [pattern, gap])];
}

function withoutBlankEnds<Line>(
  lines: readonly Line[],
  textOf: (line: Line) => string,
): readonly Line[] {
  const blank = (line: Line | undefined): boolean =>
    line !== undefined && textOf(line).trim() === '';
  let from = 0;
  let to = lines.length;
  while (from < to && blank(lines[from])) from += 1;
  while (to > from && blank(lines[to - 1])) to -= 1;
  return lines.slice(from, to);
}

function compareRegex(source: string, output: string): string {
  try {
    const regex = compileRegex(source);
    if (regex.finds(output) || regex.finds(output.trimEnd())) return '';
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return `\`${shown(source)}\` can never match: it holds ${why}.`;
  }
  const first = toLines(output).find((line) => line.text.trim() !== '');
  const got = first ? `begins with \`${shown(first.text)}\`` : 'is empty';
  return `Nothing in the output is matched by \`${shown(source)}\`; the output ${got}.`;
}
