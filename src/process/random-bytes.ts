import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** The device that gives what `node:crypto` would, which takes 6 ms to load. */
const DEVICE = '/dev/urandom';

/** Bytes that nobody can guess. */
export function unguessable(count: number): Buffer {
  const bytes = Buffer.alloc(count);
  return fromDevice(bytes) ? bytes : randomBytes(count);
}

/** Where the device is missing, or is a file that somebody put there, that is not for us to use. */
function fromDevice(bytes: Buffer): boolean {
  try {
    const fd = openSync(DEVICE, 'r');
    try {
      return fstatSync(fd).isCharacterDevice() && readSync(fd, bytes) === bytes.length;
    } finally {
      closeSync(fd);
    }
  } catch {
    return false;
  }
}
