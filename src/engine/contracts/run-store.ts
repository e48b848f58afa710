import type { RunEventBody, StoredEvent } from '../model/event.ts';

/** What is known of the beginning of an attempt's output. */
export interface OutputSum {
  readonly bytes: number;
  readonly sha256: string;
}

/** Takes one attempt's output. */
export interface OutputWriter {
  /** Resolves when the bytes have been taken (backpressure). */
  write(chunk: Uint8Array): Promise<void> | void;
  /** Size in bytes and SHA-256 (hex) of everything written so far. */
  sum(): OutputSum;
  /** Path relative to the run, size in bytes, SHA-256 (hex) of everything written. */
  close(): Promise<{ readonly path: string; readonly bytes: number; readonly sha256: string }>;
}

/** Appends to one run's log. Only one exists per run at a time. */
export interface RunWriter {
  readonly run: string;
  /** Next sequence number. */
  readonly nextSeq: number;
  /** Hash of the last stored line (64 zeros at first). */
  readonly head: string;
  /**
   * Stores the events, in order, in one write: all of them are there or none. With `durable` it resolves only when
   * they are on disk (fdatasync). `before` is told the hash that the last line is going to have, and waited for before
   * anything is written. Throws LOG_UNWRITABLE or LOG_LOST.
   */
  append(
    bodies: readonly RunEventBody[],
    options: { readonly durable: boolean; readonly before?: (head: string) => Promise<void> },
  ): Promise<readonly StoredEvent[]>;
  openOutput(stepId: string, attempt: number): Promise<OutputWriter>;
  /** Keeps a file beside the log (a name of `record/files.ts`), mode 0600, replaced whole. */
  keep(name: string, bytes: Uint8Array | string): Promise<void>;
  close(): Promise<void>;
}

/** One line of a log as it stands on disk. */
export interface RawLine {
  readonly line: number;
  readonly raw: Uint8Array;
  /** Ended by a newline. */
  readonly complete: boolean;
}

/** Where a line of a log stands. */
export interface LinePlace {
  /** Lines before it. */
  readonly line: number;
  /** Bytes before it, newlines included. */
  readonly bytes: number;
}

/** Reads one run. */
export interface RunReader {
  readonly run: string;
  /** Folder or URL, for messages. */
  readonly where: string;
  /** Whether the engine that appends to this run is still at work. */
  live(): Promise<boolean>;
  /** Resolves when something new may have been stored; absent where a reader has to look. */
  changed?(signal: AbortSignal): Promise<void>;
  /** Files may be there later than the lines about them: they are sent from elsewhere. */
  readonly isBehind?: boolean;
  /** Lines in order, in constant memory, from that place on, where nothing before it need be read again. */
  lines(from?: LinePlace): AsyncIterable<RawLine>;
  /** The last lines of the log, oldest first, as many as fit into that many bytes; at least the last one. */
  lastLines(bytes: number): Promise<readonly RawLine[]>;
  /** Names of all files of the run but its log, sorted. */
  names(): Promise<readonly string[]>;
  /** A file of the run (a name of `record/files.ts`); `undefined` when absent. */
  file(name: string): Promise<Uint8Array | undefined>;
  /** Size and SHA-256 (hex) of a file in constant memory; `undefined` when absent. */
  digest(name: string): Promise<{ readonly bytes: number; readonly sha256: string } | undefined>;
  /** One attempt's output as far as it is written, from a byte on, in constant memory; nothing when there is none. */
  output(stepId: string, attempt: number, fromByte: number): AsyncIterable<Uint8Array>;
  /** Up to `headBytes` from the beginning and `tailBytes` from the end. */
  excerpt(
    name: string,
    headBytes: number,
    tailBytes: number,
  ): Promise<
    { readonly head: Uint8Array; readonly tail: Uint8Array; readonly bytes: number } | undefined
  >;
}

/** Who holds a lock. */
export interface LockHolder {
  readonly run: string;
  readonly pid: number;
  readonly since: string;
  readonly user: string;
  /** Processes that still hold the lock although their engine is gone, as `PID command`. */
  readonly orphans?: readonly string[];
  /** It does not have the lock yet: it waits for it, and comes first. */
  readonly waits?: true;
}

/** A lock that is held. */
export interface HeldLock {
  /** Descriptors to pass into every process of the run, so that the lock follows the work. */
  readonly fds: readonly number[];
  release(): Promise<void>;
}

/** One fact of the chain of all runs. */
export interface LedgerEntry {
  readonly run: string;
  /** `sealed` stands there before the seal is written, `created` and `resumed` before what they begin. */
  readonly what: 'created' | 'resumed' | 'sealed' | 'rendered' | 'pruned';
  /**
   * Hash of the last line of the run's log at that time; of `rendered` the SHA-256 of the rendered run log, of `sealed`
   * that of the seal's own line, of `created` that of the last line of the write that the run begins with (64 zeros:
   * entered by an edition that did not say).
   */
  readonly head: string;
  /** Of `sealed`: hash of the line before the seal. */
  readonly after?: string;
  /** UTC, ISO 8601 with milliseconds. */
  readonly at: string;
}

/** Where the chain of all runs stands. */
export interface LedgerHead {
  /** Its lines. */
  readonly size: number;
  /** Hash of the last of them (64 zeros when there is none). */
  readonly head: string;
}

/** Where the chain of all runs is remembered to end. */
export interface RememberedHead extends LedgerHead {
  /** Hash of a line that was being appended when this was written down; absent: none was. */
  readonly next?: string;
}

/** Where run logs live. One file in `src/stores`, two lines in its list. */
export interface RunStore {
  readonly scheme: string;
  /** For messages: the folder or URL. */
  readonly where: string;
  /** Starts a run with the exact text that will run. Throws LOG_UNWRITABLE. */
  create(run: string, runbook: Uint8Array): Promise<RunWriter>;
  /**
   * Goes on with a run's log after its last whole line; a torn tail is moved out of its way.
   * Throws RUN_NOT_FOUND, RUN_NOT_RESUMABLE (the log is altered) or LOCK_HELD (another engine appends to it).
   */
  reopen(run: string): Promise<RunWriter>;
  read(run: string): Promise<RunReader | undefined>;
  /** Run ids, oldest first. */
  runs(): Promise<readonly string[]>;
  /** Readers of all runs, newest first, where many at once cost less than one after the other; in bounded memory. */
  newest?(): AsyncIterable<RunReader>;
  /** Names of what stands among the runs and is none: somebody else put it there. */
  strangers(): Promise<readonly string[]>;
  /**
   * For every run a text that is another one as soon as its log is: what was found out about a run holds as long as
   * this does. Cheap: nothing is read.
   */
  stamps(): Promise<ReadonlyMap<string, string>>;
  /** Removes a run with everything it kept. Its entries in the chain of all runs stay. Throws LOCK_HELD while it is carried out. */
  remove(run: string): Promise<void>;
  /** Notes in the chain of all runs that a run was created, resumed, sealed, rendered or pruned; where the chain stands then. */
  enter(entry: LedgerEntry): Promise<LedgerHead>;
  /**
   * Runs that the chain of all runs knows and that whoever asks may not read, as they are another host's: they are neither there
   * nor gone. Absent: there are none.
   */
  elsewhere?(): Promise<ReadonlySet<string>>;
  /**
   * The name of the host that each run belongs to, pruned ones too, where the store keeps the runs of several. Absent: a run says
   * itself on which machine it was.
   */
  hosts?(): Promise<ReadonlyMap<string, string>>;
  /** Lines of the chain of all runs. */
  ledger(): AsyncIterable<RawLine>;
  /**
   * Where the chain of all runs stood when it was last written, as it is remembered apart from it: a chain that is
   * shorter was cut, one that is longer was added to. `null`: nothing is remembered.
   */
  remembered(): Promise<RememberedHead | null>;
  lock(name: string, holder: LockHolder): Promise<HeldLock | LockHolder>;
  /**
   * Gives a run that waits for a lock its place in the line: until it is left, `lock` gives nobody the lock who came later.
   * Absent: whoever asks at the right moment has it.
   */
  queue?(name: string, holder: LockHolder): Promise<{ leave(): void }>;
}
