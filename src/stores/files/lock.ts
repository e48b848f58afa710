import { spawn } from 'node:child_process';
import { hash } from 'node:crypto';
import {
  closeSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import type { HeldLock, LockHolder } from '../../engine/contracts/run-store.ts';
import { codeOf, FILE_MODE, makeFolder, writeAll } from './disk.ts';
import { engineFrom, isAlive, thisEngine } from './engine.ts';
import { holdersOf } from './holders.ts';

const MAX_TRIES = 20;

/**
 * Takes the lock of that name, or says who holds it. The lock is flock(2) on an open file that every
 * process of the run inherits: it ends with the last of them, not with the engine. Node has no flock, so
 * flock(1) takes it on our open file; where there is none, an exclusive file stands in for it.
 */
export async function lockFile(
  stateFolder: string,
  name: string,
  holder: LockHolder,
): Promise<HeldLock | LockHolder> {
  const folder = join(stateFolder, 'locks');
  makeFolder(folder);
  const path = join(folder, `${safe(basename(name))}-${hash('sha256', name, 'hex').slice(0, 12)}`);
  for (let count = 0; count < MAX_TRIES; count += 1) {
    const fd = openSync(path, 'a+', FILE_MODE);
    const taken = await take(fd, path);
    const current = isSameFile(fd, path);
    if (taken && current) return held(fd, path, holder);
    closeSync(fd);
    // Released between our opening it and our taking it: what we opened is no longer the lock.
    if (current) return whoHolds(path);
  }
  return whoHolds(path);
}

function held(fd: number, path: string, holder: LockHolder): HeldLock {
  ftruncateSync(fd, 0);
  writeAll(fd, Buffer.from(`${JSON.stringify({ ...holder, engine: thisEngine() })}\n`));
  return {
    fds: [fd],
    async release() {
      // Gone by name first: a daemon that a step left behind may keep the old file, nobody asks it any more.
      rmSync(path, { force: true });
      rmSync(`${path}.held`, { force: true });
      closeSync(fd);
    },
  };
}

function take(fd: number, path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const child = spawn('flock', ['-n', '3'], { stdio: ['ignore', 'ignore', 'ignore', fd] });
    child.once('error', (error) => {
      if (codeOf(error) === 'ENOENT') resolve(takeWithout(path));
      else reject(error);
    });
    child.once('exit', (code) => resolve(code === 0));
  });
}

/** Without flock(1): an exclusive file, free again once its engine and whoever inherited the lock are gone. */
function takeWithout(path: string): boolean {
  const claim = `${path}.held`;
  for (const last of [false, true]) {
    try {
      writeFileSync(claim, JSON.stringify(thisEngine()), { flag: 'wx', mode: FILE_MODE });
      return true;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    if (last || !isAbandoned(claim, path)) return false;
    rmSync(claim, { force: true });
  }
  return false;
}

function isAbandoned(claim: string, path: string): boolean {
  const engine = engineFrom(read(claim));
  return (engine === null || !isAlive(engine)) && holdersOf(path).length === 0;
}

function whoHolds(path: string): LockHolder {
  const text = read(path);
  const field = (name: string): string => new RegExp(`"${name}":"([^"]*)"`).exec(text)?.[1] ?? '';
  const pid = Number(/"pid":(\d+)/.exec(text)?.[1] ?? 0);
  const engine = engineFrom(/"engine":(\{[^}]*\})/.exec(text)?.[1] ?? '');
  const orphans = engine === null || isAlive(engine) ? [] : holdersOf(path);
  return {
    run: field('run'),
    pid,
    since: field('since'),
    user: field('user'),
    ...(orphans.length > 0 ? { orphans } : {}),
  };
}

function isSameFile(fd: number, path: string): boolean {
  try {
    return fstatSync(fd).ino === statSync(path).ino;
  } catch {
    return false;
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function safe(name: string): string {
  return name.replace(/[^\w.-]/g, '_').slice(0, 60);
}
