import type { StepOutput } from '../contracts/step-type.ts';
import type { Step } from '../model/runbook.ts';
import { createRedactor } from '../redact.ts';
import type { Session } from './session.ts';

const MAX_OBSERVED_BYTES = 4 * 1024 * 1024;

/** Masks an attempt's output, stream by stream, and remembers what expectations need. */
export interface OutputFilter {
  push(output: StepOutput): readonly StepOutput[];
  /** What was held back in case a secret began in it. */
  end(): readonly StepOutput[];
  /** Bytes passed on, by stream. */
  readonly bytes: { readonly stdout: number; readonly stderr: number };
  redactions(): number;
  /** Standard output as it came, unmasked, up to 4 MiB; `''` when nothing compares it. */
  observed(): string;
  readonly observedAll: boolean;
}

/** With `withhold`, standard output is a secret as a whole: a note stands in its place. */
export function outputFilter(session: Session, step: Step, withhold: boolean): OutputFilter {
  const redactors = {
    stdout: createRedactor(session.secrets()),
    stderr: createRedactor(session.secrets()),
  };
  const learntSoFar = (): number => session.carried.bound().length;
  let known = learntSoFar();
  /** A secret that a step computed is masked from where it is known. */
  const keepUp = (): void => {
    if (known === learntSoFar()) return;
    known = learntSoFar();
    for (const redactor of Object.values(redactors)) redactor.seek(session.secrets());
  };
  const bytes = { stdout: 0, stderr: 0 };
  const seen: Uint8Array[] = [];
  let seenBytes = 0;
  let observedAll = true;
  let withheld = false;
  const passed = (stream: StepOutput['stream'], chunk: Uint8Array): readonly StepOutput[] => {
    if (chunk.length === 0) return [];
    bytes[stream] += chunk.length;
    return [{ stream, chunk }];
  };
  const observe = (chunk: Uint8Array): void => {
    if (step.expectation === null) return;
    const room = MAX_OBSERVED_BYTES - seenBytes;
    if (chunk.length > room) observedAll = false;
    if (room <= 0) return;
    // The slice of a Buffer is no copy, and the chunk may be lent.
    const kept = Uint8Array.from(chunk.subarray(0, room));
    seen.push(kept);
    seenBytes += kept.length;
  };
  return {
    push({ stream, chunk }) {
      keepUp();
      if (stream === 'stdout') observe(chunk);
      if (stream === 'stdout' && withhold) {
        if (withheld) return [];
        withheld = true;
        return passed(stream, Buffer.from('(standard output is a secret: not recorded)\n'));
      }
      return passed(stream, redactors[stream].push(chunk));
    },
    end() {
      keepUp();
      return [
        ...passed('stdout', redactors.stdout.end()),
        ...passed('stderr', redactors.stderr.end()),
      ];
    },
    bytes,
    redactions: () => redactors.stdout.count + redactors.stderr.count,
    observed: () => Buffer.concat(seen).toString(),
    get observedAll() {
      return observedAll;
    },
  };
}
