import { namesInCondition, parseCondition } from '../model/condition.ts';
import type { InputUse, Step } from '../model/runbook.ts';
import type { Quoting } from '../resolve.ts';
import { isBashVariable } from '../shell/bash-variables.ts';
import { shellFacts } from '../shell/facts.ts';
import { isWildInput, surroundingsOf, type WildCandidate, wildCandidates } from '../shell/wild.ts';
import { filledWords } from './filled-words.ts';

/** One use of an input, in the file. */
export interface SpelledUse {
  readonly name: string;
  readonly spelling: InputUse['spelling'];
  readonly line: number;
  readonly kind: 'declared' | 'wild' | 'variable';
  readonly defaultOf?: string;
}

const NAME = /\{\{(?!\{)([A-Za-z_][\w.-]{0,127})(?:\|[a-z]{1,20})?\}\}/g;

/**
 * Every use of an input in a step, in the order of the text: `{{name}}` of the names that are known, the
 * spellings of the wild, and shell variables that the step itself does not set.
 */
export function usesInStep(
  step: Step,
  quoting: Quoting,
  known: ReadonlySet<string>,
): readonly SpelledUse[] {
  const given = step.given ?? {};
  const uses = [...declaredIn(step, known), ...wildIn(step, quoting)];
  if (quoting === 'shell') uses.push(...variablesIn(step));
  const own = uses.filter(({ name }) => !Object.hasOwn(given, name));
  const madeOf = Object.entries(given).flatMap(([name, text]) =>
    namesIn(text, known)
      .filter((one) => one.name === name || !Object.hasOwn(given, one.name))
      .map((one) => ({ ...one, line: step.line, kind: 'declared' as const })),
  );
  const around = namesIn((step.whenAround ?? []).map(conditionIn).join(' '), known).map((one) => ({
    ...one,
    line: step.line,
    kind: 'declared' as const,
  }));
  return [...own, ...madeOf, ...around].sort((one, other) => one.line - other.line);
}

function declaredIn(step: Step, known: ReadonlySet<string>): readonly SpelledUse[] {
  const { annotations } = step;
  const elsewhere = [
    ...filledWords(step),
    conditionIn(annotations.when),
    step.expectation?.text ?? '',
  ].join(' ');
  const inText = namesIn(step.text, known).map(({ name, spelling, line }) => ({
    name,
    spelling,
    line: step.textLine + line,
    kind: 'declared' as const,
  }));
  const seen = new Set(inText.map(({ name }) => name));
  const others = namesIn(elsewhere, known).filter(({ name }) => !seen.has(name));
  return [
    ...inText,
    ...others.map(({ name, spelling }) => ({
      name,
      spelling,
      line: step.line,
      kind: 'declared' as const,
    })),
  ];
}

/** `when` names its inputs bare: `rehearse = no`. */
function conditionIn(when: string | undefined): string {
  if (when === undefined) return '';
  const read = parseCondition(when);
  return read.ok
    ? namesInCondition(read.condition)
        .map((name) => `{{${name}}}`)
        .join(' ')
    : '';
}

function namesIn(
  text: string,
  known: ReadonlySet<string>,
): readonly { readonly name: string; readonly spelling: string; readonly line: number }[] {
  const found: { name: string; spelling: string; line: number }[] = [];
  let line = 0;
  let at = 0;
  for (const match of text.matchAll(NAME)) {
    for (; at < match.index; at += 1) if (text[at] === '\n') line += 1;
    const name = match[1] ?? '';
    if (known.has(name)) found.push({ name, spelling: match[0], line });
  }
  return found;
}

function wildIn(step: Step, quoting: Quoting): readonly SpelledUse[] {
  if (quoting === 'none') return [];
  if (quoting === 'shell') {
    const { assigns, wildInputs } = factsOf(step);
    const { host, in: inside } = step.annotations;
    // Another place has an environment of its own.
    const isHere = host === undefined && inside === undefined;
    return wildInputs.map(({ name, spelling, line, defaultOf }) => ({
      name,
      spelling,
      line: step.textLine + line,
      kind: 'wild',
      ...(defaultOf !== undefined && isHere && !assigns.includes(defaultOf) ? { defaultOf } : {}),
    }));
  }
  // Queries and requests have braces, brackets and angles of their own: judged as strictly as strings.
  return wildCandidates(step.text)
    .filter((candidate) =>
      isWildInput(candidate, {
        // Bare braces are no SQL; in quotes they may be an array or a document.
        context: quoting === 'sql' && isBareBrace(step.text, candidate) ? 'bare' : 'here-document',
        command: '',
        ...surroundingsOf(step.text, candidate),
      }),
    )
    .map(({ name, spelling, start }) => ({
      name,
      spelling,
      line: step.textLine + step.text.slice(0, start).split('\n').length - 1,
      kind: 'wild',
    }));
}

/** `{id}` outside of quotes. */
function isBareBrace(text: string, { kind, start }: WildCandidate): boolean {
  if (kind !== 'brace') return false;
  const before = text.slice(Math.max(0, start - MOST_BEFORE), start);
  return (before.match(/'/g)?.length ?? 0) % 2 === 0 && !/\$\$|\$\w+\$/.test(before);
}

const MOST_BEFORE = 20_000;

function variablesIn(step: Step): readonly SpelledUse[] {
  const own = step.annotations.env ?? {};
  return factsOf(step)
    .uses.filter(({ name, defaulted }) => !defaulted && !isBashVariable(name))
    .filter(({ name }) => !Object.hasOwn(own, name))
    .map(({ name, line }) => ({
      name,
      spelling: `$${name}`,
      line: step.textLine + line,
      kind: 'variable',
    }));
}

/** The facts that came with the step, or those of its text. */
export function factsOf(step: Step): ReturnType<typeof shellFacts> {
  return step.shell ?? shellFacts(step.text);
}
