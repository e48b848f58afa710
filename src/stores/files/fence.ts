import { linkSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, FILE_MODE, makeFolder, readOwn } from './disk.ts';
import { type Engine, engineFrom, isAlive, mayHaveOpen, thisEngine } from './engine.ts';

/**
 * Lets one engine at a time append to a run. Whoever creates the next number in `engine/` may; the number
 * before it must belong to an engine that is gone. Returns the undo, or the engine that stands in the way.
 */
export function fence(runFolder: string): (() => void) | Engine {
  const folder = join(runFolder, 'engine');
  makeFolder(folder);
  const last = lastIn(folder);
  if (last.engine !== null && isAlive(last.engine)) return last.engine;
  if (!claim(folder, last.number + 1)) return lastIn(folder).engine ?? thisEngine();
  return () => {
    for (let number = 1; number <= last.number + 1; number += 1)
      rmSync(join(folder, String(number)), { force: true });
    removeIfEmpty(folder);
  };
}

/** A link appears whole or not at all, and only once: nobody reads half a claim. */
function claim(folder: string, number: number): boolean {
  const draft = join(folder, `.${process.pid}.tmp`);
  writeFileSync(draft, JSON.stringify(thisEngine()), { mode: FILE_MODE });
  try {
    linkSync(draft, join(folder, String(number)));
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Whether an engine that is still there appends to the run: a claim alone, which anybody can write, is not enough. */
export function isFenced(runFolder: string): boolean {
  const { engine } = lastIn(join(runFolder, 'engine'));
  return engine !== null && isAlive(engine) && mayHaveOpen(engine, runFolder);
}

function lastIn(folder: string): { readonly number: number; readonly engine: Engine | null } {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch {
    return { number: 0, engine: null };
  }
  const number = Math.max(0, ...names.map(Number).filter(Number.isInteger));
  return { number, engine: number === 0 ? null : read(join(folder, String(number))) };
}

function read(path: string): Engine | null {
  try {
    return engineFrom(readOwn(path) ?? '');
  } catch {
    return null;
  }
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {
    // Another engine has its number in it already.
  }
}
