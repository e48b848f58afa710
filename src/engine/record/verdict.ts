/** What can be said about a run's record. */
export type VerdictName =
  | 'sound'
  | 'altered'
  | 'truncated'
  | 'crash tail'
  | 'unsealed'
  | 'output'
  | 'signature'
  | 'deleted'
  | 'pruned';

/** Exit codes of `handrail verify`, one for each verdict. */
export const VERDICT_EXIT: Readonly<Record<VerdictName, number>> = {
  sound: 0,
  /** A line, the seal or the copy of the runbook is not what was written. */
  altered: 20,
  /** The end is missing, and the project-wide chain knows that there was one. */
  truncated: 21,
  /** The last line is half written: the engine or the machine was lost. */
  'crash tail': 22,
  /** Chained, but without a seal: interrupted, or still running. */
  unsealed: 23,
  /** A file that the log vouches for is missing or altered. */
  output: 24,
  /** The signature is unknown or wrong. */
  signature: 25,
  /** The project-wide chain knows the run, and its folder is gone. */
  deleted: 26,
  /** Removed by `handrail prune`: its tombstone stands in the project-wide chain. */
  pruned: 27,
};

/** The verdict on one run's record. */
export interface Verdict {
  readonly name: VerdictName;
  readonly exitCode: number;
  /** One phrase for people. */
  readonly message: string;
  /** 1-based line of the log, where one can be named. */
  readonly line: number | null;
  readonly events: number;
}

/** Makes a verdict. */
export function verdict(
  name: VerdictName,
  events: number,
  message: string,
  line: number | null = null,
): Verdict {
  return { name, exitCode: VERDICT_EXIT[name], message, line, events };
}
