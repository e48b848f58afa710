import {
  type BigIntStats,
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';

const FOLDER_MODE = 0o700;
export const FILE_MODE = 0o600;

/** Makes the folder and those above it, for the owner alone unless another mode is given. */
export function makeFolder(path: string, mode = FOLDER_MODE): void {
  if (existsSync(path)) return;
  // One by one: below `/proc`, where a folder cannot be made and does not say why, `recursive` never returns.
  const above = dirname(path);
  if (above !== path) makeFolder(above, mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

/**
 * The same for a folder inside of ours. A link in its place is not followed, as no link to a file is: somebody would choose
 * where the record goes. Where runs are kept may be a link, which is their owner's choice.
 */
export function makeOwnFolder(path: string): void {
  makeFolder(path);
  if (!lstatSync(path).isDirectory())
    throw new Error(`\`${basename(path)}\` is there, and is no folder`);
}

/** Writes all of the bytes; a short write goes on where it stopped. */
export function writeAll(fd: number, bytes: Uint8Array): void {
  let offset = 0;
  while (offset < bytes.length) offset += writeSync(fd, bytes, offset);
}

/** Replaces a file whole: a reader sees the old one or the new one, never half of either. */
export function replaceFile(path: string, bytes: Uint8Array | string): void {
  makeFolder(dirname(path));
  const draft = `${path}.${process.pid}.tmp`;
  try {
    rmSync(draft, { force: true });
    writeFileSync(draft, bytes, { mode: FILE_MODE, flag: 'wx' });
    renameSync(draft, path);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/**
 * Opens a file of ours to be read and written. A link in its place is never followed: somebody would choose the file.
 * `undefined`: there is none.
 */
export function openOwn(path: string): number | undefined {
  try {
    return openToWrite(path, constants.O_RDWR);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Opens a file of ours with these flags (`O_RDWR | O_APPEND`), made where `O_CREAT` is one of them. Throws where anything but a
 * file stands in its place: a link is not followed, and a pipe that nobody reads is not waited for.
 */
export function openToWrite(path: string, flags: number): number {
  const fd = openSync(path, flags | constants.O_NOFOLLOW | constants.O_NONBLOCK, FILE_MODE);
  if (fstatSync(fd).isFile()) return fd;
  closeSync(fd);
  throw new Error(`\`${basename(path)}\` is there, and is no file`);
}

/**
 * Takes away what an engine claimed something with, as far as that can be had: nobody believes a claim that is not kept open.
 * What led to the end of it, such as a disk that can no longer be written, is what has to be said.
 */
export function dropClaim(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // It stays behind, and counts for nothing.
  }
}

/**
 * Makes a file that appears whole, and only once: a link is made or is not. Its descriptor, kept open; `undefined` where one
 * of that name is there. It is written as `draft`, which is nobody else's.
 */
export function claim(
  path: string,
  draft: string,
  write: (fd: number) => void,
): number | undefined {
  const fd = openSync(draft, 'ax+', FILE_MODE);
  try {
    write(fd);
    linkSync(draft, path);
    return fd;
  } catch (error) {
    closeSync(fd);
    if (codeOf(error) === 'EEXIST') return undefined;
    throw error;
  } finally {
    dropClaim(draft);
  }
}

const ADDING = constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT;

/** Adds a text to a file of ours. */
export function addToOwn(path: string, text: string): void {
  const fd = openToWrite(path, ADDING);
  try {
    writeAll(fd, Buffer.from(text));
  } finally {
    closeSync(fd);
  }
}

/**
 * Opens a file of ours to be read. `undefined`: there is none, or a link, a folder, a pipe or a device stands in its
 * place. What they lead to is not what was written, and may never end.
 */
export function openToRead(path: string): number | undefined {
  let fd: number;
  try {
    fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'EISDIR', 'ENXIO'].includes(codeOf(error))) return undefined;
    throw error;
  }
  if (fstatSync(fd).isFile()) return fd;
  closeSync(fd);
  return undefined;
}

/** What stands at a place, itself and not what it leads to; `undefined`: nothing. */
export function whatStandsAt(path: string): BigIntStats | undefined {
  try {
    return lstatSync(path, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    if (['ENOTDIR', 'ELOOP'].includes(codeOf(error))) return undefined;
    throw error;
  }
}

/** What `use` makes of a file of ours; `undefined` when there is none, as `openToRead` says. */
export function withFile<T>(path: string, use: (fd: number) => T): T | undefined {
  const fd = openToRead(path);
  if (fd === undefined) return undefined;
  try {
    return use(fd);
  } finally {
    closeSync(fd);
  }
}

/** What is kept in one piece (locks, heads, what was read before) is never nearly as large. */
const MOST_BYTES = 64 * 1024 * 1024;

/** The text of a file of ours; `undefined` when there is none, as `openToRead` says, or none that we would have written. */
export function readOwn(path: string): string | undefined {
  return withFile(path, (fd) =>
    fstatSync(fd).size > MOST_BYTES ? undefined : readFileSync(fd, 'utf8'),
  );
}

/** The same; `''` where nobody can tell: it is gone, of somebody else, or no file. */
export function ownText(path: string): string {
  try {
    return readOwn(path) ?? '';
  } catch {
    return '';
  }
}

/** Makes the names in a folder survive a power cut. */
export function syncFolder(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

/** What a system error means, in words. */
export function whyOf(error: unknown): string {
  const code = codeOf(error);
  const words: Readonly<Record<string, string>> = {
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    EROFS: 'the file system is read-only',
    EACCES: 'permission is denied',
    EPERM: 'permission is denied',
    EIO: 'the disk reports an input/output error',
    ENOTDIR: 'a part of the path is not a folder',
    EEXIST: 'a file of that name is in the way',
    ENOENT: 'a part of the path is not there',
    ELOOP: 'a link stands in the place of a file',
    EISDIR: 'a folder stands in the place of a file',
    ERR_FS_EISDIR: 'a folder stands in the place of a file',
    ENOTEMPTY: 'a folder that is not empty stands in its place',
    ENXIO: 'something that is no file stands in its place',
    EMFILE: 'too many files are open',
    EFBIG: 'the file would be larger than allowed',
  };
  return words[code] ?? (error instanceof Error ? error.message : String(error));
}

/** The code of a system error (`ENOENT`), `''` when it is none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
