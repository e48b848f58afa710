import { basename, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunReader } from '../../engine/contracts/run-store.ts';
import type { RunReport } from '../../engine/model/report.ts';
import type { Runbook } from '../../engine/model/runbook.ts';
import { newestFirst } from '../../engine/record/runs.ts';
import type { Handrail } from '../../library.ts';
import type { CliContext } from '../context.ts';
import { stateFolder } from '../state-folder.ts';
import { ownRecords } from '../timeline/logs.ts';
import { saidBy } from '../timeline/said-by.ts';
import { atInWords } from '../walkthrough/holder-screen.ts';
import type { Walkthrough } from '../walkthrough/walkthrough.ts';

const POLL_MS = 500;

/**
 * Somebody else carries the runbook out: who, since when, at which step. The person can watch, leave a note in that run's
 * record, or wait for its end: whether they did, and want to begin.
 */
export async function meetHolder(
  handrail: Handrail,
  runbook: Runbook,
  walkthrough: Walkthrough,
  can: { readonly canWait: boolean },
): Promise<boolean> {
  const reader = await holderOf(handrail, runbook);
  if (reader === undefined) {
    await walkthrough.say(['', 'Nothing was run: another run holds the lock (exit 75).']);
    return false;
  }
  for (;;) {
    const report = await handrail.report(reader);
    const wish = await walkthrough.tellHolder(report, can);
    if (wish === 'wait') return waitForEnd(handrail, reader, walkthrough);
    if (wish === 'watch') {
      const { followRun } = await import('../follow.ts');
      await followRun(reader, walkthrough.context);
      return false;
    }
    if (wish === 'leave') return false;
    await leaveNote(report, walkthrough.context, wish.note);
    await walkthrough.say(['', `Your note stands in the record of run ${report.run}.`]);
  }
}

async function holderOf(handrail: Handrail, runbook: Runbook): Promise<RunReader | undefined> {
  const file = join(runbook.folder, basename(runbook.path));
  for await (const reader of newestFirst(handrail.store)) {
    if (!(await reader.live())) continue;
    const { who, runbook: held } = (await handrail.report(reader)).started;
    if (resolve(who.cwd, held.path) === file) return reader;
  }
  return undefined;
}

/** Says each step that the other run comes to; `false`: the person left (Ctrl-C). */
async function waitForEnd(
  handrail: Handrail,
  reader: RunReader,
  { operator, say }: Walkthrough,
): Promise<boolean> {
  const signal = operator.attemptSignal?.();
  await say(['Waiting until it ends; Ctrl-C leaves.']);
  let said = '';
  while (await reader.live()) {
    if (signal?.aborted) return false;
    const at = atInWords(await handrail.report(reader));
    if (at !== said) await say([`  ${at}`]);
    said = at;
    await sleep(POLL_MS, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
  }
  await say(['It has ended.']);
  return true;
}

async function leaveNote({ run }: RunReport, context: CliContext, text: string): Promise<void> {
  const { incidents } = ownRecords(stateFolder(context));
  await incidents?.append(run, [{ type: 'note.added', ...saidBy(context, undefined), text }]);
}
