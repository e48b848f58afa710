import {
  closeSync,
  fstatSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { LedgerEntry } from '../../engine/contracts/run-store.ts';
import { hashOfLine, NO_HEAD } from '../chain.ts';
import { codeOf, FILE_MODE, writeAll } from './disk.ts';
import { engineFrom, isAlive, thisEngine } from './engine.ts';

const TAIL_BYTES = 4096;
const TURN_MS = 2;
const MAX_TURNS = 2500;

/** Appends one line to `runs.jsonl`; engines take turns, so that the chain never forks. */
export async function appendToLedger(stateFolder: string, entry: LedgerEntry): Promise<void> {
  const leave = await takeTurn(join(stateFolder, 'runs.turn'));
  const fd = openSync(join(stateFolder, 'runs.jsonl'), 'a+', FILE_MODE);
  try {
    const last = lastLine(fd);
    const line = {
      seq: last.seq + 1,
      at: entry.at,
      run: entry.run,
      what: entry.what,
      head: entry.head,
      prev: last.hash,
    };
    writeAll(fd, Buffer.from(`${JSON.stringify(line)}\n`));
  } finally {
    closeSync(fd);
    leave();
  }
}

/** The last whole line; what a crash left behind it is cut off. */
function lastLine(fd: number): { readonly seq: number; readonly hash: string } {
  const size = fstatSync(fd).size;
  const tail = new Uint8Array(Math.min(TAIL_BYTES, size));
  readSync(fd, tail, 0, tail.length, size - tail.length);
  const end = tail.lastIndexOf(10);
  if (size > 0 && end !== tail.length - 1) ftruncateSync(fd, size - tail.length + end + 1);
  if (end < 0) return { seq: -1, hash: NO_HEAD };
  const raw = tail.subarray(tail.lastIndexOf(10, end - 1) + 1, end);
  const seq = /"seq":(\d+)/.exec(Buffer.from(raw).toString())?.[1];
  return { seq: seq === undefined ? -1 : Number(seq), hash: hashOfLine(raw) };
}

/** A turn lasts microseconds; one whose engine died in it is taken over. */
async function takeTurn(path: string): Promise<() => void> {
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
    const engine = engineFrom(readFileSync(path, 'utf8'));
    if (engine === null || !isAlive(engine)) rmSync(path, { force: true });
  } catch {
    // It is gone already.
  }
}
