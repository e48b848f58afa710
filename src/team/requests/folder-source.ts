import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunStore } from '../../engine/contracts/run-store.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { codeOf, makeFolder, readOwn, replaceFile } from '../../stores/files/disk.ts';
import { documentHash, type RequestDocument, readDocument } from '../documents.ts';
import { readSigned, type Signed, type SignedFile } from '../signed.ts';
import { type Filed, type Judged, requestIn } from './judge.ts';
import { endIn, type Queued, unjudged } from './queue.ts';
import { idOfBytes, type RequestSource } from './source.ts';

/**
 * Requests as files in a folder, brought there by any channel: `handrail request --out`, `approve --out`. What was
 * claimed is noted beside the runs; the run's own folder is what makes a second start impossible. In the folder itself, where
 * it can be written, a file says so to workers on other state folders that look into it too.
 */
export function folderSource(
  folder: string,
  state: string,
  {
    host,
    worker,
    judged,
  }: {
    readonly host: string;
    readonly worker: string;
    /** What the host thinks of a request: asked where several lie there by one id. */
    readonly judged?: (filed: Filed) => Promise<Judged>;
  },
): RequestSource {
  const notes = join(state, 'requests');
  const noteOf = (id: string): string => join(notes, `${id}.json`);
  const claimedAs = (id: string): Note | undefined => {
    const note = noteIn(noteOf(id));
    return note?.state === 'claimed' ? note : undefined;
  };
  const isClaimed = (id: string): boolean => claimedAs(id) !== undefined;
  // Hosts that share a folder leave to each other what is theirs: it is no run here, not even one that was refused.
  const filedHere = (): readonly Filed[] =>
    filedIn(folder).filter((filed) => requestIn(filed)?.host === host);
  const claimOf = (id: string): string => claimPath(folder, id, host);
  const isOpen = (id: string): boolean => !isClaimed(id) && isFree(claimOf(id), worker);
  /** Whoever may write into the folder can put another request there by the id of one that waits: the host's own judgement tells them apart. */
  const chosen = async (filed: readonly Filed[]): Promise<readonly Filed[]> => {
    const byId = Map.groupBy(filed, ({ id }) => id);
    const best = await Promise.all([...byId].map(([id, alike]) => bestOf(id, alike)));
    return best.flatMap((one) => one ?? []);
  };
  const bestOf = async (id: string, alike: readonly Filed[]): Promise<Filed | undefined> => {
    const taken = claimedAs(id)?.document;
    const known = alike.filter(({ document }) => documentHash(document) === taken);
    // The same document may lie there once more, with a signature that is nobody's.
    const candidates = known.length > 0 ? known : alike;
    if (candidates.length === 1 || judged === undefined) return candidates[0];
    const ranked = await Promise.all(
      candidates.map(async (one) => ({ one, rank: rankOf(await judged(one)) })),
    );
    return ranked.toSorted((left, right) => left.rank - right.rank)[0]?.one;
  };
  return {
    where: folder,
    hear: () => undefined,
    open: async () =>
      chosen(filedHere().filter((filed) => isOpen(filed.id) && isOpen(idOfBytes(filed)))),
    read: async (id) => (await chosen(filedHere().filter((filed) => filed.id === id)))[0],
    claimed: async () => [...new Set(filedHere().map(({ id }) => id))].filter(isClaimed),
    async claim(id, document) {
      if (isClaimed(id) || !takenIn(claimOf(id), worker)) return false;
      makeFolder(notes);
      replaceFile(
        noteOf(id),
        JSON.stringify({ state: 'claimed', document: documentHash(document) }),
      );
      return true;
    },
    idOfStranger: idOfBytes,
    // Its own folder and chain say what this host has started.
    claimDue: async () => true,
    claimedDue: async () => [],
    say: async () => undefined,
    present: async () => undefined,
    close: async () => undefined,
  };
}

const claimPath = (folder: string, id: string, host: string): string =>
  join(folder, `${id}.${encodeURIComponent(host)}.claim`);

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

interface Note {
  readonly state: string;
  /** Hash of the request as it was taken; notes of earlier editions have none. */
  readonly document: string | undefined;
}

function noteIn(path: string): Note | undefined {
  try {
    const note: { readonly state?: unknown; readonly document?: unknown } = JSON.parse(
      readOwn(path) ?? '',
    );
    const { state, document } = note;
    if (typeof state !== 'string') return undefined;
    return { state, document: typeof document === 'string' ? document : undefined };
  } catch {
    return undefined;
  }
}

/** Of several requests by one id first the one that may come to something, last the one that nobody known signed. */
function rankOf(judged: Judged): number {
  if (judged.state === 'ready') return 0;
  if (judged.state === 'waiting') return 1;
  if (judged.state !== 'refused') return 2;
  return judged.requester === null ? 4 : 3;
}

/**
 * The requests in a folder as people see them, newest first, with what the record of this machine's runs says. Who really
 * signed what, and how many have to, its host alone knows.
 */
export async function* folderQueue(folder: string, store: RunStore): AsyncGenerator<Queued> {
  const filed = filedIn(folder).flatMap((one) => {
    const request = requestIn(one);
    return request === undefined ? [] : [{ one, request }];
  });
  for (const { one, request } of filed.toSorted((left, right) =>
    right.request.at.localeCompare(left.request.at),
  )) {
    const takenBy = existsSync(claimPath(folder, request.id, request.host));
    const approvals = [...new Set(one.approvals.flatMap((file) => whoIn('approval', file)))];
    const standing =
      // What nobody known signed has a record of its own, whatever became of the request whose id it bears.
      (await endOf(store, idOfBytes(one))) ??
      (await endOf(store, request.id)) ??
      standingOf(request, { approvals, cancels: one.cancels, isTaken: takenBy });
    yield {
      request: request.id,
      host: request.host,
      ...standing,
      runbook: request.runbook,
      procedure: request.procedure,
      requester: request.who,
      reason: request.reason,
      approvals,
      at: request.at,
      expires: request.expires,
      claimedAt: null,
      hostSeenAt: null,
    };
  }
}

type Standing = Pick<Queued, 'state' | 'why'>;

function standingOf(
  { host, expires }: RequestDocument,
  {
    approvals,
    cancels,
    isTaken,
  }: {
    readonly approvals: readonly string[];
    readonly cancels: readonly Signed[];
    readonly isTaken: boolean;
  },
): Standing {
  if (isTaken)
    return { state: 'running', why: `${host} took it; how it stands is in the record there` };
  const [by] = cancels.flatMap((file) => whoIn('cancel', file));
  if (by !== undefined) return { state: 'cancelled', why: `${by} says so` };
  if (Date.parse(expires) <= Date.now())
    return { state: 'expired', why: 'its time was over before it could start' };
  return unjudged(approvals);
}

/** How the run of a request stands by this machine's own record; `undefined`: there is none here. */
async function endOf(store: RunStore, id: string): Promise<Standing | undefined> {
  const reader = await store.read(id);
  if (reader === undefined) return undefined;
  let last: Buffer | null = null;
  for await (const { raw, complete } of reader.lines())
    if (complete && isTelling(raw)) last = Buffer.from(raw);
  return endIn(last) ?? { state: 'running', why: '' };
}

const isTelling = (raw: Uint8Array): boolean =>
  /"type":"run\.(?:finished|resumed)"/.test(Buffer.from(raw).toString('latin1'));

function whoIn(kind: 'approval' | 'cancel', { document }: Signed): readonly string[] {
  try {
    return [readDocument(kind, document).who];
  } catch (error) {
    if (error instanceof HandrailError) return [];
    throw error;
  }
}
