import type { SpillRoom } from '../contracts/spill-room.ts';
import type { DraftEvent } from './draft.ts';
import { Packing } from './packed.ts';

/** Reads events in order of time, as often as needed. */
export type EventReader = () => AsyncIterable<readonly DraftEvent[]>;

const BATCH = 256;

/**
 * Takes events in any order and gives them back in order of time. Beyond `maxChars` of text they are
 * sorted and spilled piece by piece, and the pieces are merged while they are read: memory stays
 * bounded, and time linear but for the sort of each piece.
 */
export class EventSpool {
  readonly #room: SpillRoom;
  readonly #maxChars: number;
  readonly #packing = new Packing();
  readonly #pieces: (() => AsyncIterable<readonly string[]>)[] = [];
  #events: DraftEvent[] = [];
  #chars = 0;

  constructor(room: SpillRoom, maxChars = 3_000_000) {
    this.#room = room;
    this.#maxChars = maxChars;
  }

  /** Resolves when there is room for more; `undefined` when there is already. */
  add(event: DraftEvent): Promise<void> | undefined {
    this.#events.push(event);
    this.#chars +=
      500 + event.title.length + (event.body?.length ?? 0) + (event.command?.length ?? 0);
    return this.#chars > this.#maxChars ? this.#spill() : undefined;
  }

  /** Ends adding. */
  async close(): Promise<EventReader> {
    if (this.#pieces.length === 0) {
      const events = this.#events.sort(byTime);
      return async function* inMemory() {
        for (let at = 0; at < events.length; at += BATCH) yield events.slice(at, at + BATCH);
      };
    }
    await this.#spill();
    const pieces = this.#pieces;
    return () => merge(pieces, this.#packing);
  }

  async #spill(): Promise<void> {
    const events = this.#events.sort(byTime);
    this.#events = [];
    this.#chars = 0;
    this.#pieces.push(await this.#room.keep(linesOf(events, this.#packing)));
  }
}

/** Order of time; what happened at the same instant stays in the order it was recorded, or had in its file. */
export function byTime(left: DraftEvent, right: DraftEvent): number {
  return (
    compare(left.occurredAt, right.occurredAt) ||
    compare(left.recordedAt, right.recordedAt) ||
    compareSources(left, right)
  );
}

function* linesOf(events: readonly DraftEvent[], packing: Packing): Iterable<string> {
  for (const event of events) yield packing.pack(event);
}

async function* merge(
  pieces: readonly (() => AsyncIterable<readonly string[]>)[],
  packing: Packing,
): AsyncIterable<readonly DraftEvent[]> {
  const cursors = pieces.map((piece, order) => new Cursor(piece(), order, packing));
  try {
    await Promise.all(cursors.map((cursor) => cursor.fill()));
    const heap = cursors.filter((cursor) => cursor.current !== undefined);
    for (let at = (heap.length >> 1) - 1; at >= 0; at -= 1) sink(heap, at);
    let batch: DraftEvent[] = [];
    for (let first = heap[0]; first?.current; first = heap[0]) {
      batch.push(first.current);
      if (!first.next()) {
        await first.fill();
        if (!first.current) removeFirst(heap);
      }
      sink(heap, 0);
      if (batch.length === BATCH) {
        yield batch;
        batch = [];
      }
    }
    if (batch.length > 0) yield batch;
  } finally {
    await Promise.all(cursors.map((cursor) => cursor.close()));
  }
}

/** Walks one sorted piece. */
class Cursor {
  readonly #source: AsyncIterator<readonly string[]>;
  /** Which piece it is, in the order in which they were filled. */
  readonly order: number;
  readonly #packing: Packing;
  #lines: readonly string[] = [];
  #at = 0;
  current: DraftEvent | undefined;

  constructor(piece: AsyncIterable<readonly string[]>, order: number, packing: Packing) {
    this.order = order;
    this.#packing = packing;
    this.#source = piece[Symbol.asyncIterator]();
  }

  /** Moves on within the lines at hand; `false` when more must be fetched. */
  next(): boolean {
    const line = this.#lines[this.#at];
    if (line === undefined) return false;
    this.#at += 1;
    this.current = this.#packing.unpack(line);
    return true;
  }

  async fill(): Promise<void> {
    do {
      const { done, value } = await this.#source.next();
      if (done) {
        this.current = undefined;
        return;
      }
      this.#lines = value;
      this.#at = 0;
    } while (!this.next());
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }
}

function sink(heap: Cursor[], from: number): void {
  for (let at = from; ; ) {
    const left = 2 * at + 1;
    let least = at;
    if (before(heap[left], heap[least])) least = left;
    if (before(heap[left + 1], heap[least])) least = left + 1;
    const [upper, lower] = [heap[at], heap[least]];
    if (least === at || !upper || !lower) return;
    heap[at] = lower;
    heap[least] = upper;
    at = least;
  }
}

function removeFirst(heap: Cursor[]): void {
  const last = heap.pop();
  if (last && heap.length > 0) heap[0] = last;
}

function before(left: Cursor | undefined, right: Cursor | undefined): boolean {
  if (!left?.current || !right?.current) return false;
  return (byTime(left.current, right.current) || left.order - right.order) < 0;
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function compareSources(left: DraftEvent, right: DraftEvent): number {
  const [leftLog, leftSeq] = sourceOf(left);
  const [rightLog, rightSeq] = sourceOf(right);
  return compare(leftLog, rightLog) || leftSeq - rightSeq;
}

/** The log and the line. The id of an imported entry is a hash and says no place: those of one file stay as they came. */
function sourceOf({ id, source }: DraftEvent): readonly [string, number] {
  if (source.type === 'import') return [`import ${source.file} ${source.host}`, 0];
  const at = id.lastIndexOf('#');
  return at < 0 ? [id, 0] : [id.slice(0, at), Number(id.slice(at + 1)) || 0];
}
