import type { Occasion } from '../model/occasion.ts';

/** What a notice tells, already masked. Plain data. */
export interface NoticeFacts {
  readonly occasion: Occasion;
  readonly run: string;
  readonly runbook: string;
  readonly title: string;
  readonly procedures: readonly string[];
  readonly host: string;
  readonly user: string;
  readonly outcome: string;
  /** UTC, ISO 8601. */
  readonly at: string;
  readonly durationMs: number | null;
  readonly exitCode: number | null;
  /** The step that failed or is waited for, by title; `null` when none. */
  readonly step: string | null;
  readonly why: string | null;
  /** How to go on: a command line; `null` when there is nothing to go on with. */
  readonly resume: string | null;
  /** How to give the approval that it waits for: a command line; `null` when it waits for none. */
  readonly approve: string | null;
  readonly incident: string | null;
  /** Where the chain of all runs stood: its lines and the first digits of its head. A witness. */
  readonly chain?: string;
}

/** How this run's end compares with what was before. */
export interface History {
  /** Outcome of the run of the same procedures before this one; `null` when there was none. */
  readonly previous: string | null;
  /** Median duration of passed runs; `null` with fewer than three. */
  readonly usualMs: number | null;
}

/** The factor over the usual time from which a passed run counts as slow. */
export const SLOW_FACTOR = 2;
/** Less than that over the usual time is nobody's business. */
const LEAST_EXCESS_MS = 1000;

/** The occasions that a run's end is: a recovery is a success as well. */
export function occasionsOfEnd(
  outcome: string,
  durationMs: number | null,
  history: History,
): readonly Occasion[] {
  if (outcome === 'waiting') return ['waiting'];
  if (outcome === 'skipped') return ['skipped'];
  if (outcome !== 'passed') return ['failure'];
  const recovered = history.previous !== null && !['passed', 'skipped'].includes(history.previous);
  const slow =
    history.usualMs !== null &&
    durationMs !== null &&
    durationMs > SLOW_FACTOR * history.usualMs &&
    durationMs - history.usualMs >= LEAST_EXCESS_MS;
  return [
    'success',
    ...(recovered ? ['recovery' as const] : []),
    ...(slow ? ['slow' as const] : []),
  ];
}
