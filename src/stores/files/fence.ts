import { closeSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { claim, dropClaim, makeOwnFolder, ownText, writeAll } from './disk.ts';
import { type Engine, engineFrom, isAlive, mayHaveOpen, mayHold, thisEngine } from './engine.ts';

/**
 * Lets one engine at a time append to a run. Whoever creates the next number in `engine/` may; the number
 * before it must belong to an engine that is gone, or has nothing of the run open. Returns the undo, or the engine that
 * stands in the way.
 */
export function fence(runFolder: string): (() => void) | Engine {
  const folder = join(runFolder, 'engine');
  makeOwnFolder(folder);
  const last = lastIn(folder);
  if (isAtWork(last.engine, runFolder)) return last.engine;
  const draft = join(folder, `.${process.pid}.tmp`);
  rmSync(draft, { recursive: true, force: true });
  const claimed = claim(join(folder, String(last.number + 1)), draft, (fd) =>
    writeAll(fd, Buffer.from(JSON.stringify(thisEngine()))),
  );
  if (claimed === undefined) return lastIn(folder).engine ?? thisEngine();
  const own = last.number + 1;
  const leave = (from: number): void => {
    closeSync(claimed);
    for (const number of numbersIn(folder))
      if (number >= from && number <= own) dropClaim(join(folder, String(number)));
    removeIfEmpty(folder);
  };
  // Since the look somebody may have had the run, left it, and another one begun at the first number anew.
  const other = otherIn(folder, own);
  if (other === undefined) return () => leave(1);
  leave(own);
  return other;
}

function otherIn(folder: string, own: number): Engine | undefined {
  for (const number of numbersIn(folder)) {
    const file = join(folder, String(number));
    const engine = number === own ? null : engineFrom(ownText(file));
    if (engine !== null && isAlive(engine) && mayHold(engine, file)) return engine;
  }
  return undefined;
}

/**
 * A link appears whole or not at all, and only once: nobody reads half a claim. It is kept open for as long as it holds,
 * from before it can be seen.
 */
/** Whether an engine that is still there appends to the run: a claim alone, which anybody can write, is not enough. */
export function isFenced(runFolder: string): boolean {
  return isAtWork(lastIn(join(runFolder, 'engine')).engine, runFolder);
}

function isAtWork(engine: Engine | null, runFolder: string): engine is Engine {
  return engine !== null && isAlive(engine) && mayHaveOpen(engine, runFolder);
}

function lastIn(folder: string): { readonly number: number; readonly engine: Engine | null } {
  const number = Math.max(0, ...numbersIn(folder));
  return {
    number,
    engine: number === 0 ? null : engineFrom(ownText(join(folder, String(number)))),
  };
}

function numbersIn(folder: string): readonly number[] {
  try {
    return readdirSync(folder).filter(isNumber).map(Number);
  } catch {
    return [];
  }
}

/** As engines write them: a name that somebody chose is never the last number that there is. */
const isNumber = (name: string): boolean => /^[1-9]\d{0,8}$/.test(name);

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Another engine has its number in it already.
  }
}
