import type { Diagnostic } from './model/diagnostic.ts';
import type { Step } from './model/runbook.ts';
import { type SecretValue, secretValues } from './programs/secrets.ts';
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
  const values = new Set(steps.flatMap(writtenSecrets).map(({ value }) => value));
  if (values.size === 0) return findings;
  const longestFirst = [...values].sort((one, other) => other.length - one.length);
  const masked = (text: string): string =>
    longestFirst.reduce((shown, value) => shown.replaceAll(value, '***'), text);
  return findings.map((finding) => ({
    ...finding,
    message: masked(finding.message),
    ...(finding.hint === undefined ? {} : { hint: masked(finding.hint) }),
  }));
}

function lookFor(step: Step): readonly WrittenSecret[] {
  const byShape = literalSecrets(step.text).map(({ value, what, start }) => ({
    value,
    what,
    line: step.text.slice(0, start).split('\n').length - 1,
  }));
  const keyOf = ({ line, value }: WrittenSecret): string => `${line} ${value}`;
  const known = new Set(byShape.map(keyOf));
  const commands = step.shell?.commands ?? (step.language === null ? [] : writtenLines(step.text));
  const byOption = commands.flatMap(({ secrets = [], line }) =>
    secrets
      .filter(({ value }) => value.length >= MIN_LENGTH && !isPlaceholder(value))
      .map(({ value, what }) => ({ value, what: `a secret: ${what}`, line })),
  );
  return [...byShape, ...byOption.filter((one) => !known.has(keyOf(one)))];
}

/** The commands of a fence that no shell here reads, such as those for Windows: a line each. */
const writtenLines = (
  text: string,
): readonly { readonly line: number; readonly secrets: readonly SecretValue[] }[] =>
  text.split('\n').map((written, line) => ({
    line,
    secrets: secretValues(
      (written.match(/"[^"]{0,2000}"|'[^']{0,2000}'|[^\s"']+/g) ?? []).map((word, at) =>
        at === 0 ? word.replace(/\.exe$/i, '') : word,
      ),
    ),
  }));
