import { closeSync, constants, fdatasyncSync, ftruncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Clock } from '../../engine/contracts/clock.ts';
import type { OutputWriter, RunWriter } from '../../engine/contracts/run-store.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import type { RunEventBody, StoredEvent } from '../../engine/model/event.ts';
import { Chain, type ChainState } from '../../engine/record/chain.ts';
import { LOG, outputFile } from '../../engine/record/files.ts';
import { Sha256 } from '../../text/sha256.ts';
import { makeOwnFolder, openToWrite, replaceFile, whyOf, writeAll } from './disk.ts';

const APPEND = constants.O_WRONLY | constants.O_APPEND;

/** Appends to the log of one run folder. */
export class FileLogWriter implements RunWriter {
  readonly run: string;
  readonly #folder: string;
  readonly #chain: Chain;
  readonly #fd: number;
  readonly #leave: () => void;
  #bytes: number;
  #started = false;

  /** `bytes` is the size of the log so far, `leave` is called at the end. */
  constructor(
    where: { readonly run: string; readonly folder: string; readonly clock: Clock },
    past: { readonly state: ChainState; readonly bytes: number } | null,
    leave: () => void,
  ) {
    this.run = where.run;
    this.#folder = where.folder;
    this.#chain = new Chain(where.run, where.clock, past?.state);
    this.#bytes = past?.bytes ?? 0;
    this.#started = past !== null;
    this.#leave = leave;
    const how = past === null ? constants.O_CREAT | constants.O_EXCL : 0;
    this.#fd = openToWrite(join(where.folder, LOG), APPEND | how);
  }

  get nextSeq(): number {
    return this.#chain.state.nextSeq;
  }

  get head(): string {
    return this.#chain.state.head;
  }

  async append(
    bodies: readonly RunEventBody[],
    options: Parameters<RunWriter['append']>[1],
  ): Promise<readonly StoredEvent[]> {
    const draft = this.#chain.draft(bodies);
    await options.before?.(draft.state.head);
    const bytes = Buffer.from(draft.text);
    try {
      writeAll(this.#fd, bytes);
      if (options.durable) fdatasyncSync(this.#fd);
    } catch (error) {
      this.#takeBack();
      throw this.#lost(error);
    }
    this.#chain.commit(draft);
    this.#bytes += bytes.length;
    this.#started ||= bodies.some((body) => body.type === 'step.started');
    return draft.events;
  }

  async openOutput(stepId: string, attempt: number): Promise<OutputWriter> {
    return openOutputFile(this.#folder, stepId, attempt, (error) => this.#lost(error));
  }

  async keep(name: string, bytes: Uint8Array | string): Promise<void> {
    try {
      const path = join(this.#folder, name);
      makeOwnFolder(dirname(path));
      replaceFile(path, bytes);
    } catch (error) {
      throw this.#lost(error);
    }
  }

  async close(): Promise<void> {
    closeSync(this.#fd);
    this.#leave();
  }

  /** A full disk takes half a line: the log ends with its last whole one as far as that can be had. */
  #takeBack(): void {
    try {
      ftruncateSync(this.#fd, this.#bytes);
    } catch {
      // Left as it is, the half line is read as a crash tail.
    }
  }

  #lost(error: unknown): HandrailError {
    const code = this.#started ? 'LOG_LOST' : 'LOG_UNWRITABLE';
    const data = { path: this.#folder, why: whyOf(error), run: this.run };
    return new HandrailError(code, data, { cause: error });
  }
}

const FLAGS = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC;

/** Opens the file of one attempt's output; `lost` says what a failure means for the run. */
function openOutputFile(
  runFolder: string,
  stepId: string,
  attempt: number,
  lost: (error: unknown) => Error,
): OutputWriter {
  const path = outputFile(stepId, attempt);
  const digest = new Sha256();
  let bytes = 0;
  const attempted = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      throw lost(error);
    }
  };
  const fd = attempted(() => {
    makeOwnFolder(dirname(join(runFolder, path)));
    return openToWrite(join(runFolder, path), FLAGS);
  });
  return {
    write(chunk) {
      attempted(() => writeAll(fd, chunk));
      digest.update(chunk);
      bytes += chunk.length;
    },
    sum: () => ({ bytes, sha256: digest.digest() }),
    async close() {
      attempted(() => closeSync(fd));
      return { path, bytes, sha256: digest.digest() };
    },
  };
}
