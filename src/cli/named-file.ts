import { randomUUID } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  ftruncateSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readlinkSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  write,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { codeOf, FILE_MODE, writeAll } from '../stores/files/disk.ts';

export type Pieces = AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;

/**
 * Writes what a person named, and leaves of it what it is. A file that is there, or is none yet, has all of what is new or
 * nothing, and a reader sees it before or after; a link, the owner and the rights stay, and nothing is written where nothing is
 * new. Where a file cannot be put in the place of another and be the same to everybody (its folder takes no other file,
 * another name leads to it, it is mounted), its bytes are written over. What is no file (a pipe, a device, `/dev/stdout`) is
 * written to, and never replaced. Throws what the system says.
 */
export async function writeNamed(file: string, pieces: Pieces): Promise<void> {
  const is = statSync(file, { throwIfNoEntry: false });
  const { place, isOpened } = whereItLeads(file);
  if (is === undefined) return writeNew(place, pieces);
  if (isOpened || !is.isFile()) return pour(place, pieces);
  // A file that may not be written over is not replaced either.
  accessSync(place, constants.W_OK);
  const draft = makeDraft(place) ?? makeDraft(null);
  try {
    await fill(draft.fd, pieces);
    if (isSame(draft.fd, place)) return;
    if (!hasReplaced(draft, place, is)) writeOver(place, draft.fd);
  } finally {
    drop(draft);
  }
}

/** The file that stands there to be read, at once and to an end; `undefined`: there is none, or something else. */
export function openNamed(file: string): number | undefined {
  const is = statSync(file, { throwIfNoEntry: false });
  return is?.isFile() === true && !whereItLeads(file).isOpened ? openSync(file, 'r') : undefined;
}

/** A file without a name, for what is not to be kept in memory. */
export function openNameless(): number {
  return makeDraft(null).fd;
}

const PIECE_BYTES = 256 * 1024;

/** The bytes of a file from one place to another, or to its end. A piece is gone with the next. */
export function* bytesOf(fd: number, from = 0, to = Number.POSITIVE_INFINITY): Iterable<Buffer> {
  const room = Buffer.allocUnsafeSlow(PIECE_BYTES);
  for (let at = from; at < to; ) {
    const size = readSync(fd, room, 0, Math.min(room.length, to - at), at);
    if (size === 0) return;
    yield room.subarray(0, size);
    at += size;
  }
}

export async function fill(fd: number, pieces: Pieces): Promise<void> {
  for await (const piece of pieces) writeAll(fd, bytesIn(piece));
}

function bytesIn(piece: string | Uint8Array): Uint8Array {
  return typeof piece === 'string' ? Buffer.from(piece) : piece;
}

/** As the kernel follows links, which `realpath` does not where the last one leads to nothing, or to what has no name. */
function whereItLeads(file: string): { readonly place: string; readonly isOpened: boolean } {
  let place = file;
  let isOpened = false;
  for (;;) {
    place = path.join(realpathSync(path.dirname(place)), path.basename(place));
    const is = lstatSync(place, { throwIfNoEntry: false });
    if (is?.isSymbolicLink() !== true) return { place, isOpened };
    isOpened ||= is.dev === deviceOfProcesses();
    if (isOpened) return { place, isOpened };
    place = path.resolve(path.dirname(place), readlinkSync(place));
  }
}

/** The file system whose links (`/proc/self/fd/1`) are what a process has open, whatever its name is by now. */
function deviceOfProcesses(): number | undefined {
  return lstatSync('/proc/self', { throwIfNoEntry: false })?.dev;
}

interface Draft {
  readonly fd: number;
  /** `null`: it has none, and is gone with the process. */
  readonly path: string | null;
}

/** A draft that can be put in this place; one without a name for `null`. `undefined`: its folder takes no other file. */
function makeDraft(place: null): Draft;
function makeDraft(place: string): Draft | undefined;
function makeDraft(place: string | null): Draft | undefined {
  if (place !== null) {
    const draft = draftBeside(place);
    try {
      return { fd: openSync(draft, 'wx+', FILE_MODE), path: draft };
    } catch {
      return undefined;
    }
  }
  const folder = mkdtempSync(path.join(tmpdir(), 'handrail-'));
  try {
    return { fd: openSync(path.join(folder, 'draft'), 'wx+', FILE_MODE), path: null };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function draftBeside(place: string): string {
  return path.join(path.dirname(place), `.handrail-${randomUUID()}.tmp`);
}

function drop(draft: Draft): void {
  closeSync(draft.fd);
  if (draft.path !== null) rmSync(draft.path, { force: true });
}

/** Rights that everybody has by default, as the umask leaves them. */
const PUBLIC = 0o666;

async function writeNew(place: string, pieces: Pieces): Promise<void> {
  const draft = draftBeside(place);
  const fd = openSync(draft, 'wx', PUBLIC);
  try {
    await fill(fd, pieces);
    renameSync(draft, place);
  } finally {
    drop({ fd, path: draft });
  }
}

/** Puts a draft in the place of a file. `false`: the file would not be what it was to everybody. */
function hasReplaced(draft: Draft, place: string, { uid, gid, mode, nlink }: Stats): boolean {
  if (draft.path === null || nlink > 1) return false;
  try {
    const own = fstatSync(draft.fd);
    if (own.uid !== uid || own.gid !== gid) fchownSync(draft.fd, uid, gid);
    fchmodSync(draft.fd, mode & 0o7777);
    renameSync(draft.path, place);
    return true;
  } catch {
    return false;
  }
}

function writeOver(place: string, draft: number): void {
  const fd = openSync(place, constants.O_WRONLY);
  try {
    let at = 0;
    for (const bytes of bytesOf(draft)) {
      writeAll(fd, bytes);
      at += bytes.length;
    }
    ftruncateSync(fd, at);
  } finally {
    closeSync(fd);
  }
}

const writeSome = promisify(write);
const MOMENT_MS = 5;

/**
 * Writes to what is no file. A pipe is waited for without keeping the program from hearing signals; of a reader that is gone
 * nobody misses the rest. What is opened already may be a file with something in it: that stays.
 */
async function pour(place: string, pieces: Pieces): Promise<void> {
  // A socket that we have open cannot be opened by its name.
  const own =
    path.dirname(place) === `/proc/${process.pid}/fd` ? Number(path.basename(place)) : null;
  const opened = own === null ? await open(place, constants.O_WRONLY | constants.O_APPEND) : null;
  const fd = own ?? opened?.fd ?? -1;
  try {
    for await (const piece of pieces) await pourAll(fd, bytesIn(piece));
  } catch (error) {
    if (codeOf(error) !== 'EPIPE') throw error;
  } finally {
    await opened?.close();
  }
}

async function pourAll(fd: number, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += (await writeSome(fd, bytes, at, bytes.length - at, null)).bytesWritten;
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN') throw error;
      await sleep(MOMENT_MS);
    }
  }
}

function isSame(draft: number, place: string): boolean {
  let fd: number;
  try {
    fd = openSync(place, 'r');
  } catch {
    // It may be written, and not be read.
    return false;
  }
  try {
    if (fstatSync(fd).size !== fstatSync(draft).size) return false;
    const others = bytesOf(fd)[Symbol.iterator]();
    for (const bytes of bytesOf(draft)) if (!bytes.equals(others.next().value ?? '')) return false;
    return true;
  } finally {
    closeSync(fd);
  }
}
