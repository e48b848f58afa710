import { saidOutcome } from '../engine/model/outcome.ts';
import type { RunReport } from '../engine/model/report.ts';
import { newestReports } from '../engine/record/runs.ts';
import type { CliContext } from './context.ts';
import { openStore } from './open-store.ts';
import { hasLines, summaries } from './run-summaries.ts';
import type { Style } from './screen/style.ts';

/** The newest run of each runbook, by the runbook's absolute path. */
export type LastRuns = Readonly<
  Record<
    string,
    { readonly run: string; readonly outcome: ReturnType<typeof saidOutcome>; readonly at: string }
  >
>;

/** Looks through the runs of the store. */
export async function lastRunsByRunbook(
  context: CliContext,
  onAltered?: OnAltered,
): Promise<LastRuns> {
  const found: Record<string, LastRuns[string]> = {};
  for await (const { run, runbook, startedAt, report } of summaries(openStore(context), onAltered))
    found[runbook] ??= { run, outcome: saidOutcome(await report()), at: startedAt };
  return found;
}

/** Is told of each run whose log begins with something else than an event: it was altered. */
export type OnAltered = (run: string) => void;

/** Reports of the newest runs, newest first; runs that cannot be read are left out, and told of. */
export async function* reports(
  context: CliContext,
  most: number,
  onAltered?: OnAltered,
): AsyncGenerator<RunReport> {
  for await (const { reader, report } of newestReports(openStore(context), most)) {
    if (report) yield report;
    else if (onAltered && (await hasLines(reader))) onAltered(reader.run);
  }
}

/** Says of altered runs what to do; `''`: there are none. */
export function alteredText(runs: readonly string[], style: Style): string {
  return runs
    .map(
      (run) =>
        `${run}  ${style('bad', 'altered')}: its log does not begin as a run does; \`handrail verify ${run}\` says more.\n`,
    )
    .join('');
}
