import { closeSync, constants, fdatasyncSync, fstatSync, ftruncateSync, readSync } from 'node:fs';
import { join } from 'node:path';
import type { LedgerEntry, LedgerHead } from '../../engine/contracts/run-store.ts';
import { NO_HEAD } from '../../engine/record/chain.ts';
import { RUNS } from '../../engine/record/files.ts';
import {
  breakLine,
  endsAsRemembered,
  ledgerEnd,
  ledgerLine,
  NOT_REMEMBERED,
  readRemembered,
  rememberedText,
} from '../../engine/record/ledger.ts';
import { openToWrite, readOwn, replaceFile, writeAll } from './disk.ts';
import { takeTurn } from './turn.ts';

const TAIL_BYTES = 4096;
const FLAGS = constants.O_RDWR | constants.O_CREAT | constants.O_APPEND;

/**
 * Appends one line to `runs.jsonl` (or `NAME.jsonl`), on disk when this resolves, and remembers in `runs.head` where it
 * ends; engines take turns, so that the chain never forks. `runs.head` knows the line before it is written: a crash
 * leaves the chain with it or without it, and anything else was done by somebody else. That is written into the chain,
 * so that going on never makes it unseen.
 */
export async function appendToLedger(
  stateFolder: string,
  entry: LedgerEntry,
  name = RUNS,
): Promise<LedgerHead> {
  const turn = await takeTurn(join(stateFolder, `${name}.turn`));
  try {
    const path = ledgerFile(stateFolder, name);
    const memory = rememberedFile(stateFolder, name);
    const found = whereItEnds(path);
    let end: LedgerHead = { size: found.size, head: found.head };
    const known = readRemembered(readOwn(memory) ?? '');
    const remembered = known ?? (found.isRemembered ? NOT_REMEMBERED : null);
    // What was read may be old where somebody took the turn over: it is read anew, in a turn of its own.
    if (!turn.isOurs()) return await appendToLedger(stateFolder, entry, name);
    if (remembered !== null && !endsAsRemembered(end, remembered))
      end = append(path, memory, end, breakLine(remembered, end, entry.at));
    return append(path, memory, end, ledgerLine(entry, end));
  } finally {
    turn();
  }
}

/** The file of the chain of all runs. */
export function ledgerFile(stateFolder: string, name = RUNS): string {
  return join(stateFolder, `${name}.jsonl`);
}

/** The file that says where that chain ends. */
export function rememberedFile(stateFolder: string, name = RUNS): string {
  return join(stateFolder, `${name}.head`);
}

function append(
  path: string,
  memory: string,
  before: LedgerHead,
  { line, end }: { readonly line: string; readonly end: LedgerHead },
): LedgerHead {
  replaceFile(memory, rememberedText({ ...before, next: end.head }));
  const fd = openToWrite(path, FLAGS);
  try {
    writeAll(fd, Buffer.from(`${line}\n`));
    fdatasyncSync(fd);
  } finally {
    closeSync(fd);
  }
  replaceFile(memory, rememberedText(end));
  return end;
}

/** Behind the last whole line; what a crash left there is cut off. */
function whereItEnds(path: string): ReturnType<typeof ledgerEnd> {
  const fd = openToWrite(path, FLAGS);
  try {
    const { size } = fstatSync(fd);
    const tail = new Uint8Array(Math.min(TAIL_BYTES, size));
    readSync(fd, tail, 0, tail.length, size - tail.length);
    const end = tail.lastIndexOf(10);
    if (size > 0 && end !== tail.length - 1) ftruncateSync(fd, size - tail.length + end + 1);
    if (end < 0) return { size: 0, head: NO_HEAD, isRemembered: false };
    return ledgerEnd(tail.subarray(tail.lastIndexOf(10, end - 1) + 1, end));
  } finally {
    closeSync(fd);
  }
}
