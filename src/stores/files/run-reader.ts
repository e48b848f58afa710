import { createHash } from 'node:crypto';
import { closeSync, fstatSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { LinePlace, RawLine, RunReader } from '../../engine/contracts/run-store.ts';
import { LOG, outputFile } from '../../engine/record/files.ts';
import { openToRead, withFile } from './disk.ts';
import { isFenced } from './fence.ts';
import { linesIn, linesOf } from './lines.ts';

const CHUNK_BYTES = 256 * 1024;

/** Reads one run folder. */
export class FileRunReader implements RunReader {
  readonly run: string;
  readonly where: string;

  constructor(run: string, folder: string) {
    this.run = run;
    this.where = folder;
  }

  async live(): Promise<boolean> {
    return isFenced(this.where);
  }

  lines(from?: LinePlace): AsyncIterable<RawLine> {
    return asynchronous(linesOf(join(this.where, LOG), from));
  }

  async lastLines(bytes: number): Promise<readonly RawLine[]> {
    const end = await this.excerpt(LOG, 0, bytes);
    if (end === undefined) return [];
    if (end.bytes === 0) return [];
    const isWhole = end.tail.length === end.bytes;
    const from = isWhole ? 0 : end.tail.indexOf(10) + 1;
    if (!isWhole && from > end.tail.length - 1) return this.lastLines(bytes * 4);
    return [...linesIn(end.tail.subarray(from))];
  }

  async names(): Promise<readonly string[]> {
    const entries = readdirSync(this.where, { withFileTypes: true, recursive: true });
    return entries
      .filter((entry) => !entry.isDirectory())
      .map((entry) => relative(this.where, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .filter((name) => name !== LOG)
      .sort();
  }

  async file(name: string): Promise<Uint8Array | undefined> {
    return withFile(this.#path(name), (fd) => readFileSync(fd));
  }

  async digest(
    name: string,
  ): Promise<{ readonly bytes: number; readonly sha256: string } | undefined> {
    return withFile(this.#path(name), (fd) => {
      const digest = createHash('sha256');
      const buffer = new Uint8Array(CHUNK_BYTES);
      let bytes = 0;
      for (let size = -1; size !== 0; bytes += size) {
        size = readSync(fd, buffer, 0, CHUNK_BYTES, null);
        digest.update(buffer.subarray(0, size));
      }
      return { bytes, sha256: digest.digest('hex') };
    });
  }

  async *output(stepId: string, attempt: number, fromByte: number): AsyncGenerator<Uint8Array> {
    const fd = openToRead(this.#path(outputFile(stepId, attempt)));
    if (fd === undefined) return;
    try {
      for (let at = fromByte; ; ) {
        const chunk = readAt(fd, at, CHUNK_BYTES);
        if (chunk.length === 0) return;
        yield chunk;
        at += chunk.length;
      }
    } finally {
      closeSync(fd);
    }
  }

  async excerpt(
    name: string,
    headBytes: number,
    tailBytes: number,
  ): Promise<
    { readonly head: Uint8Array; readonly tail: Uint8Array; readonly bytes: number } | undefined
  > {
    return withFile(this.#path(name), (fd) => {
      const bytes = fstatSync(fd).size;
      const head = readAt(fd, 0, Math.min(headBytes, bytes));
      const rest = bytes - head.length;
      const tail = readAt(fd, bytes - Math.min(tailBytes, rest), Math.min(tailBytes, rest));
      return { head, tail, bytes };
    });
  }

  /** Names come from the log, which somebody may have altered: they never lead out of the run's folder. */
  #path(name: string): string {
    const parts = name.split('/');
    if (parts.includes('..') || name.startsWith('/') || name.includes('\0'))
      return join(this.where, 'output', 'outside');
    return join(this.where, name);
  }
}

/** Costs a tenth of what an async generator does for each line. */
function asynchronous(lines: Iterator<RawLine>): AsyncIterable<RawLine> {
  return {
    [Symbol.asyncIterator]: () => ({
      next: async () => lines.next(),
      return: async () => lines.return?.() ?? { done: true, value: undefined },
    }),
  };
}

function readAt(fd: number, position: number, length: number): Uint8Array {
  const buffer = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const size = readSync(fd, buffer, filled, length - filled, position + filled);
    if (size === 0) break;
    filled += size;
  }
  return buffer.subarray(0, filled);
}
