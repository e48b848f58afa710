import path from 'node:path';
import { median } from '../engine/model/durations.ts';
import type { RunReport } from '../engine/model/report.ts';

/** How long runs of the same procedures of a runbook take. */
export interface UsualTime {
  /** The runbook's absolute path. */
  readonly runbook: string;
  readonly procedures: readonly string[];
  /** Runs that were looked at, and how many of them passed. */
  readonly runs: number;
  readonly passed: number;
  /** Of the passed runs; `null` when none has passed. */
  readonly medianMs: number | null;
}

/** The usual time of each runbook and choice of procedures among these runs, in order of appearance. */
export function usualTimes(reports: readonly RunReport[]): readonly UsualTime[] {
  const groups = new Map<string, RunReport[]>();
  for (const report of reports) {
    const key = JSON.stringify([runbookOf(report), report.started.procedures]);
    groups.set(key, [...(groups.get(key) ?? []), report]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const passed = group.filter(({ outcome }) => outcome === 'passed');
    return {
      runbook: runbookOf(first),
      procedures: first.started.procedures,
      runs: group.length,
      passed: passed.length,
      medianMs: median(passed.flatMap(({ durationMs }) => durationMs ?? [])),
    };
  });
}

function runbookOf({ started }: RunReport): string {
  return path.resolve(started.who.cwd, started.runbook.path);
}
