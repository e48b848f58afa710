import { closeSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SpillRoom } from '../engine/contracts/spill-room.ts';
import { FILE_MODE, writeAll } from './files/disk.ts';
import { linesOf } from './files/lines.ts';

const WRITE_CHARACTERS = 256 * 1024;
const BATCH = 256;

/** Room in a folder of its own below `folder`, for the owner alone, that is gone with `close`. */
export class FileSpillRoom implements SpillRoom {
  readonly #above: string;
  #folder: string | null = null;
  #count = 0;

  constructor(folder: string) {
    this.#above = folder;
  }

  async keep(lines: Iterable<string>): Promise<() => AsyncIterable<readonly string[]>> {
    this.#folder ??= mkdtempSync(join(this.#above, 'handrail-'));
    const path = join(this.#folder, String(this.#count));
    this.#count += 1;
    const fd = openSync(path, 'wx', FILE_MODE);
    try {
      let text = '';
      for (const line of lines) {
        text += `${line}\n`;
        if (text.length < WRITE_CHARACTERS) continue;
        writeAll(fd, Buffer.from(text));
        text = '';
      }
      writeAll(fd, Buffer.from(text));
    } finally {
      closeSync(fd);
    }
    return () => read(path);
  }

  /** Takes everything away. */
  close(): void {
    if (this.#folder !== null) rmSync(this.#folder, { recursive: true, force: true });
    this.#folder = null;
  }
}

async function* read(path: string): AsyncGenerator<readonly string[]> {
  let batch: string[] = [];
  for (const { raw } of linesOf(path)) {
    batch.push(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString());
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  yield batch;
}
