import {
  accessSync,
  constants,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statfsSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HandrailError } from '../engine/model/errors.ts';
import { isOver, statOf } from './process-stat.ts';

/** Makes a folder (0700) for this run, in memory where there is such a place, and removes old ones of killed engines. Throws CONFIGURATION. */
export function makePrivateFolder(place = privatePlace()): string {
  try {
    sweep(place);
    const start = statOf(process.pid)?.start ?? '';
    return mkdtempSync(join(place, `handrail-${pidNamespace()}-${process.pid}-${start}-`));
  } catch (cause) {
    throw unusable(place, cause);
  }
}

function unusable(place: string, cause: unknown): HandrailError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const message = `There is no place for the files of a run: \`${place}\` cannot be used (${why}). Name a folder that can be written with TMPDIR.`;
  return new HandrailError('CONFIGURATION', { message }, { cause });
}

/** As much must be free: what a step leaves at its end is written whole, or nowhere. */
const ROOM_BYTES = 16 * 1024 * 1024;

/** Where what only this run may see is kept: memory, unless there is none, or it is all but full. */
export function privatePlace(): string {
  return hasRoom('/dev/shm', ROOM_BYTES) ? '/dev/shm' : tmpdir();
}

/** Whether a folder can be written, and as much as that into it. */
export function hasRoom(folder: string, bytes: number): boolean {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize >= bytes;
  } catch {
    return false;
  }
}

/** The last processes of a killed engine may need its folder for a while. */
const OLD_MS = 24 * 60 * 60 * 1000;

/** So many are looked at, each time others: a machine with hundreds of them starts no run later (8 ms of 85). */
const MOST_LOOKED_AT = 32;

/** Removes folders whose engine is gone since long. */
function sweep(place: string): void {
  const start = `handrail-${pidNamespace()}-`;
  const left = readdirSync(place).filter((name) => name.startsWith(start));
  const from = Math.floor(Math.random() * Math.max(0, left.length - MOST_LOOKED_AT + 1));
  for (const name of left.slice(from, from + MOST_LOOKED_AT)) {
    const path = join(place, name);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (!stat || stat.uid !== process.getuid?.() || Date.now() - stat.mtimeMs < OLD_MS) continue;
    if (isInUse(name)) continue;
    rmSync(path, { recursive: true, force: true });
  }
}

/**
 * Whether the engine that made a private folder of that name is still there: its pid, and when it began, stand in it, since
 * numbers are given out again. Where nobody knows when (no `/proc`; earlier editions did not say it) the pid alone is believed.
 */
export function isInUse(name: string): boolean {
  const [, pid, start = ''] = /^handrail-\d+-(\d+)-(?:(\d*)-)?[^-]*$/.exec(name) ?? [];
  if (pid === undefined) return false;
  const stat = statOf(Number(pid));
  if (stat === undefined) return isRunning(Number(pid));
  return !isOver(stat) && (start === '' || stat.start === start);
}

/** Containers may share a folder and not their process ids. */
function pidNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid').replace(/\D/g, '');
  } catch {
    return '0';
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
