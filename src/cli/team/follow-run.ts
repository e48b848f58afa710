import { existsSync } from 'node:fs';
import { runFolder } from '../../engine/record/files.ts';
import { isFenced } from '../../stores/files/fence.ts';
import { sendLive } from '../../team/mirror/sender.ts';

/** How long a run that was announced may take to begin. */
const BEGINNING_MS = 15_000;
/** How long a run's record may still change after its engine let go of it: a signature, a copy. */
const AFTERWARDS_MS = 2000;
/** How long a database that is away is waited for once the run is over. */
const LAST_TRY_MS = 10_000;
const LOOK_MS = 250;

/** Sends a run as long as the engine that carries it out is at work. */
export async function followRunOfEngine(
  mirror: { readonly state: string; readonly url: string },
  run: string,
): Promise<void> {
  const folder = runFolder(mirror.state, run);
  const startMs = Date.now();
  let began = false;
  await followEngine(mirror, run, () => {
    const isAtWork = existsSync(folder) && isFenced(folder);
    began ||= isAtWork;
    return !isAtWork && (began || existsSync(folder) || Date.now() - startMs > BEGINNING_MS);
  });
}

/**
 * Sends one run while the process that carries it out is there, and a little longer. It works beside that process,
 * which never waits for it: when it ends early, the log is what the next command sends.
 */
async function followEngine(
  mirror: { readonly state: string; readonly url: string },
  run: string,
  isOver: () => boolean,
): Promise<void> {
  const stop = new AbortController();
  let overMs: number | undefined;
  let cameThroughMs = 0;
  const timer = setInterval(() => {
    if (!isOver()) {
      overMs = undefined;
      return;
    }
    overMs ??= Date.now();
    const sinceMs = Date.now() - overMs;
    const isSent = cameThroughMs > overMs + AFTERWARDS_MS;
    if (isSent || sinceMs > AFTERWARDS_MS + LAST_TRY_MS) stop.abort();
  }, LOOK_MS);
  try {
    await sendLive({
      ...mirror,
      runs: new Set([run]),
      signal: stop.signal,
      seen: () => {
        cameThroughMs = Date.now();
      },
    });
  } finally {
    clearInterval(timer);
  }
}
