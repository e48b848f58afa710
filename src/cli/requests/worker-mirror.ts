import { sendLive } from '../../team/mirror/sender.ts';

/** How long a run is looked after once it was last heard of as beginning. */
const LOOK_AFTER_MS = 60_000;

/** Sends the runs of a worker while they go on, beside them. */
export interface WorkerMirror {
  readonly begin: (run: string) => void;
  close(): Promise<void>;
}

/** Opens the mirror; without a record there is nothing to send to. */
export function openMirror(url: string | undefined, state: string): WorkerMirror {
  if (url === undefined) return { begin: () => undefined, close: async () => undefined };
  const runs = new Map<string, number>();
  const stop = new AbortController();
  const live = new Set<string>();
  const sending = sendLive({
    state,
    url,
    runs: live,
    signal: stop.signal,
    seen(run, isLive) {
      const now = Date.now();
      if (isLive) runs.set(run, now);
      else if (now - (runs.get(run) ?? now) > LOOK_AFTER_MS) {
        live.delete(run);
        runs.delete(run);
      }
    },
  });
  return {
    begin(run) {
      live.add(run);
      runs.set(run, Date.now());
    },
    async close() {
      // What is left is in the outbox; the next worker sends it.
      stop.abort();
      await sending;
    },
  };
}
