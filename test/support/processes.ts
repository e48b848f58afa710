import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Ends when no process works in a folder any more; the runner's own limit ends what never comes true. */
export async function untilNobodyWorksIn(folder: string): Promise<void> {
  while (workingIn(folder).length > 0) await sleep(25);
}

/** Processes that work in a folder. */
export function workingIn(folder: string): readonly number[] {
  return processes()
    .filter((pid) => worksIn(pid, folder))
    .map(Number);
}

/** All processes of the machine, other people's too: each may be gone before it is looked at. */
export const processes = (): readonly string[] =>
  readdirSync('/proc').filter((name) => /^\d+$/.test(name));

/** What a file says of a process; empty where it is another user's, or gone. */
export function textOf(file: string): string {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return '';
  }
}

/** One that is over, or somebody else's, has no folder that can be seen. */
function worksIn(pid: string, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === folder;
  } catch {
    return false;
  }
}
