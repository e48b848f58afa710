import type { OutputWriter, RunWriter } from '../contracts/run-store.ts';
import type { RunEventBody } from '../model/event.ts';

type OutputBody = Extract<RunEventBody, { type: 'step.output' }>;

const MAX_WAIT_MS = 100;
const SOON_MS = 5;
const MAX_BYTES = 64 * 1024;

/** When stored events must be on disk: before anything else happens, within 5 ms, or with what comes after them. */
export type Durability = 'now' | 'soon' | 'later';

/** Told what is going to be written, and waited for, before it is. */
export interface Entering {
  /** The hash of the last line of the write that a run begins with. */
  opening(head: string): Promise<void>;
  /** The hash of the seal's line, and of the line before it. */
  seal(seal: { readonly head: string; readonly after: string }): Promise<void>;
}

type Before = NonNullable<Parameters<RunWriter['append']>[1]['before']>;

/** Appends to a log whose output lines may lag behind a little. */
export interface OutputLog {
  /** Says that bytes were added to an attempt's output, which vouches for itself where it ends up in the log. */
  note(
    piece: Omit<OutputBody, 'offset' | 'sha256'>,
    output: Pick<OutputWriter, 'sum'>,
  ): Promise<void>;
  /** Stores events after the output lines that lag behind; `before` as in `RunWriter`. */
  append(bodies: readonly RunEventBody[], durability: Durability, before?: Before): Promise<void>;
  /** Closes the chain; `entering` is told of the seal before it is written. */
  seal(entering?: Entering['seal']): Promise<void>;
  /** No timer is left. */
  stop(): void;
}

/** Tells the attempts of a run apart, of which several may print at once. */
export function attemptOf({ stepId, try: number }: Pick<OutputBody, 'stepId' | 'try'>): string {
  return `${number} ${stepId}`;
}

/** An attempt that prints: where its next piece stands, and what vouches for all of it. */
interface Printing {
  readonly offset: number;
  readonly output: Pick<OutputWriter, 'sum'>;
}

/** Collects neighbouring pieces of output into one line each, for at most 100 ms or one piece that reaches 64 KiB (a piece is at most 256 KiB). */
export function outputLog(writer: RunWriter): OutputLog {
  let pending: OutputBody[] = [];
  let pendingBytes = 0;
  const printing = new Map<string, Printing>();
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<void> = Promise.resolve();
  let lost: unknown;
  /** Something stored is to be on disk soon. */
  let isOwed = false;

  const flush = (
    more: readonly RunEventBody[],
    durable: boolean,
    before?: Before,
  ): Promise<void> => {
    clearTimeout(timer);
    if (durable) isOwed = false;
    timer = isOwed ? setTimeout(flushLater, SOON_MS, true) : undefined;
    const bodies = [...summed(pending, printing), ...more];
    pending = [];
    pendingBytes = 0;
    turn = turn.then(async () => {
      if (lost !== undefined) throw lost;
      if (bodies.length > 0 || durable)
        await writer.append(bodies, { durable, ...(before === undefined ? {} : { before }) });
    });
    return turn;
  };
  const flushLater = (durable: boolean): void => {
    flush([], durable).catch((error: unknown) => {
      lost = error;
      turn = Promise.resolve();
    });
  };
  return {
    async note(piece, output) {
      if (lost !== undefined) throw lost;
      const key = attemptOf(piece);
      const offset = printing.get(key)?.offset ?? 0;
      printing.set(key, { offset: offset + piece.bytes, output });
      const last = pending.at(-1);
      if (last !== undefined && last.stream === piece.stream && attemptOf(last) === key)
        pending[pending.length - 1] = { ...last, bytes: last.bytes + piece.bytes };
      else pending.push({ ...piece, offset });
      pendingBytes += piece.bytes;
      if (pendingBytes >= MAX_BYTES) await flush([], false);
      else timer ??= setTimeout(flushLater, MAX_WAIT_MS, false);
    },
    async append(bodies, durability, before) {
      isOwed ||= durability === 'soon';
      await flush(bodies, durability === 'now', before);
      for (const body of bodies)
        if (body.type === 'step.finished') printing.delete(attemptOf(body));
    },
    async seal(entering = async () => undefined) {
      await flush([], true);
      const { nextSeq: events, head: after } = writer;
      const before = (head: string): Promise<void> => entering({ head, after });
      await writer.append([{ type: 'run.sealed', events, head: after }], { durable: true, before });
    },
    stop() {
      clearTimeout(timer);
    },
  };
}

/** The last line of an attempt's output says what all of it comes to: where no end of the attempt follows, that is what vouches for it. */
function summed(
  pending: readonly OutputBody[],
  printing: ReadonlyMap<string, Printing>,
): readonly OutputBody[] {
  const vouched = new Set<string>();
  return pending
    .toReversed()
    .map((piece) => {
      const key = attemptOf(piece);
      const output = printing.get(key)?.output;
      if (output === undefined || vouched.has(key)) return piece;
      vouched.add(key);
      const { bytes, sha256 } = output.sum();
      // A piece that is written and not noted yet comes with the next line.
      return bytes === piece.offset + piece.bytes ? { ...piece, sha256 } : piece;
    })
    .toReversed();
}
