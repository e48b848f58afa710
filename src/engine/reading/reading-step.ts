import type { Procedure, Step } from '../model/runbook.ts';

/** A stop at which a person reads the lines from `line` to `end`; `line` is the heading's, or the first of the text. */
export function readingStep(
  id: string,
  title: string,
  procedure: Pick<Procedure, 'id'> | undefined,
  { line, end }: { readonly line: number; readonly end: number },
  lines: readonly string[],
): Step {
  let endLine = Math.min(end, lines.length);
  while (endLine > line && (lines[endLine - 1] ?? '').trim() === '') endLine -= 1;
  const textLine = /^\s*#/.test(lines[line - 1] ?? '') ? line + 1 : line;
  return {
    id,
    type: 'read',
    traits: { isRun: false, quoting: 'none' },
    title,
    procedure: procedure?.id ?? '',
    line,
    endLine,
    effect: 'asks',
    effectWhy: '',
    language: null,
    text: lines
      .slice(textLine - 1, endLine)
      .join('\n')
      .trim(),
    textLine,
    body: {},
    inputs: [],
    parts: [],
    expectation: null,
    annotations: {},
    why: 'text that asks for something, without a step',
    inferred: false,
    label: '',
  };
}

export function freeId(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  for (let number = 1; ; number += 1)
    if (!taken.has(`${wanted}-${number}`)) return `${wanted}-${number}`;
}
