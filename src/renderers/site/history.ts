import type { SiteRun } from '../../engine/contracts/site.ts';
import { median, quantile } from '../../engine/model/durations.ts';
import type { StepOutcome } from '../../engine/model/outcome.ts';
import type { StepReport } from '../../engine/model/report.ts';

/** What runs tell of one step. Durations are of attempts that passed. */
export interface StepHistory {
  readonly runs: number;
  readonly outcome: StepOutcome;
  readonly at: string;
  readonly run: string;
  readonly lastPassedAt: string | null;
  readonly medianMs: number | null;
  readonly p95Ms: number | null;
}

/** One run's word on one procedure. */
export interface Drill {
  readonly run: string;
  readonly at: string;
  /** Every step of the procedure that was planned was done. */
  readonly proven: boolean;
}

/** What the runs tell, by runbook. */
export interface SiteHistory {
  step(path: string, id: string): StepHistory | undefined;
  /** Newest first. */
  procedure(path: string, id: string): readonly Drill[];
  /** Newest first; a run counts as proof when it passed. */
  runbook(path: string): readonly Drill[];
  runsOf(path: string): readonly SiteRun[];
}

/** Folds runs, newest first, into the history of steps and procedures. */
export function historyOf(runs: readonly SiteRun[]): SiteHistory {
  const byPage = new Map<string, SiteRun[]>();
  for (const run of runs)
    if (run.page !== null) byPage.set(run.page, [...(byPage.get(run.page) ?? []), run]);
  const of = (path: string): readonly SiteRun[] => byPage.get(path) ?? [];
  const steps = new Map<string, ReadonlyMap<string, StepHistory>>();
  for (const [path, own] of byPage) steps.set(path, stepsOf(own));
  return {
    step: (path, id) => steps.get(path)?.get(id),
    procedure: (path, id) => of(path).flatMap((run) => drillsOf(run, id)),
    runbook: (path) =>
      of(path)
        .filter(({ report }) => report.steps.some(wasTried))
        .map(({ report }) => ({
          run: report.run,
          at: report.startedAt,
          proven: report.outcome === 'passed',
        })),
    runsOf: of,
  };
}

/** Whether a step counts as done. */
export function isDone({ outcome, resolution }: StepReport): boolean {
  return (
    outcome === 'passed' ||
    outcome === 'confirmed' ||
    outcome === 'not-applicable' ||
    (outcome === 'unknown' && resolution?.outcome === 'done')
  );
}

function wasTried(step: StepReport): boolean {
  return step.outcome !== null && step.outcome !== 'skipped';
}

function drillsOf({ report }: SiteRun, procedure: string): readonly Drill[] {
  const steps = report.steps.filter((step) => step.procedure === procedure);
  if (!steps.some(wasTried)) return [];
  return [{ run: report.run, at: report.startedAt, proven: steps.every(isDone) }];
}

function stepsOf(runs: readonly SiteRun[]): ReadonlyMap<string, StepHistory> {
  const found = new Map<string, { history: StepHistory; durations: number[] }>();
  for (const { report } of runs) {
    for (const step of report.steps) {
      if (!wasTried(step) || step.outcome === null) continue;
      const at = step.at ?? report.startedAt;
      const passedAt = isDone(step) ? at : null;
      const known = found.get(step.id);
      const durations = [...(known?.durations ?? []), ...durationsOf(step)];
      const history = known
        ? {
            ...known.history,
            runs: known.history.runs + 1,
            lastPassedAt: known.history.lastPassedAt ?? passedAt,
          }
        : {
            runs: 1,
            outcome: step.outcome,
            at,
            run: report.run,
            lastPassedAt: passedAt,
            medianMs: null,
            p95Ms: null,
          };
      found.set(step.id, { history, durations });
    }
  }
  return new Map(
    [...found].map(([id, { history, durations }]) => [
      id,
      { ...history, medianMs: median(durations), p95Ms: quantile(durations, 0.95) },
    ]),
  );
}

function durationsOf(step: StepReport): readonly number[] {
  return step.attempts.flatMap(({ outcome, durationMs, probe }) =>
    outcome === 'passed' && durationMs !== null && !probe ? [durationMs] : [],
  );
}
