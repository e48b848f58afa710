import type { Diagnostic } from './model/diagnostic.ts';
import type { RunReport, StepReport } from './model/report.ts';
import type { Runbook, Step } from './model/runbook.ts';
import { findProgram } from './programs/find.ts';
import { type SecretValue, secretValues } from './programs/secrets.ts';
import { maskedWord, masker } from './redacting/searcher.ts';
import { isPlaceholder, literalSecrets } from './secrets.ts';

/** A secret that the author wrote into a step. Lines count from 0 within its text. */
export interface WrittenSecret {
  readonly value: string;
  readonly what: string;
  readonly line: number;
}

const MIN_LENGTH = 4;

const found = new WeakMap<Step, readonly WrittenSecret[]>();

/**
 * Secrets written into a step, by the shape of their values and by the options they are given to. Looked for once: the
 * check before a run and the run itself both ask, and the second use of an expression has it compiled once more (2 ms of 70).
 */
export function writtenSecrets(step: Step): readonly WrittenSecret[] {
  const known = found.get(step) ?? lookFor(step);
  found.set(step, known);
  return known;
}

/** Findings quote commands, on the screen and in the record: what is written into these steps is masked in them. */
export function withoutSecrets(
  findings: readonly Diagnostic[],
  steps: readonly Step[],
): readonly Diagnostic[] {
  const values = steps.flatMap(writtenSecrets).map(({ value }) => value);
  if (values.length === 0) return findings;
  const masked = masker(values);
  return findings.map((finding) => ({
    ...finding,
    message: masked(finding.message),
    ...(finding.hint === undefined ? {} : { hint: masked(finding.hint) }),
  }));
}

/**
 * What is said of a step is shown everywhere, and makes its id: what its author should not have written is masked in it.
 * What is quoted as code is a command whole; in `from`, where the words come from, code is still to be seen.
 */
export function withoutWritten(said: string, from = ''): string {
  const written = from === '' ? writtenIn(said) : [...writtenIn(said), ...writtenIn(from)];
  return maskedIn(
    said,
    written.map(({ value }) => value),
  );
}

/**
 * A page and what is told of its run as a record shows them: what is written into its steps and words is masked wherever
 * it stands, and every line stays a line. What may as well be a word ("root") is masked only on lines that give it as a secret.
 */
export function recordWithoutSecrets(
  record: RecordToShow,
  worth: readonly WrittenPiece[],
): RecordToShow & { readonly masked: (text: string) => string } {
  if (worth.length === 0) return { ...record, masked: (text) => text };
  const { source, runbook, report } = record;
  const here = Map.groupBy(worth, ({ line }) => line);
  const everywhere = [
    ...new Set(worth.map(({ value }) => value).filter((value) => !isWordLike(value))),
  ];
  const masked = masker(everywhere);
  const shown = (text: string, above: number): string =>
    masked(text)
      .split('\n')
      .map((line, at) => (here.get(above + at) ?? []).reduce(maskedHere, line))
      .join('\n');
  const byLine = new Map(runbook.steps.map((step) => [step.line, step]));
  const told = toldBy(masked);
  const ran = (step: StepReport): StepReport => ({
    ...told(step),
    attempts: step.attempts.map((attempt) => {
      const { textLine, text } = byLine.get(step.line) ?? { textLine: 1, text: '' };
      // What ran of a part of a fence begins where that part does.
      const part = text.slice(0, Math.max(0, text.indexOf(attempt.text)));
      return {
        ...told(attempt),
        text: shown(attempt.text, textLine - 1 + part.split('\n').length - 1),
      };
    }),
  });
  const steps = runbook.steps.map((step) => ({
    ...step,
    text: shown(step.text, step.textLine - 1),
  }));
  return {
    source: shown(source, 0),
    runbook: { ...runbook, steps },
    report: { ...told(report), steps: report.steps.map(ran) },
    masked,
  };
}

/** Where a run tells in words; what is looked up, compared or counted (ids, files, times, hashes) stays as it is. */
const IN_WORDS: ReadonlySet<string> = new Set([
  ...['title', 'why', 'note', 'text', 'detail', 'message', 'hint', 'reason', 'warnings', 'facts'],
]);

/** Everything that is told in words, at any depth. */
function toldBy(masked: (text: string) => string): <Told>(told: Told) => Told {
  const each = (told: unknown, isSaid: boolean): unknown => {
    if (typeof told === 'string') return isSaid ? masked(told) : told;
    if (Array.isArray(told)) return told.map((one) => each(one, isSaid));
    if (typeof told !== 'object' || told === null) return told;
    const within = Object.entries(told).map(([key, value]) => [
      key,
      each(value, isSaid || IN_WORDS.has(key)),
    ]);
    return Object.fromEntries(within);
  };
  return <Told>(told: Told) => each(told, false) as Told;
}

/** A line of a secret that an author wrote, and where it stands in the page. */
export interface WrittenPiece {
  readonly value: string;
  readonly line: number;
}

/** What a record does not show of a page. It hangs on the page alone, and asks what is known of all programs. */
export function writtenPieces({ source, runbook }: PageToShow): readonly WrittenPiece[] {
  const own = runbook.steps.flatMap((step) =>
    writtenSecrets(step).map((one) => ({ ...one, line: step.textLine - 1 + one.line })),
  );
  return [...own, ...writtenIn(source)]
    .flatMap(({ value, line }) =>
      value.split('\n').map((piece, at) => ({ value: piece.trim(), line: line + at })),
    )
    .filter(({ value }) => value.length >= MIN_LENGTH);
}

interface RecordToShow extends PageToShow {
  readonly report: RunReport;
}

export interface PageToShow {
  readonly source: string;
  readonly runbook: Runbook;
}

export const isWordLike = (value: string): boolean => /^(?:\p{L}{1,11}|\d{1,5})$/u.test(value);

const maskedHere = (line: string, { value }: WrittenPiece): string =>
  isWordLike(value) ? maskedWord(line, value) : line;

const maskedIn = (text: string, values: readonly string[]): string => masker(values)(text);

function lookFor(step: Step): readonly WrittenSecret[] {
  if (step.language === null && !step.shell) return writtenIn(step.text);
  return joined(byShape(step.text), byOption(step.shell?.commands ?? writtenLines(step.text)));
}

/** Secrets in what is said to people: by shape, and in the commands that are named there. */
function writtenIn(text: string): readonly WrittenSecret[] {
  return joined(byShape(text), byOption(namedCommands(text)));
}

function byShape(text: string): readonly WrittenSecret[] {
  let line = 0;
  let from = 0;
  return literalSecrets(text).map(({ value, what, start }) => {
    for (let at = text.indexOf('\n', from); at >= 0 && at < start; at = text.indexOf('\n', from)) {
      line += 1;
      from = at + 1;
    }
    return { value, what, line };
  });
}

interface Given {
  readonly line: number;
  readonly secrets?: readonly SecretValue[];
}

const byOption = (commands: readonly Given[]): readonly WrittenSecret[] =>
  commands.flatMap(({ secrets = [], line }) =>
    secrets
      .filter(({ value }) => value.length >= MIN_LENGTH && !isPlaceholder(value))
      .map(({ value, what }) => ({ value, what: `a secret: ${what}`, line })),
  );

function joined(
  shapes: readonly WrittenSecret[],
  options: readonly WrittenSecret[],
): readonly WrittenSecret[] {
  const keyOf = ({ line, value }: WrittenSecret): string => `${line} ${value}`;
  const known = new Set(shapes.map(keyOf));
  return [...shapes, ...options.filter((one) => !known.has(keyOf(one)))];
}

/** The commands of a fence that no shell here reads, such as those for Windows: a line each. */
const writtenLines = (text: string): readonly Given[] =>
  text.split('\n').map((written, line) => ({
    line,
    secrets: secretValues(
      wordsIn(written).map((word, at) => (at === 0 ? word.replace(/\.exe$/i, '') : word)),
    ),
  }));

const wordsIn = (line: string): readonly string[] =>
  line.match(/"[^"]{0,2000}"|'[^']{0,2000}'|[^\s"'`]+/g) ?? [];

/** More words than that is no command that somebody names in a sentence. */
const MOST_WORDS = 40;

/** What is written as code, and the programs whose names stand in a sentence with options behind them. */
function namedCommands(text: string): readonly Given[] {
  return text.split('\n').flatMap((written, line) => {
    // Each takes its secret behind an option or another word.
    if (!/\S[\t ]+\S/.test(written)) return [];
    const codes = [...written.matchAll(/`([^`]{1,2000})`/g)].map(([, code = '']) => ({
      line,
      secrets: secretValues(wordsIn(code)),
    }));
    const words = wordsIn(written).map((word) => word.replace(/(?<![;,:.)])[;,:.)]+$/, ''));
    const named = words.flatMap((word, at) =>
      findProgram(word)?.secrets === undefined
        ? []
        : secretValues(words.slice(at, at + MOST_WORDS)).filter(({ operand }) => operand !== true),
    );
    return [...codes, { line, secrets: named }];
  });
}
