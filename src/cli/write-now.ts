import { fstatSync } from 'node:fs';
import type { Outlet } from './outlet.ts';

/** What became of a text that was to be written at once. */
export interface Written {
  /** What the descriptor does not take now, though it will; it is what a stream is for. */
  readonly rest?: Uint8Array;
  /** The reader is gone. */
  readonly gone?: true;
  /** Why the text is lost: the device is full, or broken. */
  readonly lost?: Error;
}

/**
 * Writes a text to a descriptor of this process and waits until it is taken. What makes a stream of a pipe or a file
 * takes 5 ms to load, a seventh of a short command.
 */
export function writeNow(descriptor: number, text: string | Uint8Array): Written {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  // An old Node has no such function, and is told by a stream what it lacks.
  const writeSync = process.getBuiltinModule?.('node:fs').writeSync;
  let done = 0;
  if (writeSync === undefined) return { rest: bytes };
  try {
    while (done < bytes.length) done += writeSync(descriptor, bytes, done);
    return {};
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EAGAIN') return { rest: bytes.subarray(done) };
    if (code === 'EPIPE') return { gone: true };
    return { lost: error instanceof Error ? error : new Error(String(error)) };
  }
}

/** The sentence for text that standard output did not take. */
export function lostSentence(why: Error): string {
  return `handrail: Standard output cannot be written: ${why.message}. What stands there is not whole; free the disk or choose another place, and call it again.\n`;
}

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
