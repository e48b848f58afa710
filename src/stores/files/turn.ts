import { closeSync, fstatSync, lstatSync, openSync, rmSync } from 'node:fs';
import { codeOf, FILE_MODE, readOwn, writeAll } from './disk.ts';
import { engineFrom, isAlive, isOfHere, mayHold, thisEngine } from './engine.ts';

const TURN_MS = 2;
const MAX_TURNS = 2500;
/** How often it is looked whether somebody is still at a turn. */
const EVERY = 50;
/** A turn takes some milliseconds: one whose owner cannot be seen from here is over when it stood as long as this. */
const TURNS_UNSEEN = 1000;

/**
 * Waits for its turn at a file that several processes append to. Whoever has it keeps the file of the turn open. A turn
 * whose process died in it, or that is not kept open by the process that it names, is taken over.
 */
export async function takeTurn(path: string): Promise<() => void> {
  let seen = 0;
  let since = 0;
  for (let turn = 0; turn < MAX_TURNS; turn += 1) {
    const leave = begin(path);
    if (leave !== undefined) return leave;
    if (turn % EVERY === EVERY - 1) {
      const now = inodeOf(path);
      if (now !== seen) since = turn;
      seen = now;
      if (isOver(path, turn - since >= TURNS_UNSEEN)) rmSync(path, { force: true });
    }
    await new Promise((resolve) => setTimeout(resolve, TURN_MS));
  }
  throw new Error(`another process keeps ${path}`);
}

function begin(path: string): (() => void) | undefined {
  let fd: number;
  try {
    fd = openSync(path, 'wx', FILE_MODE);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return undefined;
    throw error;
  }
  const leave = (): void => {
    // Somebody who could not see this process may have taken the turn over: theirs is left alone.
    if (fstatSync(fd).ino === inodeOf(path)) rmSync(path, { force: true });
    closeSync(fd);
  };
  try {
    writeAll(fd, Buffer.from(JSON.stringify(thisEngine())));
    return leave;
  } catch (error) {
    leave();
    throw error;
  }
}

function isOver(path: string, stoodLong: boolean): boolean {
  try {
    const engine = engineFrom(readOwn(path) ?? '');
    // It may be written just now, or on another host, or in another container.
    if (engine === null || !isOfHere(engine)) return stoodLong;
    return !isAlive(engine) || !mayHold(engine, path);
  } catch {
    return false;
  }
}

function inodeOf(path: string): number {
  return lstatSync(path, { throwIfNoEntry: false })?.ino ?? 0;
}
