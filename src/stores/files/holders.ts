import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';

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

/** The same file under the name it was made with, which begins with its path; an older file of that name is not it. */
function isOpen(link: string, path: string): boolean {
  try {
    return readlinkSync(link).startsWith(path) && statSync(link).ino === statSync(path).ino;
  } catch {
    return false;
  }
}

/** Control characters of a command line never reach a terminal. */
function commandOf(pid: string): string {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return words.replace(/\p{Cc}/gu, '?').slice(0, 80);
  } catch {
    return '';
  }
}
