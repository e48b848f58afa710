const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A run's end from outside. */
export interface SignalWatch {
  /** Aborted with the signal's name as its reason. */
  readonly signal: AbortSignal;
  /** Ends the run as if that signal had come. */
  end(name: string): void;
  stop(): void;
}

/** Ends a run at INT, TERM and HUP; with `exceptInterrupt` INT is somebody else's. */
export function watchSignals({ exceptInterrupt = false } = {}): SignalWatch {
  const controller = new AbortController();
  const end = (name: string): void => controller.abort(name);
  const watched = SIGNALS.filter((name) => !(exceptInterrupt && name === 'SIGINT'));
  for (const name of watched) process.on(name, end);
  return {
    signal: controller.signal,
    end,
    stop: () => {
      for (const name of watched) process.off(name, end);
    },
  };
}
