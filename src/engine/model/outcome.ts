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
] as const;
export type RunOutcome = (typeof RUN_OUTCOMES)[number];

/** What is known of an outcome. */
interface OutcomeFacts {
  /** How good it is; it is always said in words too. */
  readonly mark: 'good' | 'bad' | 'caution';
  /** A step of it is over, and the run goes on behind it. */
  readonly settled?: true;
  /** A step of it is as the runbook wants it: no exception of the run. */
  readonly clean?: true;
  /** A step of it stays so when somebody skips over it. */
  readonly stays?: true;
  /** A person says it. */
  readonly said?: true;
  /** A step type says it of an attempt. */
  readonly ofAttempt?: true;
  /** A run of it can be gone on with. */
  readonly resumable?: true;
  /** A run of it has no end yet: it waits, works, or its engine was lost. */
  readonly open?: true;
  /** A run of it is over for good. */
  readonly over?: true;
}

const OUTCOMES: Readonly<Record<StepOutcome | RunOutcome, OutcomeFacts>> = {
  passed: { mark: 'good', ofAttempt: true, settled: true, clean: true, over: true },
  failed: { mark: 'bad', ofAttempt: true, stays: true, resumable: true },
  'timed-out': { mark: 'bad', ofAttempt: true, stays: true, resumable: true },
  cancelled: { mark: 'caution', ofAttempt: true, resumable: true },
  confirmed: { mark: 'good', settled: true, clean: true, said: true },
  declined: { mark: 'bad', said: true, stays: true },
  'not-applicable': { mark: 'caution', settled: true, clean: true, said: true },
  skipped: { mark: 'caution', settled: true, over: true },
  unknown: { mark: 'caution', ofAttempt: true, stays: true },
  refused: { mark: 'bad', over: true },
  waiting: { mark: 'caution', resumable: true, open: true },
  interrupted: { mark: 'caution', resumable: true, open: true },
  running: { mark: 'caution', open: true },
};

/** What an outcome is; nothing is known of none. */
export function outcomeFacts(outcome: StepOutcome | RunOutcome | null): Partial<OutcomeFacts> {
  return outcome === null ? {} : OUTCOMES[outcome];
}

/** How a run ended, and which rollbacks it came to. */
export interface RunEnd {
  readonly outcome: RunOutcome;
  /** Ids of the rollback procedures that were carried out to their end. */
  readonly rolledBack?: readonly string[] | undefined;
  /** Ids of those that were begun, and did not come to their end. */
  readonly rollbackLeft?: readonly string[] | undefined;
}

/**
 * Whether a run of that end can be gone on with. One that was rolled back cannot, be it by half: what its steps had done is
 * undone, and they would count as done.
 */
export function canGoOn(end: RunEnd): boolean {
  const isRolledBack = [...(end.rolledBack ?? []), ...(end.rollbackLeft ?? [])].length > 0;
  return OUTCOMES[end.outcome].resumable === true && !isRolledBack;
}

/** A failure that somebody skips over stays a failure: the run went on all the same. `condition` does not hold. */
export function afterSkip(before: StepOutcome | null, condition: unknown): StepOutcome {
  if (before !== null && outcomeFacts(before).stays) return before;
  return condition === undefined ? 'skipped' : 'not-applicable';
}

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
  outputLost: 74,
  locked: 75,
  denied: 77,
  configuration: 78,
  timedOut: 124,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Whether nobody asks about a step again: it is settled, or it failed and a person or its own words dealt with that. */
export function isSettled(step: {
  readonly outcome: StepOutcome | null;
  readonly attempts: readonly { readonly handled: boolean }[];
}): boolean {
  if (step.outcome === null) return false;
  return outcomeFacts(step.outcome).settled === true || step.attempts.at(-1)?.handled === true;
}
