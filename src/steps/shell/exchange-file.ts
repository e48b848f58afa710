import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { privatePlace } from '../../process/private-folder.ts';

/** A file that carries text to one process of the same user and back, and that nobody else can find. */
export interface ExchangeFile {
  /** What the process opens. */
  readonly path: string;
  /** Writes at its beginning; once, before the process starts. */
  write(content: Uint8Array): void;
  /** Its present content; `undefined` when it is larger than `maxBytes`. */
  read(maxBytes: number): Buffer | undefined;
  close(): void;
}

/** Linux's O_TMPFILE: a file without a name. */
const O_TMPFILE = 0o20200000;

/**
 * Opens an exchange file. On Linux it lives in memory where there is room, has no name, and is reached through this
 * process's own descriptor in `/proc`; elsewhere it is a 0600 file in the private folder, removed when it is closed.
 */
export function openExchangeFile(folder: string): ExchangeFile {
  const fd = openNameless(folder);
  if (fd === undefined) return openNamed(folder);
  return {
    path: `/proc/${process.pid}/fd/${fd}`,
    write: (content) => writeAll(fd, content),
    read: (maxBytes) => readAll(fd, maxBytes),
    close: () => closeSync(fd),
  };
}

function openNameless(folder: string): number | undefined {
  if (!reachesOwnDescriptors()) return undefined;
  // The first is nearly always one; to ask where the last is costs fifteen system calls at each step.
  for (const place of [privatePlace, () => folder, tmpdir]) {
    try {
      return openSync(place(), constants.O_RDWR | O_TMPFILE, 0o600);
    } catch {
      // No such folder, or a file system without nameless files: the next place.
    }
  }
  return undefined;
}

let reachable: boolean | undefined;

/** Another process of this user may open `/proc/PID/fd/N` unless this one was started with special privileges. */
function reachesOwnDescriptors(): boolean {
  if (reachable === undefined) {
    try {
      reachable =
        process.platform === 'linux' && statSync('/proc/self').uid === process.geteuid?.();
    } catch {
      reachable = false;
    }
  }
  return reachable;
}

let filesMade = 0;

function openNamed(folder: string): ExchangeFile {
  const path = join(folder, `exchange-${filesMade++}`);
  const fd = openSync(path, 'wx+', 0o600);
  return {
    path,
    write: (content) => writeAll(fd, content),
    read: (maxBytes) => readAll(fd, maxBytes),
    close() {
      closeSync(fd);
      unlinkSync(path);
    },
  };
}

function writeAll(fd: number, content: Uint8Array): void {
  for (let at = 0; at < content.length; ) at += writeSync(fd, content, at, content.length - at, at);
}

function readAll(fd: number, maxBytes: number): Buffer | undefined {
  const { size } = fstatSync(fd);
  if (size > maxBytes) return undefined;
  const buffer = Buffer.allocUnsafe(size);
  let at = 0;
  while (at < size) {
    const got = readSync(fd, buffer, at, size - at, at);
    if (got === 0) break;
    at += got;
  }
  return buffer.subarray(0, at);
}
