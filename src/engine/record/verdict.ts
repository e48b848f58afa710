/** What can be said about a run's record, or about the chain of all runs. */
export type VerdictName = keyof typeof VERDICT_EXIT;

/** Exit codes of `handrail verify`, one for each verdict. */
export const VERDICT_EXIT = {
  sound: 0,
  /** A line, the seal, a rendering or the chain of all runs is not what was written. */
  altered: 20,
  /** The end is missing, and something stored knows that there was one. */
  truncated: 21,
  /** The last line is half written: the engine or the machine was lost. */
  'crash tail': 22,
  /** Chained, but without a seal: interrupted, or still running. */
  unsealed: 23,
  /** A file that the log vouches for is missing or altered, or one is there that it does not know. */
  output: 24,
  /** The signature is unknown or wrong, or missing though the run was begun, or gone on with, with the wish for it (`--sign`). */
  signature: 25,
  /** The chain of all runs knows the run, and its folder is gone. */
  deleted: 26,
  /** Removed by `handrail prune`: its tombstone stands in the chain of all runs. */
  pruned: 27,
  /** The chain of all runs does not know this run, or what stands among the runs is none. */
  unlisted: 28,
  /** There are runs, and no chain of all runs. */
  'no chain': 29,
  /** The chain of all runs ends, or ended once, before the line that it is remembered to end with. */
  'cut chain': 30,
  /** What was anchored elsewhere does not stand in the chain of all runs any more. */
  rewritten: 31,
} as const;

/** What each verdict means, for people. */
export const VERDICT_MEANING: Readonly<Record<VerdictName, string>> = {
  sound: 'Every line, file and seal is what was written, and the chain of all runs says the same.',
  altered: 'A line, the seal, `run.md` or a line of `runs.jsonl` is not what was written.',
  truncated: 'The end of the log is missing: `runs.jsonl`, or a file of the run, knows more.',
  'crash tail': 'The last line is half written: the engine or the machine was lost.',
  unsealed: 'Chained, but without a seal: interrupted, or still running.',
  output: 'A file that the log vouches for is missing or altered, or the log knows nothing of it.',
  signature:
    'The signature is unknown or wrong, or missing though the run was begun, or gone on with, with the wish for it (`--sign`).',
  deleted: '`runs.jsonl` knows the run, and its folder is gone.',
  pruned: 'Removed by `handrail prune`; a tombstone with its last seal stays in `runs.jsonl`.',
  unlisted:
    '`runs.jsonl` does not know the run, or it is none: copied here, or put there by somebody else.',
  'no chain': 'There are runs, and no `runs.jsonl`.',
  'cut chain':
    '`runs.jsonl` ended before the line that `runs.head` remembers, or `runs.head` is gone.',
  rewritten: 'What an anchor holds does not stand in `runs.jsonl` any more (`--anchors`).',
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

/** Its message behind its name: some begin with that, for where they stand alone. */
export const messageBehind = ({ name, message }: Pick<Verdict, 'name' | 'message'>): string =>
  message.startsWith(`${name}: `) ? message.slice(name.length + 2) : message;

/** Makes a verdict. */
export function verdict(
  name: VerdictName,
  events: number,
  message: string,
  line: number | null = null,
): Verdict {
  return { name, exitCode: VERDICT_EXIT[name], message, line, events };
}
