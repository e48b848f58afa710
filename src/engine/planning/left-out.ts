import type { LeftOut, RunRequest } from '../model/plan.ts';
import type { Procedure, Runbook } from '../model/runbook.ts';
import { isWithin } from './pick-procedures.ts';

/**
 * What stands among the steps of what was picked and holds none, as `check` names it: who attends a run comes past it,
 * and a run that nobody attends goes on without it. Rollbacks and cleanups keep theirs to themselves. Linear.
 */
export function leftOutOf(
  runbook: Runbook,
  picked: readonly Procedure[],
  isLinked: boolean,
): readonly LeftOut[] {
  const { procedures } = runbook;
  const elsewhere = procedures.filter(
    (one) =>
      (one.role === 'rollback' || one.role === 'cleanup') &&
      !picked.some((each) => isWithin(each, one)),
  );
  const stands = (line: number, among: readonly Procedure[]): boolean =>
    among.some((one) => one.line <= line && line <= one.endLine);
  return runbook.diagnostics
    .filter(({ rule, line }) => rule === 'left-out' && !stands(line, elsewhere))
    .filter(({ line }) => picked.length === 0 || stands(line, picked))
    .map(({ line, message }) => ({ line, message, ...(isLinked ? { path: runbook.path } : {}) }));
}

/** Whether a request is for all that stands there: whoever names a few steps leaves out the rest. */
export const isForAll = ({ steps, tags, from, to }: RunRequest): boolean =>
  steps.length + tags.length === 0 && from === null && to === null;
