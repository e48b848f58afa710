import { hash } from 'node:crypto';
import { linkSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { FILE_MODE, makeFolder, readOwn } from '../../stores/files/disk.ts';
import {
  type Engine,
  engineFrom,
  isAlive,
  isOfHere,
  thisEngine,
} from '../../stores/files/engine.ts';

/** What is about to be begun. */
export interface Beginning {
  /** What it is known by: whoever notes these words first may begin. */
  readonly words: readonly string[];
  /** Id of the run that it will be. */
  readonly run: string;
  /** UTC, ISO 8601. */
  readonly at: string;
}

/** A note on disk that something was begun. */
export interface Once {
  /** `null`: it is made, go on. Else what was begun before. */
  readonly before: { readonly at: string; readonly run: string | null } | null;
  /** Takes it away again: nothing came of it. */
  forget(): void;
}

/** From a note to the first line of its run it takes seconds; whoever cannot be seen from here has this long. */
const UNSEEN_MS = 10 * 60_000;
const MOST_TRIES = 1000;

/**
 * Notes in a folder that something is begun, unless that is noted there. A note names its run and its engine: where the
 * engine is gone and its run is in no record, nothing was begun, and the next note counts. Notes are only ever added,
 * so that of two who find a lost one only one goes on.
 */
export async function noteOnce(
  folder: string,
  { words, run, at }: Beginning,
  isRecorded: (run: string) => Promise<boolean>,
): Promise<Once> {
  makeFolder(folder);
  const name = hash('sha256', JSON.stringify(words), 'hex');
  const text = `${JSON.stringify({ at, words, run, engine: thisEngine() })}\n`;
  let before: Once['before'] = { at: 'before', run: null };
  for (let nth = 1; nth <= MOST_TRIES; nth += 1) {
    const file = path.join(folder, nth === 1 ? `${name}.json` : `${name}-${nth}.json`);
    if (putWhole(file, text)) return { before: null, forget: () => rmSync(file, { force: true }) };
    const note = noteIn(file);
    before = { at: note.at, run: note.run };
    if (!(await isLost(note, Date.parse(at), isRecorded))) break;
  }
  return { before, forget: () => undefined };
}

interface Note {
  readonly at: string;
  readonly run: string | null;
  readonly engine: Engine | null;
}

async function isLost(
  { at, run, engine }: Note,
  nowMs: number,
  isRecorded: (run: string) => Promise<boolean>,
): Promise<boolean> {
  if (run === null || engine === null || isAlive(engine)) return false;
  if (!isOfHere(engine) && !(nowMs - Date.parse(at) > UNSEEN_MS)) return false;
  return !(await isRecorded(run));
}

/** Makes a file with all of its text, or not at all; `false` where there is one. */
function putWhole(file: string, text: string): boolean {
  const draft = `${file}.${process.pid}.tmp`;
  rmSync(draft, { force: true });
  writeFileSync(draft, text, { flag: 'wx', mode: FILE_MODE });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** A note that cannot be read, or of an earlier edition, says that something was begun and no more. */
function noteIn(file: string): Note {
  try {
    const note: { at?: unknown; run?: unknown; engine?: unknown } = JSON.parse(readOwn(file) ?? '');
    return {
      at: typeof note.at === 'string' ? note.at : 'before',
      run: typeof note.run === 'string' ? note.run : null,
      engine: engineFrom(JSON.stringify(note.engine ?? null)),
    };
  } catch {
    return { at: 'before', run: null, engine: null };
  }
}
