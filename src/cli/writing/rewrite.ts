import type { Runbook, Step } from '../../engine/model/runbook.ts';

/** What a step put out, by its id. */
export type Outputs = ReadonlyMap<string, string>;

/** A page with new text in its expected fences. */
export interface Rewritten {
  readonly text: string;
  /** Ids of the steps whose expected output was replaced. */
  readonly steps: readonly string[];
  /** Steps that state an output which is not in a fence of its own, or cannot stand in one, each with the reason. */
  readonly kept: readonly { readonly id: string; readonly why: string }[];
}

/**
 * Puts what the steps of a run put out into the fences that state what they should, and only there: the page's other
 * text, the fences' own marks and indentation stay as they are. Pure.
 */
export function rewriteExpected(text: string, runbook: Runbook, outputs: Outputs): Rewritten {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(/\r?\n/);
  const steps: string[] = [];
  const kept: { readonly id: string; readonly why: string }[] = [];
  const fences = new Map(runbook.references.map((reference) => [reference.line, reference]));
  // From the end, so that the lines above keep their numbers.
  for (const step of runbook.steps.toReversed()) {
    const output = outputs.get(step.id);
    if (output === undefined || step.expectation === null) continue;
    const fence = fences.get(step.expectation.line);
    const why = fence
      ? whyNot(lines, fence, output, step)
      : 'its output is stated in the step itself';
    if (!fence || why !== '') {
      kept.push({ id: step.id, why });
      continue;
    }
    const prefix = /^[\s>]*/.exec(lines[fence.line - 1] ?? '')?.[0] ?? '';
    const said = output.replace(/\n+$/, '').split('\n');
    const below = said.map((line) => (line === '' ? prefix.trimEnd() : prefix + line));
    const before = lines.slice(fence.line, fence.endLine - 1);
    if (before.join('\n') === below.join('\n')) continue;
    lines.splice(fence.line, fence.endLine - 1 - fence.line, ...below);
    steps.push(step.id);
  }
  return { text: lines.join(newline), steps: steps.toReversed(), kept: kept.toReversed() };
}

function whyNot(
  lines: readonly string[],
  fence: { readonly line: number; readonly endLine: number },
  output: string,
  step: Step,
): string {
  const opening = /^[\s>]*(`{3,}|~{3,})/.exec(lines[fence.line - 1] ?? '')?.[1];
  const closing = lines[fence.endLine - 1] ?? '';
  if (opening === undefined || !closing.trimEnd().endsWith(opening))
    return 'its fence is not closed';
  if (output.split('\n').some((line) => line.trimStart().startsWith(opening)))
    return 'its output would end the fence';
  if (step.expectation?.regex !== undefined) return 'it is compared with a pattern';
  return '';
}
