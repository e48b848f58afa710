import {
  lstatSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { basename, join, sep } from 'node:path';

/** Which process an engine is; start times, boots and namespaces tell reused pids apart. */
export interface Engine {
  readonly pid: number;
  /** Clock ticks since boot. */
  readonly pidStart?: number;
  readonly bootId?: string;
  /** Containers may share a folder and not their process ids. */
  readonly pidNs?: string;
}

let self: Engine | undefined;

/** This process. */
export function thisEngine(): Engine {
  self ??= identify(process.pid);
  return self;
}

/**
 * Whether that very process is still there. Where start times can be had, a claim without one is nobody's: a pid alone
 * may be any process by now.
 */
export function isAlive(engine: Engine): boolean {
  const now = identify(engine.pid);
  if (!isOfHere(engine, now)) return false;
  if (thisEngine().pidStart === undefined) return isThere(engine.pid);
  if (now.pidStart !== undefined) return now.pidStart === engine.pidStart;
  return engine.pidStart !== undefined && isHidden(engine.pid);
}

/** Another user's process where `/proc` shows each user their own alone (`hidepid`). */
function isHidden(pid: number): boolean {
  return read(`/proc/${pid}/stat`) === undefined && isThere(pid);
}

/** Whether an engine is of this boot and these process ids: of others nothing can be seen from here. */
export function isOfHere(engine: Engine, { bootId, pidNs }: Omit<Engine, 'pid'> = thisEngine()) {
  // Earlier editions did not name the namespace.
  return engine.bootId === bootId && (engine.pidNs === undefined || engine.pidNs === pidNs);
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Whether a process has something in a folder open; of one that may not be looked into, nobody can say. */
export function mayHaveOpen(engine: Engine, folder: string): boolean {
  return anyOpen(engine, () => {
    const inside = `${realpathSync(folder)}${sep}`;
    return (fd) => linkOf(fd).startsWith(inside);
  });
}

/** The same of one file: whoever claims something with a file keeps it open for as long. */
export function mayHold(engine: Engine, file: string): boolean {
  return anyOpen(engine, () => {
    const { ino, dev } = lstatSync(file);
    return (fd) => {
      const facts = statSync(fd, { throwIfNoEntry: false });
      return facts?.ino === ino && facts.dev === dev;
    };
  });
}

function anyOpen({ pid }: Engine, what: () => (fd: string) => boolean): boolean {
  const fds = `/proc/${pid}/fd`;
  try {
    const isIt = what();
    return readdirSync(fds).some((fd) => isIt(join(fds, fd)));
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

const MAX_HOLDERS = 10;

/** Other processes that have the file open, as `PID command`; those of other users stay unseen. */
export function holdersOf(path: string): readonly string[] {
  const holders: string[] = [];
  for (const pid of list('/proc')) {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) continue;
    if (!list(`/proc/${pid}/fd`).some((fd) => isOpen(`/proc/${pid}/fd/${fd}`, path))) continue;
    holders.push(`${pid} ${commandOf(pid)}`.trim());
    if (holders.length === MAX_HOLDERS) break;
  }
  return holders;
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/**
 * The same file under the name it was made with, which begins with its own; an older file of that name is not it. In
 * another container its folder may have another name.
 */
function isOpen(link: string, path: string): boolean {
  try {
    if (!basename(linkOf(link)).startsWith(basename(path))) return false;
    const [one, other] = [statSync(link), lstatSync(path)];
    return one.ino === other.ino && one.dev === other.dev;
  } catch {
    return false;
  }
}

/** Control characters of a command line never reach a terminal. */
function commandOf(pid: string): string {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    // How handrail itself starts a shell says nothing to anybody.
    if (words.includes('__handrail_')) return "the step's own shell";
    return words.replace(/\p{Cc}/gu, '?').slice(0, 80);
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
    ...('pidNs' in data && typeof data.pidNs === 'string' ? { pidNs: data.pidNs } : {}),
  };
}

function identify(pid: number): Engine {
  const bootId = read('/proc/sys/kernel/random/boot_id')?.trim();
  const pidNs = linkOf('/proc/self/ns/pid').replace(/\D/g, '');
  const stat = read(`/proc/${pid}/stat`);
  const pidStart = stat === undefined ? undefined : startTimeOf(stat);
  return {
    pid,
    ...(pidStart === undefined ? {} : { pidStart }),
    ...(bootId === undefined ? {} : { bootId }),
    ...(pidNs === '' ? {} : { pidNs }),
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
