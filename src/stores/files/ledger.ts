import { closeSync, fstatSync, ftruncateSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { LedgerEntry } from '../../engine/contracts/run-store.ts';
import { hashOfLine, NO_HEAD } from '../../engine/record/chain.ts';
import { FILE_MODE, writeAll } from './disk.ts';
import { takeTurn } from './turn.ts';

const TAIL_BYTES = 4096;

/** Appends one line to `runs.jsonl` (or `NAME.jsonl`); engines take turns, so that the chain never forks. */
export async function appendToLedger(
  stateFolder: string,
  entry: LedgerEntry,
  name = 'runs',
): Promise<void> {
  const leave = await takeTurn(join(stateFolder, `${name}.turn`));
  const fd = openSync(join(stateFolder, `${name}.jsonl`), 'a+', FILE_MODE);
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
