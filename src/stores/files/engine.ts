import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';

/** Which process an engine is; start times and boots tell reused pids apart. */
export interface Engine {
  readonly pid: number;
  /** Clock ticks since boot. */
  readonly pidStart?: number;
  readonly bootId?: string;
}

let self: Engine | undefined;

/** This process. */
export function thisEngine(): Engine {
  self ??= identify(process.pid);
  return self;
}

/** Whether that very process is still there. */
export function isAlive(engine: Engine): boolean {
  const now = identify(engine.pid);
  if (engine.bootId !== undefined && now.bootId !== engine.bootId) return false;
  if (engine.pidStart !== undefined) return now.pidStart === engine.pidStart;
  try {
    process.kill(engine.pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Whether a process has something in a folder open; of one that may not be looked into, nobody can say. */
export function mayHaveOpen({ pid }: Engine, folder: string): boolean {
  const fds = `/proc/${pid}/fd`;
  try {
    const inside = `${realpathSync(folder)}${sep}`;
    return readdirSync(fds).some((fd) => linkOf(join(fds, fd)).startsWith(inside));
  } catch {
    return true;
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

/** Reads what `JSON.stringify(engine)` wrote; `null` when it is something else. */
export function engineFrom(text: string): Engine | null {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof data !== 'object' || data === null || !('pid' in data)) return null;
  if (typeof data.pid !== 'number') return null;
  return {
    pid: data.pid,
    ...('pidStart' in data && typeof data.pidStart === 'number' ? { pidStart: data.pidStart } : {}),
    ...('bootId' in data && typeof data.bootId === 'string' ? { bootId: data.bootId } : {}),
  };
}

function identify(pid: number): Engine {
  const bootId = read('/proc/sys/kernel/random/boot_id')?.trim();
  const stat = read(`/proc/${pid}/stat`);
  const pidStart = stat === undefined ? undefined : startTimeOf(stat);
  return {
    pid,
    ...(pidStart === undefined ? {} : { pidStart }),
    ...(bootId === undefined ? {} : { bootId }),
  };
}

/** Field 22 of `/proc/PID/stat`; the second field may hold blanks and brackets. */
function startTimeOf(stat: string): number | undefined {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie has ended: only its parent has not looked yet.
  return fields[0] === 'Z' ? undefined : Number(fields[19]);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
