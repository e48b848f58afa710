import { createHash } from 'node:crypto';
import type { Clock } from '../engine/contracts/clock.ts';
import type {
  HeldLock,
  LedgerEntry,
  LedgerHead,
  LockHolder,
  OutputWriter,
  RawLine,
  RunReader,
  RunStore,
  RunWriter,
} from '../engine/contracts/run-store.ts';
import { HandrailError } from '../engine/model/errors.ts';
import { Chain, NO_HEAD } from '../engine/record/chain.ts';
import { LOG, outputFile, RUNBOOK } from '../engine/record/files.ts';
import { ledgerLine } from '../engine/record/ledger.ts';
import { endsOf } from '../text/bytes.ts';
import { sha256Of } from '../text/sha256.ts';
import { usedRun } from './used-run.ts';

interface MemoryRun {
  readonly chain: Chain;
  readonly lines: Uint8Array[];
  readonly files: Map<string, Uint8Array>;
  open: boolean;
}

/** Keeps runs in this process and nowhere else: for tests, dry runs and programs that keep their own record. */
export class MemoryStore implements RunStore {
  readonly scheme = 'memory';
  readonly where = 'memory';
  readonly #clock: Clock;
  readonly #runs = new Map<string, MemoryRun>();
  readonly #ledger: Uint8Array[] = [];
  #end: LedgerHead = { size: 0, head: NO_HEAD };
  readonly #locks = new Map<string, LockHolder>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  async create(run: string, runbook: Uint8Array): Promise<RunWriter> {
    if (this.#runs.has(run)) throw usedRun(this.where, run);
    const files = new Map([[RUNBOOK, runbook.slice()]]);
    const kept = { chain: new Chain(run, this.#clock), lines: [], files, open: true };
    this.#runs.set(run, kept);
    return writerOf(kept);
  }

  async reopen(run: string): Promise<RunWriter> {
    const kept = this.#runs.get(run);
    if (kept === undefined)
      throw new HandrailError('RUN_NOT_FOUND', { name: run, state: this.where });
    if (kept.open) {
      const message = `Run ${run} is being carried out. Wait until it ends, or end it.`;
      throw new HandrailError('LOCK_HELD', { message });
    }
    kept.open = true;
    return writerOf(kept);
  }

  async read(run: string): Promise<RunReader | undefined> {
    const kept = this.#runs.get(run);
    return kept === undefined ? undefined : readerOf(kept);
  }

  async runs(): Promise<readonly string[]> {
    return [...this.#runs.keys()].sort();
  }

  async strangers(): Promise<readonly string[]> {
    return [];
  }

  async remove(run: string): Promise<void> {
    if (this.#runs.get(run)?.open) {
      const message = `Run ${run} is being carried out. Wait until it ends, or end it.`;
      throw new HandrailError('LOCK_HELD', { message });
    }
    this.#runs.delete(run);
  }

  async stamps(): Promise<ReadonlyMap<string, string>> {
    return new Map([...this.#runs].map(([run, { chain }]) => [run, String(chain.state.nextSeq)]));
  }

  async enter(entry: LedgerEntry): Promise<LedgerHead> {
    const { line, end } = ledgerLine(entry, this.#end);
    this.#ledger.push(Buffer.from(line));
    this.#end = end;
    return end;
  }

  async remembered(): Promise<LedgerHead> {
    return this.#end;
  }

  async *ledger(): AsyncGenerator<RawLine> {
    yield* numbered(this.#ledger);
  }

  async lock(name: string, holder: LockHolder): Promise<HeldLock | LockHolder> {
    const other = this.#locks.get(name);
    if (other !== undefined) return other;
    this.#locks.set(name, holder);
    const release = async (): Promise<void> => {
      this.#locks.delete(name);
    };
    return { fds: [], release };
  }
}

function writerOf(kept: MemoryRun): RunWriter {
  return {
    run: kept.chain.run,
    get nextSeq() {
      return kept.chain.state.nextSeq;
    },
    get head() {
      return kept.chain.state.head;
    },
    async append(bodies, { before }) {
      const draft = kept.chain.draft(bodies);
      await before?.(draft.state.head);
      kept.chain.commit(draft);
      for (const line of draft.text.split('\n').slice(0, -1)) kept.lines.push(Buffer.from(line));
      return draft.events;
    },
    async openOutput(stepId, attempt) {
      return outputOf(kept, outputFile(stepId, attempt));
    },
    async keep(name, bytes) {
      kept.files.set(name, Buffer.from(bytes));
    },
    async close() {
      kept.open = false;
    },
  };
}

function outputOf(kept: MemoryRun, path: string): OutputWriter {
  const chunks: Uint8Array[] = [];
  // Asked for with every piece: hashed anew each time, a hundred megabytes took minutes.
  const digest = createHash('sha256');
  let bytes = 0;
  const sum = () => ({ bytes, sha256: digest.copy().digest('hex') });
  kept.files.set(path, Buffer.alloc(0));
  return {
    write(chunk) {
      chunks.push(Uint8Array.from(chunk));
      digest.update(chunk);
      bytes += chunk.length;
    },
    sum,
    async close() {
      kept.files.set(path, Buffer.concat(chunks));
      return { path, ...sum() };
    },
  };
}

function readerOf(kept: MemoryRun): RunReader {
  return {
    run: kept.chain.run,
    where: `memory:${kept.chain.run}`,
    live: async () => kept.open,
    lines: () => numbered(kept.lines),
    lastLines: async () => kept.lines.map((raw, at) => ({ line: at + 1, raw, complete: true })),
    names: async () => [...kept.files.keys()].sort(),
    file: async (name) => kept.files.get(name),
    async digest(name) {
      const bytes = kept.files.get(name);
      return bytes && { bytes: bytes.length, sha256: sha256Of(bytes) };
    },
    async *output(stepId, attempt, fromByte) {
      const bytes = kept.files.get(outputFile(stepId, attempt));
      if (bytes !== undefined && bytes.length > fromByte) yield bytes.subarray(fromByte);
    },
    async excerpt(name, headBytes, tailBytes) {
      const bytes = name === LOG ? wholeLog(kept) : kept.files.get(name);
      return bytes && endsOf(bytes, headBytes, tailBytes);
    },
  };
}

function wholeLog({ lines }: MemoryRun): Uint8Array {
  return Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\n')]));
}

async function* numbered(lines: readonly Uint8Array[]): AsyncGenerator<RawLine> {
  for (const [index, raw] of lines.entries()) yield { line: index + 1, raw, complete: true };
}
