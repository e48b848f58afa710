import {
  closeSync,
  type Dirent,
  ftruncateSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../engine/contracts/clock.ts';
import type {
  HeldLock,
  LedgerEntry,
  LedgerHead,
  LockHolder,
  RawLine,
  RememberedHead,
  RunReader,
  RunStore,
  RunWriter,
} from '../engine/contracts/run-store.ts';
import { HandrailError } from '../engine/model/errors.ts';
import { type ChainState, stateAfter } from '../engine/record/chain.ts';
import { LOG, RUNBOOK, RUNS, runFolder, TORN } from '../engine/record/files.ts';
import { readRemembered } from '../engine/record/ledger.ts';
import {
  addToOwn,
  codeOf,
  FILE_MODE,
  makeFolder,
  openOwn,
  readOwn,
  syncFolder,
  whatStandsAt,
  whyOf,
} from './files/disk.ts';
import { fence } from './files/fence.ts';
import { appendToLedger, ledgerFile, rememberedFile } from './files/ledger.ts';
import { linesOf } from './files/lines.ts';
import { lockFile, placeInLine } from './files/lock.ts';
import { FileLogWriter } from './files/log-writer.ts';
import { FileRunReader } from './files/run-reader.ts';
import { usedRun } from './used-run.ts';

/** Keeps runs as folders `<state>/runs/<run id>/`, the chain of all runs in `<state>/runs.jsonl`. */
export class FileStore implements RunStore {
  readonly scheme = 'file';
  readonly where: string;
  readonly #clock: Clock;

  constructor(folder: string, clock: Clock) {
    this.where = folder;
    this.#clock = clock;
  }

  async create(run: string, runbook: Uint8Array): Promise<RunWriter> {
    const folder = this.#folder(run);
    try {
      makeFolder(join(this.where, RUNS));
      mkdirSync(folder, { mode: 0o700 });
      writeFileSync(join(folder, RUNBOOK), runbook, { mode: FILE_MODE });
      const leave = this.#enter(run, folder);
      const writer = new FileLogWriter({ run, folder, clock: this.#clock }, null, leave);
      syncFolder(folder);
      syncFolder(join(this.where, RUNS));
      return writer;
    } catch (error) {
      if (error instanceof HandrailError) throw error;
      if (codeOf(error) === 'EEXIST' && isFolder(folder)) throw usedRun(this.where, run, error);
      throw this.#unwritable(error);
    }
  }

  async reopen(run: string): Promise<RunWriter> {
    const folder = this.#folder(run);
    if (!isFolder(folder) || whatStandsAt(join(folder, LOG)) === undefined)
      throw new HandrailError('RUN_NOT_FOUND', { name: run, state: this.where });
    const leave = this.#enter(run, folder);
    try {
      const past = this.#past(run, folder);
      return new FileLogWriter({ run, folder, clock: this.#clock }, past, leave);
    } catch (error) {
      leave();
      if (error instanceof HandrailError) throw error;
      throw this.#unwritable(error);
    }
  }

  async read(run: string): Promise<RunReader | undefined> {
    const folder = this.#folder(run);
    return isFolder(folder) ? new FileRunReader(run, folder) : undefined;
  }

  async runs(): Promise<readonly string[]> {
    return this.#entries()
      .filter(isRunFolder)
      .map(({ name }) => name);
  }

  async strangers(): Promise<readonly string[]> {
    return this.#entries()
      .filter((entry) => !isRunFolder(entry))
      .map(({ name }) => name);
  }

  #entries(): readonly Dirent[] {
    try {
      const entries = readdirSync(join(this.where, RUNS), { withFileTypes: true });
      return entries.sort((one, other) => (one.name < other.name ? -1 : 1));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return [];
      throw this.#unreadable(error);
    }
  }

  async remove(run: string): Promise<void> {
    const folder = this.#folder(run);
    if (!isFolder(folder)) return;
    const leave = this.#enter(run, folder);
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch (error) {
      throw this.#unwritable(error);
    } finally {
      leave();
    }
  }

  async stamps(): Promise<ReadonlyMap<string, string>> {
    const stamps = new Map<string, string>();
    for (const run of await this.runs()) {
      const facts = whatStandsAt(join(runFolder(this.where, run), LOG));
      const stamp = facts === undefined ? '' : `${facts.size}-${facts.mtimeNs}-${facts.ino}`;
      stamps.set(run, stamp);
    }
    return stamps;
  }

  async enter(entry: LedgerEntry): Promise<LedgerHead> {
    try {
      return await appendToLedger(this.where, entry);
    } catch (error) {
      throw this.#unwritable(error);
    }
  }

  async *ledger(): AsyncGenerator<RawLine> {
    yield* linesOf(ledgerFile(this.where));
  }

  async remembered(): Promise<RememberedHead | null> {
    return readRemembered(readOwn(rememberedFile(this.where)) ?? '');
  }

  async lock(name: string, holder: LockHolder): Promise<HeldLock | LockHolder> {
    try {
      makeFolder(this.where);
      return await lockFile(realpathSync(this.where), name, holder);
    } catch (error) {
      throw this.#unwritable(error);
    }
  }

  async queue(name: string, holder: LockHolder): Promise<{ leave(): void }> {
    try {
      return placeInLine(realpathSync(this.where), name, holder);
    } catch (error) {
      throw this.#unwritable(error);
    }
  }

  #unreadable(error: unknown): HandrailError {
    const message = `The runs in \`${this.where}\` cannot be read: ${whyOf(error)}. Choose a folder with --state or HANDRAIL_HOME.`;
    return new HandrailError('CONFIGURATION', { message }, { cause: error });
  }

  #folder(run: string): string {
    if (!RUN_ID.test(run))
      throw new HandrailError('RUN_NOT_FOUND', { name: run, state: this.where });
    return runFolder(this.where, run);
  }

  #enter(run: string, folder: string): () => void {
    const fenced = this.#fenced(folder);
    if (typeof fenced === 'function') return fenced;
    const message = `Run ${run} is being carried out by process ${fenced.pid}. Wait until it ends, or end it.`;
    throw new HandrailError('LOCK_HELD', { message });
  }

  #fenced(folder: string): ReturnType<typeof fence> {
    try {
      return fence(folder);
    } catch (error) {
      throw this.#unwritable(error);
    }
  }

  /** The chain's state after the last whole line; the torn tail is moved to `log.torn`. */
  #past(run: string, folder: string): { readonly state: ChainState; readonly bytes: number } {
    const path = join(folder, LOG);
    let last: RawLine | undefined;
    let bytes = 0;
    for (const line of linesOf(path)) {
      if (!line.complete) {
        addToOwn(join(folder, TORN), `${Buffer.from(line.raw).toString()}\n`);
        break;
      }
      last = line;
      bytes += line.raw.length + 1;
    }
    const state = last === undefined ? undefined : stateAfter(last.raw);
    if (state === undefined) {
      const message = `The log of run ${run} cannot be gone on with: its last line is no event. \`handrail verify ${run}\` says more.`;
      throw new HandrailError('RUN_NOT_RESUMABLE', { message });
    }
    cut(path, bytes);
    return { state, bytes };
  }

  #unwritable(error: unknown): HandrailError {
    const data = { path: this.where, why: whyOf(error) };
    return new HandrailError('LOG_UNWRITABLE', data, { cause: error });
  }
}

const RUN_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A copy under a name of its own, a file or a link among the runs is no run. */
function isRunFolder(entry: Dirent): boolean {
  return entry.isDirectory() && RUN_ID.test(entry.name);
}

function isFolder(path: string): boolean {
  return whatStandsAt(path)?.isDirectory() === true;
}

function cut(path: string, bytes: number): void {
  const fd = openOwn(path);
  if (fd === undefined) return;
  try {
    ftruncateSync(fd, bytes);
  } finally {
    closeSync(fd);
  }
}
