import type { Procedure, Reference, Runbook, Step, StepPart } from '../../engine/model/runbook.ts';
import { pageWithoutSecrets } from '../../engine/shown-page.ts';

/** A runbook as `show --json` prints it: the documented shape, without what only the engine needs, secrets of its author masked. */
export function showJson(runbook: Runbook): object {
  const shown = pageWithoutSecrets(runbook);
  const { path, title, sha256, kind, procedures, steps, references, inputs, diagnostics } = shown;
  return {
    path,
    title,
    sha256,
    kind,
    procedures: procedures.map(procedureJson),
    steps: steps.map(stepJson),
    references: references.map(referenceJson),
    // `$1` of a script is a word it is started with, and nothing to be given.
    inputs: inputs.filter(({ name }) => !/^\d+$/.test(name)),
    diagnostics,
  };
}

function procedureJson(procedure: Procedure): object {
  const { id, trail, title, level, line, role, budgetMs, timeOfDay, severity, nested } = procedure;
  return { id, trail, title, level, line, role, budgetMs, timeOfDay, severity, nested };
}

function stepJson(step: Step): object {
  const { id, type, title, procedure, line, endLine, effect, language, text, inputs } = step;
  const { expectation, annotations, why, inferred, doubtful, label, parts, condition } = step;
  return {
    id,
    type,
    title,
    procedure,
    line,
    endLine,
    effect,
    language,
    text,
    inputs,
    expectation: expectation && { line: expectation.line, match: expectation.match },
    annotations,
    why,
    inferred,
    ...(doubtful ? { doubtful } : {}),
    label,
    condition: condition ?? null,
    parts: parts.map(partJson),
  };
}

function partJson({ title, line, endLine, condition }: StepPart): object {
  return { title, line, endLine, ...(condition === undefined ? {} : { condition }) };
}

function referenceJson({ line, language, why }: Reference): object {
  return { line, language, why };
}
