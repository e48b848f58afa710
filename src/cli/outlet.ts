import type { Writable } from 'node:stream';

/** Where text for a person or a program goes. */
export interface Outlet {
  /**
   * Resolves when the reader has taken it, so that a slow one slows the writer down. A reader that
   * is gone (`handrail log | head`) takes everything at once from then on. Bytes are the outlet's until then.
   */
  write(text: string | Uint8Array): Promise<void> | undefined;
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
    write(text) {
      if (closed || text.length === 0) return undefined;
      const to = stream();
      if (typeof text !== 'string') return taken(to, text);
      if (to.write(text)) return undefined;
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

/** Resolves when the bytes may be written over: a stream that writes at once keeps nothing of them. */
function taken(stream: Writable, bytes: Uint8Array): Promise<void> | undefined {
  let done: (() => void) | undefined;
  stream.write(bytes, () => done?.());
  if (stream.writableLength === 0) return undefined;
  return new Promise((resolve) => {
    done = resolve;
  });
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
