/** How one attempt at a step, or a step as a whole, ended. */
export const STEP_OUTCOMES = [
  'passed',
  'failed',
  'timed-out',
  'cancelled',
  /** A person did it (checklist, manual, or a command marked done by hand). */
  'confirmed',
  'declined',
  'not-applicable',
  'skipped',
  /** Started, and nobody knows what became of it: its engine was lost, or its own process ended by a signal. */
  'unknown',
] as const;
export type StepOutcome = (typeof STEP_OUTCOMES)[number];

/** How a run ended, or stands. */
export const RUN_OUTCOMES = [
  'passed',
  'failed',
  'timed-out',
  'cancelled',
  /** Preflight refused: nothing was executed. */
  'refused',
  /** The lock was held: nothing was executed. */
  'skipped',
  /** Suspended until a person has done or approved something. */
  'waiting',
  /** Derived by readers: no terminal event and no live engine. */
  'interrupted',
  'running',
  'abandoned',
] as const;
export type RunOutcome = (typeof RUN_OUTCOMES)[number];

/** How a run that passed is called, some of whose steps failed and were handled, were skipped or declined. */
export const WITH_EXCEPTIONS = 'passed with exceptions';

/** A run's outcome as every listing says it. */
export function saidOutcome({
  outcome,
  exceptions,
}: {
  readonly outcome: RunOutcome;
  readonly exceptions: readonly string[];
}): RunOutcome | typeof WITH_EXCEPTIONS {
  return outcome === 'passed' && exceptions.length > 0 ? WITH_EXCEPTIONS : outcome;
}

/** Exit codes of the command line, as documented (sysexits where one fits). */
export const EXIT = {
  passed: 0,
  failed: 1,
  unknown: 4,
  waiting: 5,
  usage: 64,
  refused: 65,
  notFound: 66,
  unreachable: 69,
  internal: 70,
  logUnwritable: 73,
  locked: 75,
  denied: 77,
  configuration: 78,
  timedOut: 124,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
