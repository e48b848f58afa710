import { EXIT } from '../../engine/model/outcome.ts';
import type { Runbook } from '../../engine/model/runbook.ts';
import { isWithin, pickProcedures } from '../../engine/planning/pick-procedures.ts';
import type { CommandBody, CommandWords } from '../command.ts';
import { findRunbook } from '../find-runbooks.ts';
import { jsonOption, runbookArgument } from '../shared-words.ts';

export const spec: CommandWords = {
  name: 'show',
  summary: 'say what is a step in a runbook, and why',
  brief: [],
  arguments: [runbookArgument],
  options: [
    jsonOption,
    { name: 'why', summary: 'of FILE:LINE: the evidence that its block was judged by' },
  ],
  examples: [
    ['handrail show ops.md', 'procedures, steps, inputs'],
    ['handrail show --why ops.md:42', 'what speaks for and against that block'],
    ['handrail show ops.md#rollback --json', 'the same for a program'],
  ],
};

/** `handrail show`: what is a step and why. Exit 65 when the text has errors, so that it would not run. */
export const run: CommandBody['run'] = async (invocation, { cwd, out, style }) => {
  const [word = ''] = invocation.words;
  if (invocation.flag('why')) {
    const { showWhy } = await import('../show/show-why.ts');
    await out.write(await showWhy(word, cwd, style));
    return EXIT.passed;
  }
  const address = await findRunbook(word, cwd);
  const { readRunbook } = await import('../../host/read-page.ts');
  const { runbook: whole } = await readRunbook(address.path);
  const runbook = address.procedure === undefined ? whole : onlyProcedure(whole, address.procedure);
  if (invocation.flag('json')) {
    const { showJson } = await import('../show/show-json.ts');
    await out.write(`${JSON.stringify(showJson(runbook), null, 2)}\n`);
  } else {
    const { showText } = await import('../show/show-text.ts');
    await out.write(showText(runbook, style));
  }
  const hasErrors = runbook.diagnostics.some(({ severity }) => severity === 'error');
  return hasErrors ? EXIT.refused : EXIT.passed;
};

/** The part of a runbook that belongs to one procedure and those under it. Throws PROCEDURE_NOT_FOUND. */
function onlyProcedure(runbook: Runbook, name: string): Runbook {
  const [outer] = pickProcedures(runbook, [name]);
  if (!outer) return runbook;
  const procedures = runbook.procedures.filter((procedure) => isWithin(procedure, outer));
  const inside = ({ line }: { readonly line: number }): boolean =>
    line >= outer.line && line <= outer.endLine;
  const steps = runbook.steps.filter(inside);
  return {
    ...runbook,
    procedures,
    steps,
    references: runbook.references.filter(inside),
    inputs: runbook.inputs.filter(({ name: input }) =>
      steps.some((step) => step.inputs.includes(input)),
    ),
    diagnostics: runbook.diagnostics.filter(inside),
  };
}
