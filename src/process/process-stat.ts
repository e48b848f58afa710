import { readFileSync } from 'node:fs';

/** What the kernel says about one process. */
export interface ProcessStat {
  /** One letter; `Z` and `X`: it has ended. */
  readonly state: string;
  readonly parent: number;
  readonly group: number;
  readonly session: number;
  /** Clock ticks since boot: tells a process from a later one of the same number. */
  readonly start: string;
}

/** Reads `/proc/PID/stat`; `undefined` where there is no such process, or no `/proc`. */
export function statOf(pid: number): ProcessStat | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name before it may hold blanks and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state = '', parent, group, session] = fields;
    const start = fields[19] ?? '';
    return { state, parent: Number(parent), group: Number(group), session: Number(session), start };
  } catch {
    return undefined;
  }
}

/** Whether a process has ended: its parent may not have looked yet. */
export const isOver = ({ state }: ProcessStat): boolean => state === 'Z' || state === 'X';

/** When a process that was just started began; `''`: it is over and buried already. `undefined`: there is no `/proc`. */
export function startOf(pid: number): string | undefined {
  return statOf(pid)?.start ?? (statOf(process.pid) && '');
}
