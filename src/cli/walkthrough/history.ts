import type { RunReport, StepReport } from '../../engine/model/report.ts';
import { formatDuration } from '../../text/duration.ts';

/** What earlier runs of the same runbook say about its steps. */
export interface History {
  /** `usually 2 s, last run: passed on 2026-11-20 by asmith`; `''` when the step never ran. */
  usually(stepId: string): string;
  /** `17 passed, 3 failed`; `''` when the step never ran. */
  tally(stepId: string): string;
  /** Median duration of passed attempts; `null` with fewer than two. */
  usualMs(stepId: string): number | null;
}

/** Folds reports, newest first, into what a person wants to know before running a step. */
export function historyOf(reports: readonly RunReport[]): History {
  const byStep = new Map<string, { readonly report: RunReport; readonly step: StepReport }[]>();
  for (const report of reports)
    for (const step of report.steps) {
      if (step.outcome === null || step.outcome === 'skipped') continue;
      const list = byStep.get(step.id) ?? [];
      list.push({ report, step });
      byStep.set(step.id, list);
    }
  const usualMs = (stepId: string): number | null => {
    const passed = (byStep.get(stepId) ?? [])
      .filter(({ step }) => step.outcome === 'passed')
      .flatMap(({ step }) => step.attempts.at(-1)?.durationMs ?? [])
      .sort((a, b) => a - b);
    return passed.length < 2 ? null : (passed[Math.floor(passed.length / 2)] ?? null);
  };
  return {
    usualMs,
    usually(stepId) {
      const last = byStep.get(stepId)?.[0];
      if (last === undefined) return '';
      const usual = usualMs(stepId);
      const by = last.step.by ?? last.report.started.who.user ?? '';
      const day = (last.step.at ?? last.report.startedAt).slice(0, 10);
      const before = `last run: ${last.step.outcome} on ${day}${by === '' ? '' : ` by ${by}`}`;
      return usual === null ? before : `${formatDuration(usual)}, ${before}`;
    },
    tally(stepId) {
      const list = byStep.get(stepId) ?? [];
      const counts = new Map<string, number>();
      for (const { step } of list)
        counts.set(step.outcome ?? '', (counts.get(step.outcome ?? '') ?? 0) + 1);
      return [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ');
    },
  };
}
