import type { StepOutput } from '../engine/contracts/step-type.ts';
import { forget, giveAway, giveBack, lendRoom, ROOM_BYTES } from '../text/rooms.ts';

/** Output that waits for its reader. */
export interface OutputQueue {
  /** The bytes are the queue's from then on. */
  push(output: StepOutput): void;
  /** Wakes the reader without output, because something else changed. */
  wake(): void;
  /** The oldest output; `undefined` when none waits. */
  shift(): StepOutput | undefined;
  /** Resolves when the reader was woken since the last look. */
  changed(): Promise<void>;
  readonly full: boolean;
}

/** How long output may wait for what comes right behind it. */
const GATHER_MS = 4;

/** Neighbouring pieces of one stream: the only one as it came, or all of them in a room. */
interface Waiting {
  readonly stream: StepOutput['stream'];
  chunk: Uint8Array;
  room: Buffer | null;
}

/**
 * A queue between a process and whoever reads its output. `pause` is called when `maxBytes` wait, `resume` when the
 * reader has caught up to half of it: a slow reader slows the process and nothing piles up. What comes within a moment
 * of output that was taken is put together: each piece costs the same, however little it is. A queue that lends may get
 * the room of what it hands out back (`giveBack`).
 */
export function outputQueue(
  maxBytes: number,
  flow: { readonly pause: () => void; readonly resume: () => void },
  lends = false,
): OutputQueue {
  let waiting: Waiting[] = [];
  let taken = 0;
  let bytes = 0;
  let full = false;
  let news = false;
  let notify: (() => void) | undefined;
  let moment: NodeJS.Timeout | undefined;
  const wake = (): void => {
    news = true;
    notify?.();
    notify = undefined;
  };
  const tell = (): void => {
    wake();
    moment ??= setTimeout(isOver, GATHER_MS).unref();
  };
  const isOver = (): void => {
    moment = undefined;
    // A reader that has been told and does not look is told once more by what comes next.
    if (bytes > 0 && !news) tell();
  };
  return {
    wake,
    push(output) {
      const last = waiting.at(-1);
      if (last === undefined || !isAdded(last, output)) waiting.push({ ...output, room: null });
      bytes += output.chunk.length;
      if (!full && bytes >= maxBytes) {
        full = true;
        flow.pause();
      }
      if (moment === undefined || bytes >= ROOM_BYTES) tell();
    },
    shift() {
      const output = waiting[taken];
      if (!output) return undefined;
      taken += 1;
      // A reader that is always behind never finds it empty: what was taken is let go all the same.
      if (taken * 2 > waiting.length) {
        waiting = waiting.slice(taken);
        taken = 0;
      }
      bytes -= output.chunk.length;
      if (full && bytes <= maxBytes / 2) {
        full = false;
        flow.resume();
      }
      return { stream: output.stream, chunk: chunkOf(output, lends) };
    },
    async changed() {
      if (!news) await new Promise<void>((resolve) => (notify = resolve));
      news = false;
    },
    get full() {
      return full;
    },
  };
}

/** Puts output behind the last one that waits, where it is of the same stream and there is room. */
function isAdded(last: Waiting, { stream, chunk }: StepOutput): boolean {
  const { length } = last.chunk;
  if (last.stream !== stream || length + chunk.length > ROOM_BYTES) return false;
  if (last.room === null) {
    last.room = lendRoom();
    last.room.set(last.chunk);
    forget(last.chunk);
  }
  last.room.set(chunk, length);
  last.chunk = last.room.subarray(0, length + chunk.length);
  forget(chunk);
  return true;
}

/** Little output takes no room with it. */
function chunkOf({ chunk, room }: Waiting, lends: boolean): Uint8Array {
  if (room !== null && chunk.length < ROOM_BYTES / 2) {
    const own = Buffer.from(chunk);
    giveBack(room);
    return own;
  }
  if (!lends) giveAway(chunk);
  return chunk;
}
