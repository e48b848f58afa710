import { EXIT, type ExitCode } from '../model/outcome.ts';
import type { PlannedStep } from '../model/plan.ts';

/** What a step's end means for the run. */
export type Verdict =
  | { readonly go: 'on' }
  /** With `keeps`, what was answered since is not asked again. */
  | { readonly go: 'jump'; readonly to: string; readonly keeps?: boolean }
  /** The run ends failed; `exitCode` is 1 unless the step could not run at all. `stepId`: by that step. */
  | {
      readonly go: 'failed';
      readonly stepId?: string;
      readonly why: string;
      readonly exitCode: ExitCode;
    }
  /** The run is suspended: exit 5, 4 when an outcome is unknown, 65 when a value is missing to go on with. */
  | {
      readonly go: 'waiting';
      readonly stepId: string;
      readonly why: string;
      readonly exitCode: 4 | 5 | 65;
      /** What a second person is to sign. */
      readonly second?: { readonly text: string; readonly sha256: string };
    }
  /** A signal, or the run's time is over. */
  | { readonly go: 'stopped' };

type Waiting = Extract<Verdict, { go: 'waiting' }>;

export const ON: Verdict = { go: 'on' };
export const STOPPED: Verdict = { go: 'stopped' };

/** Nobody knows what became of a step: the run waits for somebody who does. */
export function unknownOutcome({ id }: Pick<PlannedStep, 'id'>, reason: string): Waiting {
  const why = `the outcome of step \`${id}\` is unknown: ${reason.replace(/\.$/, '')}. Say \`--done ${id}\` or \`--not-done ${id}\``;
  return { go: 'waiting', stepId: id, why, exitCode: EXIT.unknown };
}
