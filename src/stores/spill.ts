import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SpillRoom } from '../engine/contracts/spill-room.ts';
import { FILE_MODE, writeAll } from './files/disk.ts';

const WRITE_CHARACTERS = 256 * 1024;
const READ_BYTES = 32 * 1024;
const NEWLINE = 10;

/** Room in a folder of its own below `folder`, for the owner alone, that is gone with `close`. */
export class FileSpillRoom implements SpillRoom {
  readonly #above: string;
  #folder: string | null = null;
  #count = 0;

  constructor(folder: string) {
    this.#above = folder;
  }

  async keep(lines: Iterable<string>): Promise<() => AsyncIterable<readonly string[]>> {
    await turn();
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

/** Many pieces are read at once, so each takes little memory: a small buffer, and the longest line. */
async function* read(path: string): AsyncGenerator<readonly string[]> {
  const fd = openSync(path, 'r');
  try {
    let buffer = Buffer.allocUnsafeSlow(READ_BYTES);
    let filled = 0;
    for (;;) {
      await turn();
      const size = readSync(fd, buffer, filled, buffer.length - filled, null);
      if (size === 0) return;
      filled += size;
      const end = buffer.lastIndexOf(NEWLINE, filled - 1) + 1;
      if (end > 0) {
        yield buffer.toString('utf8', 0, end - 1).split('\n');
        buffer.copyWithin(0, end, filled);
        filled -= end;
      } else if (filled === buffer.length) {
        buffer = Buffer.concat([buffer], buffer.length * 2);
      }
    }
  } finally {
    closeSync(fd);
  }
}

/** Lets the rest of the program have a turn: signals are heard, and memory that is free is given back. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
