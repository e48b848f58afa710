import { statSync } from 'node:fs';
import path from 'node:path';
import type { AlertPage, Proof } from '../../alerts/leads.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { readRunbook } from '../../host/read-page.ts';
import type { CliContext } from '../context.ts';
import { markdownFiles } from '../find-runbooks.ts';
import { openStore } from '../open-store.ts';
import { summaries } from '../run-summaries.ts';

/** The folder that `--docs` names, this one where it names none; absolute. Throws USAGE for what is no folder. */
export function docsFolder(given: string | undefined, cwd: string): string {
  const docs = path.resolve(cwd, given ?? '.');
  if (statSync(docs, { throwIfNoEntry: false })?.isDirectory() === true) return docs;
  throw new HandrailError('USAGE', {
    message: `\`--docs ${given}\` is no folder. Give the one that the runbooks are in.`,
  });
}

/** The runbooks of a folder with their proofs; a file that cannot be read as one leads nowhere. */
export async function readAlertPages(
  docs: string,
  context: CliContext,
): Promise<readonly AlertPage[]> {
  const proofs = new Map<string, Proof[]>();
  for await (const { run, runbook, procedures, startedAt, outcome } of summaries(
    openStore(context),
  ))
    if (outcome === 'passed') {
      const known = proofs.get(runbook) ?? [];
      known.push({ run, at: startedAt, procedures });
      proofs.set(runbook, known);
    }
  const pages: AlertPage[] = [];
  for (const file of await markdownFiles(docs)) {
    try {
      const { runbook } = await readRunbook(file, context.env);
      const shown = path.relative(docs, file).split(path.sep).join('/');
      pages.push({ path: shown, runbook, proofs: proofs.get(file) ?? [] });
    } catch (error) {
      if (!(error instanceof HandrailError)) throw error;
    }
  }
  return pages;
}
