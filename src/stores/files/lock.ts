import { spawn } from 'node:child_process';
import { closeSync, fstatSync, ftruncateSync, lstatSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { HeldLock, LockHolder } from '../../engine/contracts/run-store.ts';
import { sha256Of } from '../../text/sha256.ts';
import { claim, dropClaim, makeOwnFolder, openOwn, ownText, writeAll } from './disk.ts';
import {
  type Engine,
  engineFrom,
  holdersOf,
  isAlive,
  isOfHere,
  mayHold,
  thisEngine,
} from './engine.ts';
import { takeTurn } from './turn.ts';

const MAX_TRIES = 20;
/** The short runs, which are over by then, do without the process that it takes (5 ms of 70). */
const SETTLE_MS = 200;

/**
 * Takes the lock of that name, or says who holds it. The lock is a file that names its engine, kept open by every
 * process of the run: it is held as long as the engine lives, and after that as long as one of those processes does.
 * They are found in `/proc`, and by flock(2) on the open file for those that `/proc` does not show; Node has no
 * flock, so flock(1) takes it a moment later, while the run is under way. Where there is neither (not on Linux), the
 * lock ends with its engine.
 */
export async function lockFile(
  stateFolder: string,
  name: string,
  holder: LockHolder,
): Promise<HeldLock | LockHolder> {
  const folder = join(stateFolder, 'locks');
  makeOwnFolder(folder);
  const path = pathOf(folder, name);
  for (let count = 0; count < MAX_TRIES; count += 1) {
    const first = firstBefore(path, holder.run);
    if (first !== undefined) return { ...first, waits: true };
    const fresh = createLock(path, holder);
    if (fresh !== undefined) return held(fresh, path, false);
    const taken = isHeld(path) ? existing(path) : await takeOver(path, holder);
    if (taken !== 'gone') return taken;
  }
  return whoHolds(path);
}

/**
 * Gives a run its place among those that wait for a lock. A place is a file like a lock: it counts as long as its engine
 * keeps it open. The clock since the boot says who came first, whatever somebody sets the time to.
 */
export function placeInLine(
  stateFolder: string,
  name: string,
  holder: LockHolder,
): { leave(): void } {
  const line = lineOf(pathOf(join(stateFolder, 'locks'), name));
  makeOwnFolder(line);
  const moment = String(process.hrtime.bigint()).padStart(MOMENT_DIGITS, '0');
  const place = join(line, `${moment}-${process.pid}`);
  const fd = createLock(place, holder);
  return {
    leave() {
      dropClaim(place);
      if (fd !== undefined) closeSync(fd);
    },
  };
}

const MOMENT_DIGITS = 20;
const lineOf = (path: string): string => `${path}.line`;

function pathOf(folder: string, name: string): string {
  return join(folder, `${safe(basename(name))}-${sha256Of(name).slice(0, 12)}`);
}

/** Who came before that run, of those that wait. What engines left behind that are gone is taken away. */
function firstBefore(path: string, run: string): LockHolder | undefined {
  for (const name of namesIn(lineOf(path))) {
    const place = join(lineOf(path), name);
    const holder = whoHolds(place);
    if (!isHeld(place)) dropClaim(place);
    else return holder.run === run ? undefined : holder;
  }
  return undefined;
}

/** Places, the oldest first; one that is being made has another name. */
function namesIn(line: string): readonly string[] {
  try {
    return readdirSync(line)
      .filter((name) => !name.includes('.'))
      .sort();
  } catch {
    return [];
  }
}

function createLock(path: string, holder: LockHolder): number | undefined {
  const draft = `${path}.${process.pid}.${process.hrtime().join('.')}`;
  return claim(path, draft, (fd) => writeHolder(fd, holder));
}

/**
 * A lost engine's lock passes on once nothing of it is at work any more. One at a time looks and takes: between the two
 * it would be somebody else's. `gone`: it was released just now.
 */
async function takeOver(path: string, holder: LockHolder): Promise<HeldLock | LockHolder | 'gone'> {
  const leave = await takeTurn(`${path}.over`);
  try {
    if (isHeld(path)) return existing(path);
    await settled(engineFrom(engineIn(ownText(path))));
    const fd = openOwn(path);
    if (fd === undefined) return 'gone';
    const isTaken = await flock(fd);
    const isCurrent = isSameFile(fd, path);
    if (isTaken === false || !isCurrent || holdersOf(path).length > 0) {
      closeSync(fd);
      return isCurrent ? whoHolds(path) : 'gone';
    }
    ftruncateSync(fd, 0);
    writeHolder(fd, holder);
    return held(fd, path, isTaken === true);
  } finally {
    leave();
  }
}

/** Of an engine elsewhere nothing is seen but its flock(2), which it takes a moment after the lock. */
async function settled(engine: Engine | null): Promise<void> {
  if (engine !== null && !isOfHere(engine))
    await new Promise((resolve) => setTimeout(resolve, 2 * SETTLE_MS));
}

function held(fd: number, path: string, isLocked: boolean): HeldLock {
  const timer = isLocked ? undefined : setTimeout(() => void flock(fd), SETTLE_MS).unref();
  return {
    fds: [fd],
    async release() {
      clearTimeout(timer);
      // Gone by name first: a daemon that a step left behind may keep the old file, nobody asks it any more.
      dropClaim(path);
      closeSync(fd);
    },
  };
}

/** Takes flock(2) on our open file, for whoever inherits it. `undefined`: there is no flock(1). */
function flock(fd: number): Promise<boolean | undefined> {
  return new Promise((resolve) => {
    const child = spawn('flock', ['-n', '3'], { stdio: ['ignore', 'ignore', 'ignore', fd] });
    child.once('error', () => resolve(undefined));
    child.once('exit', (code) => resolve(code === 0));
  });
}

function existing(path: string): LockHolder | 'gone' {
  const holder = whoHolds(path);
  return holder.run === '' ? 'gone' : holder;
}

function isHeld(path: string): boolean {
  const engine = engineFrom(engineIn(ownText(path)));
  return engine !== null && isHolding(engine, path);
}

/** A pid that is written in a lock is not enough: its engine keeps the lock open. */
function isHolding(engine: Engine, path: string): boolean {
  return isAlive(engine) && mayHold(engine, path);
}

function whoHolds(path: string): LockHolder {
  const text = ownText(path);
  const field = (name: string): string => new RegExp(`"${name}":"([^"]*)"`).exec(text)?.[1] ?? '';
  const engine = engineFrom(engineIn(text));
  const orphans = engine === null || isHolding(engine, path) ? [] : holdersOf(path);
  return {
    run: field('run'),
    pid: Number(/"pid":(\d+)/.exec(text)?.[1] ?? 0),
    since: field('since'),
    user: field('user'),
    ...(orphans.length > 0 ? { orphans } : {}),
  };
}

function writeHolder(fd: number, holder: LockHolder): void {
  writeAll(fd, Buffer.from(`${JSON.stringify({ ...holder, engine: thisEngine() })}\n`));
}

function engineIn(text: string): string {
  return /"engine":(\{[^{}]*\})/.exec(text)?.[1] ?? '';
}

function isSameFile(fd: number, path: string): boolean {
  try {
    return fstatSync(fd).ino === lstatSync(path).ino;
  } catch {
    return false;
  }
}

function safe(name: string): string {
  return name.replace(/[^\w.-]/g, '_').slice(0, 60);
}
