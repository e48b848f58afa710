import { dirname, resolve } from 'node:path';
import type { Diagnostic } from '../engine/model/diagnostic.ts';
import { HandrailError } from '../engine/model/errors.ts';
import type { Runbook, SourceText } from '../engine/model/runbook.ts';
import { knownSteps, type ListedStep, listSteps } from '../engine/planning/identity.ts';
import { plannedStep } from '../engine/planning/sequence.ts';
import { sha256Of } from '../text/sha256.ts';
import { fileOnceAt, isInRepository, knowsRef } from './git.ts';
import { pageOf, readRunbook } from './read-page.ts';

/**
 * Steps whose ids are others than at a commit, though they are the same steps: their history, tests and `--from` go by the
 * old ones. Throws USAGE for a commit that git does not know.
 */
export async function changedIds(path: string, ref: string): Promise<readonly Diagnostic[]> {
  const file = resolve(path);
  const text = await fileOnceAt(file, ref);
  if (text === undefined) {
    if (await knowsRef(dirname(file), ref)) return [];
    const message = isInRepository(dirname(file))
      ? `git knows no commit, branch or tag \`${ref}\` in ${dirname(file)}.`
      : `\`${dirname(file)}\` is in no repository of git, so nobody knows what was there at \`${ref}\`. Leave \`--changed-since\` out, or check a clone.`;
    throw new HandrailError('USAGE', { message });
  }
  const before = listed(await pageOf(sourceOf(file, text), null));
  const { runbook } = await readRunbook(file);
  const now = listed(runbook);
  const known = knownSteps(before, now);
  return now.flatMap((step, at) => {
    const was = known[at];
    if (was === undefined || was.id === step.id) return [];
    return [
      {
        rule: 'changed-id',
        severity: 'warning' as const,
        line: step.line,
        column: 1,
        message: `The step \`${was.id}\` of ${ref} is \`${step.id}\` now: its history, tests and \`--from\` go by the old id.`,
        hint: `Write \`name=${was.id}\` on it to keep the old one, or see that nothing names it.`,
      },
    ];
  });
}

function listed({ steps }: Runbook): readonly ListedStep[] {
  return listSteps({ steps: steps.map((step) => plannedStep(step)) });
}

function sourceOf(path: string, text: string): SourceText {
  const bytes = Buffer.from(text);
  const sha256 = sha256Of(bytes);
  return {
    path,
    folder: dirname(path),
    bytes,
    text: text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'),
    sha256,
  };
}
