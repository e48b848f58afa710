import type { Writable } from 'node:stream';

/** Where text for a person or a program goes. */
export interface Outlet {
  /**
   * Resolves when the reader has taken it, so that a slow one slows the writer down. A reader that
   * is gone (`handrail log | head`) takes everything at once from then on.
   */
  write(text: string | Uint8Array): Promise<void> | undefined;
  /** The reader is gone: nobody sees what is written. */
  readonly closed: boolean;
  readonly isTerminal: boolean;
}

/** Writes to a stream of this process. Any failure to write other than a missing reader is reported by exit code. */
export function makeOutlet(stream: Writable & { readonly isTTY?: boolean }): Outlet {
  let closed = false;
  stream.on('error', () => {
    closed = true;
  });
  return {
    write(text) {
      if (closed || text.length === 0) return undefined;
      if (stream.write(text)) return undefined;
      return drained(stream);
    },
    get closed() {
      return closed;
    },
    isTerminal: stream.isTTY === true,
  };
}

function drained(stream: Writable): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      stream.off('drain', done);
      stream.off('error', done);
      stream.off('close', done);
      resolve();
    };
    stream.on('drain', done);
    stream.on('error', done);
    stream.on('close', done);
  });
}
