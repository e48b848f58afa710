import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, readOwn, replaceFile } from '../../stores/files/disk.ts';
import { takeTurn } from '../../stores/files/turn.ts';
import { sha256Of } from '../../text/sha256.ts';

/** How far something was sent: whole lines and their bytes, and files with the size and time that they had. */
export interface Mark {
  readonly lines: number;
  readonly bytes: number;
  readonly files: Readonly<Record<string, string>>;
  /** 1-based line at which the team's record holds something else; nothing is sent any more. */
  readonly fork?: number;
  /** Hash of a chain's first line. */
  readonly chain?: string;
}

export const NOTHING_SENT: Mark = { lines: 0, bytes: 0, files: {} };

/** The marks of one state folder for one team. Losing one costs sending again what the record knows already. */
export interface Marks {
  get(name: string): Mark;
  set(name: string, mark: Mark): void;
  /** Lets one process at a time send; one that keeps its turn for long is not waited for, as sending twice does no harm. */
  turn(): Promise<() => void>;
}

/** Marks stand beside the runs, never in their folders. */
export function openMarks(state: string, url: string): Marks {
  const folder = join(state, 'team', keyOf(url));
  // Somebody may be removing the folder just now: what is known is not sent again.
  const known = new Map<string, Mark>();
  return {
    get(name) {
      const mark = markAt(join(folder, `${name}.json`)) ?? known.get(name) ?? NOTHING_SENT;
      known.set(name, mark);
      return mark;
    },
    set(name, mark) {
      known.set(name, mark);
      // A state folder that was removed is not made anew by what looks after it.
      if (existsSync(state)) replaceFile(join(folder, `${name}.json`), JSON.stringify(mark));
    },
    async turn() {
      try {
        makeFolder(folder);
        return await takeTurn(join(folder, 'turn'));
      } catch {
        return () => undefined;
      }
    },
  };
}

function markAt(path: string): Mark | undefined {
  try {
    const mark: Partial<Mark> = JSON.parse(readOwn(path) ?? '');
    const isMark = typeof mark.lines === 'number' && typeof mark.bytes === 'number';
    return isMark ? { ...NOTHING_SENT, ...mark } : undefined;
  } catch {
    return undefined;
  }
}

/** The same database under the same login, whatever its password is by now. */
function keyOf(url: string): string {
  let name = url;
  try {
    const { username, host, pathname } = new URL(url);
    name = `${username}@${host}${pathname}`;
  } catch {
    // Taken as it stands.
  }
  return sha256Of(name).slice(0, 16);
}
