import { randomBytes } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** The device that gives what `node:crypto` would, which takes 6 ms to load. */
const DEVICE = '/dev/urandom';

/** As much is asked for at once: to open the device for each step of a run costs its system calls each time. */
const DRAWN_BYTES = 512;

/** Bytes that nobody can guess. */
export const unguessable = randomSource(DEVICE);

/** Bytes of a device, or of `node:crypto` where it is none; each is given once, and kept nowhere. */
export function randomSource(device: string): (count: number) => Buffer {
  let drawn = Buffer.alloc(0);
  return (count) => {
    if (drawn.length < count) {
      const size = Math.max(count, DRAWN_BYTES);
      const bytes = Buffer.alloc(size);
      drawn = isFilledBy(device, bytes) ? bytes : randomBytes(size);
    }
    const given = Buffer.from(drawn.subarray(0, count));
    drawn.fill(0, 0, count);
    drawn = drawn.subarray(count);
    return given;
  };
}

/** Where the device is missing, or is a file that somebody put there, that is not for us to use. */
function isFilledBy(device: string, bytes: Buffer): boolean {
  try {
    const fd = openSync(device, 'r');
    try {
      return fstatSync(fd).isCharacterDevice() && readSync(fd, bytes) === bytes.length;
    } finally {
      closeSync(fd);
    }
  } catch {
    return false;
  }
}
