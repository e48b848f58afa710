import { readdirSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Ends when no process works in a folder any more; the runner's own limit ends what never comes true. */
export async function untilNobodyWorksIn(folder: string): Promise<void> {
  while (workingIn(folder).length > 0) await sleep(25);
}

/** Processes that work in a folder. */
export function workingIn(folder: string): readonly number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => worksIn(pid, folder)).map(Number);
}

/** One that is over, or somebody else's, has no folder that can be seen. */
function worksIn(pid: string, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch {
    return false;
  }
}
