import { readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Ends when no process works in a folder any more; the runner's own limit ends what never comes true. */
export async function untilNobodyWorksIn(folder: string): Promise<void> {
  while (readdirSync('/proc').some((pid) => /^\d+$/.test(pid) && worksIn(pid, folder)))
    await sleep(25);
}

/** One that is over, or somebody else's, has no folder that can be seen. */
function worksIn(pid: string, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch {
    return false;
  }
}
