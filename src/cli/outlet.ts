import type { Writable } from 'node:stream';

/** Where text for a person or a program goes. */
export interface Outlet {
  /**
   * Resolves when the reader has taken it, so that a slow one slows the writer down. A reader that
   * is gone (`handrail log | head`) takes everything at once from then on. Text that is ASCII alone may say so: its letters
   * are its bytes, and nothing has to be counted and encoded.
   */
  write(text: string | Uint8Array, encoding?: 'ascii'): Promise<void> | undefined;
  /** The reader is gone: nobody sees what is written. */
  readonly closed: boolean;
  readonly isTerminal: boolean;
}

type Output = Writable & { readonly isTTY?: boolean };

/**
 * Writes to a stream of this process. `lost` is told of a failure to write other than a missing reader. The
 * stream is asked for when there is something to write, or to know of it: most runs have nothing to say on standard
 * error, and to make it a stream takes 3 ms.
 */
export function makeOutlet(streamOf: () => Output, lost: (why: Error) => void): Outlet {
  let closed = false;
  let known: Output | undefined;
  const stream = (): Output => {
    if (known !== undefined) return known;
    known = streamOf();
    known.on('error', (error: NodeJS.ErrnoException) => {
      if (!closed && error.code !== 'EPIPE' && error.code !== 'ECONNRESET') lost(error);
      closed = true;
    });
    return known;
  };
  return {
    write(text, encoding) {
      if (closed || text.length === 0) return undefined;
      const to = stream();
      if (encoding === undefined ? to.write(text) : to.write(text, 'latin1')) return undefined;
      return drained(to);
    },
    get closed() {
      return closed;
    },
    get isTerminal() {
      return stream().isTTY === true;
    },
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
