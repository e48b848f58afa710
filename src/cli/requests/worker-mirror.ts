import { setTimeout as sleep } from 'node:timers/promises';
import { openMarks } from '../../team/mirror/marks.ts';
import { isBehind } from '../../team/mirror/outbox.ts';
import { sendLive } from '../../team/mirror/sender.ts';

/** How long a run is looked after once it was last heard of as beginning. */
const LOOK_AFTER_MS = 60_000;

/** How long what ended last is waited for, so that the record knows it too. */
const LAST_WORDS_MS = 3000;
const LOOK_MS = 50;

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
  let isConnected = false;
  const sending = sendLive({
    state,
    url,
    runs: live,
    signal: stop.signal,
    connected(now) {
      isConnected = now;
    },
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
      // What is left then is in the outbox; the next worker sends it.
      const untilMs = Date.now() + LAST_WORDS_MS;
      const marks = openMarks(state, url);
      while (
        isConnected &&
        Date.now() < untilMs &&
        [...live].some((run) => isBehind(state, run, marks))
      )
        await sleep(LOOK_MS);
      stop.abort();
      await sending;
    },
  };
}
