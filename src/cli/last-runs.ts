import path from 'node:path';
import type { RunOutcome } from '../engine/model/outcome.ts';
import type { RunReport } from '../engine/model/report.ts';
import { replay } from '../engine/replay.ts';
import type { CliContext } from './context.ts';
import { openStore } from './open-store.ts';

/** The newest run of each runbook, by the runbook's absolute path. */
export type LastRuns = Readonly<
  Record<string, { readonly run: string; readonly outcome: RunOutcome; readonly at: string }>
>;

const MOST_RUNS = 200;

/** Looks through the newest runs of the store. */
export async function lastRunsByRunbook(context: CliContext): Promise<LastRuns> {
  const found: Record<string, LastRuns[string]> = {};
  for await (const report of reports(context, MOST_RUNS)) {
    const file = path.resolve(report.started.who.cwd, report.started.runbook.path);
    found[file] ??= { run: report.run, outcome: report.outcome, at: report.startedAt };
  }
  return found;
}

/** Reports of the newest runs, newest first; runs that cannot be read are left out. */
export async function* reports(context: CliContext, most: number): AsyncGenerator<RunReport> {
  const store = openStore(context);
  const ids = (await store.runs()).toReversed().slice(0, most);
  for (const id of ids) {
    const reader = await store.read(id);
    const report = reader && (await replay(id, reader.lines()).catch(() => undefined));
    if (report && reader)
      yield report.outcome === 'interrupted' && (await reader.live())
        ? { ...report, outcome: 'running' }
        : report;
  }
}
