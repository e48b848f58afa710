import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** What the kernel says about one process. */
interface ProcessEntry {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
}

/** The processes of a step: a process group, whoever it started, and whoever carries its mark in the environment. */
export interface ProcessTree {
  /** The process group's id: the pid of the step's first process. */
  readonly group: number;
  /** `NAME=value` pairs that only processes of this step have in their environment; empty: not looked for. */
  readonly marks: readonly string[];
}

const FIRST_LOOK_MS = 15;
const LONGEST_LOOK_MS = 200;

/**
 * Ends every process of the tree: TERM, and KILL after `graceMs` for those that stay. Processes that left the group
 * (setsid) are found by their parents, their session and their marks. Resolves when they are gone or were killed.
 */
export async function endTree(tree: ProcessTree, graceMs: number): Promise<void> {
  const strays = straysOf(tree);
  const known = new Set(strays);
  signalAll(tree.group, strays, 'SIGTERM');
  signalAll(tree.group, strays, 'SIGCONT');
  const deadline = performance.now() + graceMs;
  for (let waitMs = FIRST_LOOK_MS; performance.now() < deadline; waitMs *= 2) {
    await sleep(Math.min(waitMs, LONGEST_LOOK_MS, Math.max(1, deadline - performance.now())));
    if (!isAlive(tree, known)) return;
  }
  for (const pid of straysOf(tree)) known.add(pid);
  signalAll(
    tree.group,
    [...known].filter((pid) => exists(pid)),
    'SIGKILL',
  );
}

/** The living processes of a group as `PID command line`; empty when there are none. Costs one system call then. */
export function membersOf(group: number): readonly string[] {
  if (!exists(-group)) return [];
  return described(processes().filter((entry) => entry.group === group));
}

/** The living processes that carry the marks in their environment, as `PID command line`. */
export function markedWith(marks: readonly string[]): readonly string[] {
  return described(processes().filter(({ pid }) => pid !== process.pid && isMarked(pid, marks)));
}

/** Whether a process that this one started, or one of its own, has the person's terminal open: to ask for a password, say. */
export function holdsTerminal(): boolean {
  const own = link('/proc/self/fd/0');
  const all = processes();
  const family = new Set([process.pid]);
  for (let before = 0; before !== family.size; ) {
    before = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  family.delete(process.pid);
  return [...family].some((pid) =>
    descriptorsOf(pid).some((file) => file === '/dev/tty' || (file !== '' && file === own)),
  );
}

function descriptorsOf(pid: number): readonly string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => link(`/proc/${pid}/fd/${fd}`));
  } catch {
    return [];
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function described(entries: readonly ProcessEntry[]): readonly string[] {
  return entries.map(({ pid }) => `${pid} ${commandOf(pid)}`.trim());
}

function isAlive(tree: ProcessTree, strays: ReadonlySet<number>): boolean {
  if (!exists(-tree.group) && ![...strays].some(exists)) return false;
  const living = processes();
  if (living.length === 0) return true;
  return living.some(({ pid, group }) => group === tree.group || strays.has(pid));
}

function straysOf(tree: ProcessTree): readonly number[] {
  const all = processes();
  const family = new Set([tree.group]);
  for (let before = 0; before !== family.size; ) {
    before = family.size;
    for (const { pid, parent, group, session } of all) {
      if (family.has(parent) || group === tree.group || session === tree.group) family.add(pid);
    }
  }
  return all
    .filter(({ pid, group }) => group !== tree.group && pid !== process.pid)
    .filter(({ pid }) => family.has(pid) || isMarked(pid, tree.marks))
    .map(({ pid }) => pid);
}

function isMarked(pid: number, marks: readonly string[]): boolean {
  if (marks.length === 0) return false;
  const environment = new Set((read(`/proc/${pid}/environ`) ?? '').split('\0'));
  return marks.every((mark) => environment.has(mark));
}

/** Every process that is no zombie; empty where there is no /proc. */
function processes(): readonly ProcessEntry[] {
  return pids().flatMap((pid) => {
    const stat = read(`/proc/${pid}/stat`);
    const [state, parent, group, session] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
    if (state === undefined || state === 'Z' || state === 'X') return [];
    return [{ pid, parent: Number(parent), group: Number(group), session: Number(session) }];
  });
}

function pids(): readonly number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return [];
  }
}

function commandOf(pid: number): string {
  const line = (read(`/proc/${pid}/cmdline`) ?? '').split('\0').join(' ').trim();
  // How handrail itself starts a shell says nothing to anybody.
  return line.includes('__handrail_') ? "the step's own shell" : line.slice(0, 200);
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'latin1');
  } catch {
    return undefined;
  }
}

function signalAll(group: number, strays: readonly number[], signal: NodeJS.Signals): void {
  for (const target of [-group, ...strays]) send(target, signal);
}

function exists(target: number): boolean {
  return send(target, 0);
}

function send(target: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(target, signal);
  } catch (error) {
    // EPERM: it is there, but belongs to somebody else.
    return signal === 0 && error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
