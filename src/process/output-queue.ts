import type { StepOutput } from '../engine/contracts/step-type.ts';

/** Output that waits for its reader. */
export interface OutputQueue {
  push(output: StepOutput): void;
  /** Wakes the reader without output, because something else changed. */
  wake(): void;
  /** The oldest output; `undefined` when none waits. */
  shift(): StepOutput | undefined;
  /** Resolves when something was pushed or the queue was woken since the last look. */
  changed(): Promise<void>;
  readonly full: boolean;
}

/**
 * A queue between a process and whoever reads its output. `pause` is called when `maxBytes` wait, `resume` when the
 * reader has caught up to half of it: a slow reader slows the process and nothing piles up.
 */
export function outputQueue(
  maxBytes: number,
  flow: { readonly pause: () => void; readonly resume: () => void },
): OutputQueue {
  let waiting: StepOutput[] = [];
  let taken = 0;
  let bytes = 0;
  let full = false;
  let news = false;
  let notify: (() => void) | undefined;
  const wake = (): void => {
    news = true;
    notify?.();
    notify = undefined;
  };
  return {
    wake,
    push(output) {
      waiting.push(output);
      bytes += output.chunk.length;
      if (!full && bytes >= maxBytes) {
        full = true;
        flow.pause();
      }
      wake();
    },
    shift() {
      const output = waiting[taken];
      if (!output) return undefined;
      taken += 1;
      if (taken === waiting.length) {
        waiting = [];
        taken = 0;
      }
      bytes -= output.chunk.length;
      if (full && bytes <= maxBytes / 2) {
        full = false;
        flow.resume();
      }
      return output;
    },
    async changed() {
      if (!news) await new Promise<void>((resolve) => (notify = resolve));
      news = false;
    },
    get full() {
      return full;
    },
  };
}
