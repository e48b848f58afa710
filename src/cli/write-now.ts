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
