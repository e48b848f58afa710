import type { ExitCode } from '../model/outcome.ts';

/** What a step's end means for the run. */
export type Verdict =
  | { readonly go: 'on' }
  /** With `keeps`, what was answered since is not asked again. */
  | { readonly go: 'jump'; readonly to: string; readonly keeps?: boolean }
  /** The run ends failed; `exitCode` is 1 unless the step could not run at all. */
  | { readonly go: 'failed'; readonly why: string; readonly exitCode: ExitCode }
  /** The run is suspended: exit 5, or 4 when an outcome is unknown. */
  | {
      readonly go: 'waiting';
      readonly stepId: string;
      readonly why: string;
      readonly exitCode: 4 | 5;
    }
  /** A signal, or the run's time is over. */
  | { readonly go: 'stopped' };

export const ON: Verdict = { go: 'on' };
export const STOPPED: Verdict = { go: 'stopped' };
