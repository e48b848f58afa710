import { existsSync } from 'node:fs';
import path from 'node:path';
import { isFenced } from '../../stores/files/fence.ts';
import { followEngine } from '../../team/mirror/follow-engine.ts';

/** How long a run that was announced may take to begin. */
const BEGINNING_MS = 15_000;

/** Sends a run as long as the engine that carries it out is at work. */
export async function followRunOfEngine(
  mirror: { readonly state: string; readonly url: string },
  run: string,
): Promise<void> {
  const folder = path.join(mirror.state, 'runs', run);
  const startMs = Date.now();
  let began = false;
  await followEngine(mirror, run, () => {
    const isAtWork = existsSync(folder) && isFenced(folder);
    began ||= isAtWork;
    return !isAtWork && (began || existsSync(folder) || Date.now() - startMs > BEGINNING_MS);
  });
}
