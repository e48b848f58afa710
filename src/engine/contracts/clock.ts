/** Time as the engine sees it: a parameter, so that a run can be repeated with the same times. */
export interface Clock {
  /** Milliseconds since 1970 by the wall clock. */
  nowMs(): number;
  /** Milliseconds by a clock that never jumps; only differences mean anything. */
  monoMs(): number;
  /** Resolves after the time, or at once when the signal is aborted. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
}
