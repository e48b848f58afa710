import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { isOver, type ProcessStat, statOf } from './process-stat.ts';

/** A process that has not ended. */
interface ProcessEntry extends ProcessStat {
  readonly pid: number;
}

/** The processes of a step: a process group, whoever it started, and whoever carries its mark in the environment. */
export interface ProcessTree {
  /** The process group's id: the pid of the step's first process. */
  readonly group: number;
  /** When that one began, as `statOf` has it; `undefined`: nobody knows. */
  readonly start: string | undefined;
  /** `NAME=value` pairs that only processes of this step have in their environment; empty: not looked for. */
  readonly marks: readonly string[];
}

const FIRST_LOOK_MS = 15;
const LONGEST_LOOK_MS = 200;

/**
 * Ends every process of the tree: TERM, and KILL after `graceMs` for those that stay. Processes that left the group
 * (setsid) are found by their parents, their session and their marks. Resolves when they are gone or were killed. Numbers
 * are given out again: whoever has one by now that began at another time is left alone.
 */
export async function endTree(tree: ProcessTree, graceMs: number): Promise<void> {
  const known = new Map(straysOf(tree).map(({ pid, start }) => [pid, start]));
  signalAll(tree, known, 'SIGTERM');
  signalAll(tree, known, 'SIGCONT');
  const deadline = performance.now() + graceMs;
  for (let waitMs = FIRST_LOOK_MS; performance.now() < deadline; waitMs *= 2) {
    await sleep(Math.min(waitMs, LONGEST_LOOK_MS, Math.max(1, deadline - performance.now())));
    if (!isAlive(tree, known)) return;
  }
  for (const { pid, start } of straysOf(tree)) known.set(pid, start);
  signalAll(tree, known, 'SIGKILL');
}

/** The living processes of a tree's group as `PID command line`; empty when there are none. Costs one system call then. */
export function membersOf(tree: Omit<ProcessTree, 'marks'>): readonly string[] {
  if (!exists(-tree.group)) return [];
  const all = processes();
  return isOwn(tree, all) ? described(all.filter(({ group }) => group === tree.group)) : [];
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

type Known = ReadonlyMap<number, string>;

function isAlive(tree: ProcessTree, known: Known): boolean {
  if (!exists(-tree.group) && ![...known.keys()].some(exists)) return false;
  const living = processes();
  if (living.length === 0) return true;
  const isGroups = isOwn(tree, living);
  return living.some(
    ({ pid, group, start }) => (isGroups && group === tree.group) || known.get(pid) === start,
  );
}

/**
 * Whether the group is still the tree's: its number is given out again only when nobody is left in it, and then to a first
 * process that began later.
 */
function isOwn(
  { group, start }: Omit<ProcessTree, 'marks'>,
  all: readonly ProcessEntry[],
): boolean {
  const first = all.find(({ pid }) => pid === group);
  return first === undefined || start === undefined || first.start === start;
}

function straysOf(tree: ProcessTree): readonly ProcessEntry[] {
  const all = processes();
  const isGroups = isOwn(tree, all);
  const family = new Set(isGroups ? [tree.group] : []);
  for (let before = -1; before !== family.size; ) {
    before = family.size;
    for (const { pid, parent, group, session } of all) {
      if (family.has(parent) || (isGroups && [group, session].includes(tree.group)))
        family.add(pid);
    }
  }
  return all
    .filter(({ pid, group }) => !(isGroups && group === tree.group) && pid !== process.pid)
    .filter(({ pid }) => family.has(pid) || isMarked(pid, tree.marks));
}

function isMarked(pid: number, marks: readonly string[]): boolean {
  if (marks.length === 0) return false;
  const environment = new Set((read(`/proc/${pid}/environ`) ?? '').split('\0'));
  return marks.every((mark) => environment.has(mark));
}

/** Every process that is no zombie; empty where there is no /proc. */
function processes(): readonly ProcessEntry[] {
  return pids().flatMap((pid) => {
    const stat = statOf(pid);
    return stat === undefined || isOver(stat) ? [] : [{ pid, ...stat }];
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

function signalAll(tree: ProcessTree, known: Known, signal: NodeJS.Signals): void {
  const first = statOf(tree.group);
  if (first === undefined || isOwn(tree, [{ pid: tree.group, ...first }]))
    send(-tree.group, signal);
  for (const [pid, start] of known) if (statOf(pid)?.start === start) send(pid, signal);
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
