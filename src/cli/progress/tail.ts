import { newlinesIn } from '../../text/bytes.ts';

/** The last lines of a step's output, in bounded memory. */
export interface Tail {
  write(chunk: Uint8Array): void;
  lines(): readonly string[];
  /** Lines seen so far, an unfinished one included. */
  readonly count: number;
}

const MAX_BYTES = 8 * 1024;
const MAX_LINES = 15;

/** Keeps at most 15 lines of at most 8 KiB. */
export function makeTail(): Tail {
  let kept: Buffer = Buffer.alloc(0);
  let newlines = 0;
  return {
    write(chunk) {
      newlines += newlinesIn(chunk);
      const recent = chunk.subarray(Math.max(0, chunk.length - MAX_BYTES));
      const all = recent.length === MAX_BYTES ? Buffer.from(recent) : Buffer.concat([kept, recent]);
      kept = all.subarray(Math.max(0, all.length - MAX_BYTES));
    },
    lines() {
      if (kept.length === 0) return [];
      return kept.toString('utf8').replace(/\n$/, '').split('\n').slice(-MAX_LINES);
    },
    get count() {
      return newlines + (kept.length > 0 && kept.at(-1) !== 10 ? 1 : 0);
    },
  };
}
