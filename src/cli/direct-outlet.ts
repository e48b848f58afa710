import { fstatSync } from 'node:fs';
import type { Outlet } from './outlet.ts';
import type { writeNow } from './write-now.ts';

/** Whether a descriptor is a pipe or a file, and so no terminal. */
export function isNoDevice(descriptor: number): boolean {
  try {
    return !fstatSync(descriptor).isCharacterDevice();
  } catch {
    return false;
  }
}

/**
 * Standard output of a command that has nothing else to do while its reader is slow, without the stream (5 ms of a
 * command of 25). A pipe that takes no more at once is written through a stream from there on.
 */
export function directOutlet(
  write: typeof writeNow,
  streamed: () => Outlet,
  lost: (why: Error) => void,
): Outlet {
  let closed = false;
  let behind: Outlet | undefined;
  return {
    write(text) {
      if (behind !== undefined) return behind.write(text);
      if (closed || text.length === 0) return undefined;
      const written = write(1, text);
      if (written.lost) lost(written.lost);
      closed = written.gone === true || written.lost !== undefined;
      if (written.rest === undefined) return undefined;
      behind = streamed();
      return behind.write(written.rest);
    },
    get closed() {
      return behind?.closed ?? closed;
    },
    isTerminal: false,
  };
}
