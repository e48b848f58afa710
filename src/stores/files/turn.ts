import { rmSync, writeFileSync } from 'node:fs';
import { codeOf, FILE_MODE, readOwn } from './disk.ts';
import { engineFrom, isAlive, thisEngine } from './engine.ts';

const TURN_MS = 2;
const MAX_TURNS = 2500;

/** Waits for its turn at a file that several processes append to. A turn whose process died in it is taken over. */
export async function takeTurn(path: string): Promise<() => void> {
  for (let turn = 0; turn < MAX_TURNS; turn += 1) {
    try {
      writeFileSync(path, JSON.stringify(thisEngine()), { flag: 'wx', mode: FILE_MODE });
      return () => rmSync(path, { force: true });
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    if (turn % 50 === 49) removeIfDead(path);
    await new Promise((resolve) => setTimeout(resolve, TURN_MS));
  }
  throw new Error(`another process keeps ${path}`);
}

function removeIfDead(path: string): void {
  try {
    const engine = engineFrom(readOwn(path) ?? '');
    if (engine === null || !isAlive(engine)) rmSync(path, { force: true });
  } catch {
    // It is gone already.
  }
}
