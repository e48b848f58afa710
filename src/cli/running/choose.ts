import path from 'node:path';
import type { CliContext } from '../context.ts';
import { counted } from '../progress/words.ts';
import { marksFor } from '../screen/marks.ts';
import type { Walkthrough } from '../walkthrough/walkthrough.ts';
import {
  type Choice,
  heading,
  newestReports,
  proposalRows,
  runbookRows,
  runRows,
} from './choices.ts';
import { leftProposals } from './proposals.ts';

/**
 * One screen to begin from: runs that wait or failed, emergencies, and every runbook with its procedures. Enter begins,
 * Tab shows the page first. `undefined`: left.
 */
export async function choose(
  context: CliContext,
  walkthrough: Walkthrough,
  what: { readonly onlyRuns: boolean },
): Promise<Choice | undefined> {
  const found = await newestReports(context);
  const runs = runRows(found, Date.now());
  const proposed = what.onlyRuns
    ? []
    : proposalRows(leftProposals(context.state ?? ''), context.cwd, Date.now());
  const books = what.onlyRuns ? [] : await runbookRows(context, found);
  const rows = [
    ...(runs.length === 0 || what.onlyRuns ? [] : [heading('WAITING')]),
    ...runs,
    ...(proposed.length === 0 ? [] : [heading('PROPOSED')]),
    ...proposed,
    ...books,
  ];
  const many = rows.filter(({ value }) => value?.kind === 'runbook').length;
  if (rows.every(({ value }) => value === null)) return undefined;
  for (;;) {
    const picked = await walkthrough.choose(rows, {
      title: what.onlyRuns ? 'Which run goes on?' : path.basename(context.cwd),
      aside: what.onlyRuns ? counted(runs.length, 'run') : `${many} to carry out`,
      enter: what.onlyRuns ? 'go on with it' : 'begin',
      start: 0,
      keys: what.onlyRuns ? [] : [{ key: 'tab', says: 'read it' }],
    });
    if (picked === undefined) return undefined;
    if (picked.key !== 'tab' || picked.value.kind !== 'runbook') return picked.value;
    await walkthrough.say(await pageLines(context, picked.value));
  }
}

/** The page of a runbook, or of one of its procedures, as the walkthrough sets it. */
async function pageLines(
  { cwd, columns, style, colour, env }: CliContext,
  { path: file, procedure }: Extract<Choice, { kind: 'runbook' }>,
): Promise<readonly string[]> {
  const { readRunbook } = await import('../../host/read-page.ts');
  const { proseLines } = await import('../screen/prose.ts');
  const { runbook } = await readRunbook(path.resolve(cwd, file));
  const one = runbook.procedures.find(({ id }) => id === procedure);
  const lines = runbook.text.split('\n');
  const text = one === undefined ? lines : lines.slice(one.line - 1, one.endLine);
  return ['', ...proseLines(text.join('\n'), { columns, style, colour, marks: marksFor(env) }), ''];
}
