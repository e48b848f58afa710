import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { codeOf, makeFolder, readOwn, replaceFile } from '../../stores/files/disk.ts';
import { readDocument } from '../documents.ts';
import { readSigned, type SignedFile } from '../signed.ts';
import type { Filed } from './judge.ts';
import type { RequestSource } from './source.ts';

/**
 * Requests as files in a folder, brought there by any channel: `handrail request --out`, `approve --out`. What was
 * claimed is noted beside the runs; the run's own folder is what makes a second start impossible. In the folder itself, where
 * it can be written, a file says so to workers on other state folders that look into it too.
 */
export function folderSource(
  folder: string,
  state: string,
  { host, worker }: { readonly host: string; readonly worker: string },
): RequestSource {
  const notes = join(state, 'requests');
  const noteOf = (id: string): string => join(notes, `${id}.json`);
  const isClaimed = (id: string): boolean => stateIn(noteOf(id)) === 'claimed';
  // What one host refuses, as it is for another, is still that one's to take.
  const claimOf = (id: string): string => join(folder, `${id}.${encodeURIComponent(host)}.claim`);
  const read = (id: string): Filed | undefined => filedIn(folder).find((filed) => filed.id === id);
  return {
    where: folder,
    hear: () => undefined,
    open: async () =>
      filedIn(folder).filter(({ id }) => !isClaimed(id) && isFree(claimOf(id), worker)),
    read: async (id) => read(id),
    claimed: async () =>
      filedIn(folder)
        .map(({ id }) => id)
        .filter(isClaimed),
    async claim(id) {
      if (isClaimed(id) || !takenIn(claimOf(id), worker)) return false;
      makeFolder(notes);
      replaceFile(noteOf(id), JSON.stringify({ state: 'claimed' }));
      return true;
    },
    // Its own folder and chain say what this host has started.
    claimDue: async () => true,
    claimedDue: async () => [],
    say: async () => undefined,
    present: async () => undefined,
    close: async () => undefined,
  };
}

function filedIn(folder: string): readonly Filed[] {
  const files = signedIn(folder);
  const of = (kind: SignedFile['kind'], id: string): readonly SignedFile[] =>
    files.filter((file) => file.kind === kind && subjectOf(file) === id);
  return files.flatMap((file) => {
    const id = file.kind === 'request' ? subjectOf(file) : undefined;
    if (id === undefined) return [];
    const { document, signature } = file;
    return [{ id, document, signature, approvals: of('approval', id), cancels: of('cancel', id) }];
  });
}

function signedIn(folder: string): readonly SignedFile[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return names.toSorted().flatMap((name) => {
    try {
      return [readSigned(join(folder, name))];
    } catch (error) {
      // Something else lies there too.
      if (error instanceof HandrailError) return [];
      throw error;
    }
  });
}

function subjectOf({ kind, document }: SignedFile): string | undefined {
  try {
    if (kind === 'request') return readDocument('request', document).id;
    return readDocument(kind, document).subject;
  } catch (error) {
    if (error instanceof HandrailError) return undefined;
    throw error;
  }
}

/** Whether no other worker has that claim. */
function isFree(path: string, worker: string): boolean {
  const has = readOwn(path)?.trim();
  return has === undefined || has === worker;
}

/** Writes a claim where there is none; one that this worker wrote and was lost behind is its own. */
function takenIn(path: string, worker: string): boolean {
  try {
    writeFileSync(path, `${worker}\n`, { flag: 'wx', mode: 0o644 });
    return true;
  } catch (error) {
    // A folder that this host may only read has nobody else's claims in it either.
    return codeOf(error) === 'EEXIST' ? readOwn(path)?.trim() === worker : true;
  }
}

function stateIn(path: string): string | undefined {
  try {
    const note: { readonly state?: unknown } = JSON.parse(readOwn(path) ?? '');
    return typeof note.state === 'string' ? note.state : undefined;
  } catch {
    return undefined;
  }
}
