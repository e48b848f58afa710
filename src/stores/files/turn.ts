import { closeSync, fstatSync, lstatSync, openSync, rmSync } from 'node:fs';
import { codeOf, dropClaim, FILE_MODE, ownText, writeAll } from './disk.ts';
import { engineFrom, holdersOf, isAlive, isOfHere, mayHold, thisEngine } from './engine.ts';

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
export async function takeTurn(path: string): Promise<Turn> {
  const stood = new Map<string, Stood>();
  for (let turn = 0; turn < MAX_TURNS; turn += 1) {
    const leave =
      begin(path) ?? (turn % EVERY === EVERY - 1 ? seize(path, stood, turn) : undefined);
    if (leave !== undefined) return leave;
    await new Promise((resolve) => setTimeout(resolve, TURN_MS));
  }
  throw new Error(`another process keeps ${path}`);
}

/** Ends the turn. */
export interface Turn {
  (): void;
  /**
   * Whether it is still ours: a process of another container cannot see us, and takes over what has stood for two seconds,
   * as when we were stopped meanwhile.
   */
  readonly isOurs: () => boolean;
}

/** Since which look the same file stands there. */
interface Stood {
  readonly file: string;
  readonly since: number;
}

function begin(path: string): Turn | undefined {
  let fd: number;
  try {
    fd = openSync(path, 'wx', FILE_MODE);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return undefined;
    throw error;
  }
  const isOurs = (): boolean =>
    fstatSync(fd).ino === lstatSync(path, { throwIfNoEntry: false })?.ino;
  const leave = (): void => {
    // Somebody who could not see this process may have taken the turn over: theirs is left alone.
    if (isOurs()) dropClaim(path);
    closeSync(fd);
  };
  try {
    writeAll(fd, Buffer.from(JSON.stringify(thisEngine())));
    return Object.assign(leave, { isOurs });
  } catch (error) {
    leave();
    throw error;
  }
}

/**
 * Takes a turn over that is. Between the look and the taking nobody else may have taken it, or it would be theirs that
 * is taken: who looks with that in mind has a turn at it, which is taken over in the same way where its process died.
 */
function seize(path: string, stood: Map<string, Stood>, now: number): Turn | undefined {
  if (!isOver(path, stoodLong(path, stood, now))) return undefined;
  const looking = `${path}.over`;
  const leave = begin(looking) ?? seize(looking, stood, now);
  if (leave === undefined) return undefined;
  try {
    if (isOver(path, stoodLong(path, stood, now))) rmSync(path, { force: true });
    return begin(path);
  } finally {
    leave();
  }
}

function stoodLong(path: string, stood: Map<string, Stood>, now: number): boolean {
  const file = fileAt(path);
  const known = stood.get(path);
  if (known?.file === file) return now - known.since >= TURNS_UNSEEN;
  stood.set(path, { file, since: now });
  return false;
}

function isOver(path: string, hasStoodLong: boolean): boolean {
  const facts = lstatSync(path, { throwIfNoEntry: false });
  if (facts === undefined) return false;
  // Nobody's turn: whoever takes one makes a file.
  if (!facts.isFile()) return true;
  const engine = engineFrom(ownText(path));
  // It may be written just now, or on another host, or in another container, by somebody whose files are not to be read.
  if (engine === null || !isOfHere(engine)) return hasStoodLong && holdersOf(path).length === 0;
  return !isAlive(engine) || !mayHold(engine, path);
}

/** Which file stands there: the number of one that is gone is given to the next one. */
function fileAt(path: string): string {
  const facts = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return facts === undefined ? '' : `${facts.ino} ${facts.ctimeNs}`;
}
