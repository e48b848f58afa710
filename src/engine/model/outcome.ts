/** How one attempt at a step, or a step as a whole, ended. */
export type StepOutcome =
  | 'passed'
  | 'failed'
  | 'timed-out'
  | 'cancelled'
  /** A person did it (checklist, manual, or a command marked done by hand). */
  | 'confirmed'
  | 'declined'
  | 'not-applicable'
  | 'skipped'
  /** Started, and the engine was lost before its end was recorded. */
  | 'unknown';

/** How a run ended, or stands. */
export type RunOutcome =
  | 'passed'
  | 'failed'
  | 'timed-out'
  | 'cancelled'
  /** Preflight refused: nothing was executed. */
  | 'refused'
  /** The lock was held: nothing was executed. */
  | 'skipped'
  /** Suspended until a person has done or approved something. */
  | 'waiting'
  /** Derived by readers: no terminal event and no live engine. */
  | 'interrupted'
  | 'running'
  | 'abandoned';

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
