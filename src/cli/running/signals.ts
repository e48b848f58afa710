const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A signal that INT, TERM and HUP abort, with the signal's name as its reason; and the undo. */
export function watchSignals(): { readonly signal: AbortSignal; readonly stop: () => void } {
  const controller = new AbortController();
  const end = (name: NodeJS.Signals): void => controller.abort(name);
  for (const name of SIGNALS) process.on(name, end);
  return {
    signal: controller.signal,
    stop: () => {
      for (const name of SIGNALS) process.off(name, end);
    },
  };
}
