import { createHash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { isEvidence, isOutput, LOG } from '../../engine/record/files.ts';
import { openToRead } from '../../stores/files/disk.ts';
import { isFenced } from '../../stores/files/fence.ts';
import type { TeamConnection } from '../../stores/team/connection.ts';
import { MAX_BLOB_BYTES } from '../../stores/team/run-writer.ts';
import type { Marks } from './marks.ts';
import { sizeOf } from './new-lines.ts';
import { sendLines } from './send-lines.ts';

/** What one look at a run came to. */
export interface SentRun {
  readonly lines: number;
  readonly files: number;
  /** The run is being carried out: more will come. */
  readonly isLive: boolean;
}

const PIECE_BYTES = 256 * 1024;

/** Where the outputs of runs that are being carried out have been sent to, by `run path`. */
export type Growing = Map<string, number>;

/** Sends what is new of a run. Throws what the server or the connection says. */
export async function sendRun(
  team: TeamConnection,
  state: string,
  run: string,
  marks: Marks,
  growing: Growing,
): Promise<SentRun> {
  const folder = join(state, 'runs', run);
  const isLive = isFenced(folder);
  if (marks.get(run).fork !== undefined) return { lines: 0, files: 0, isLive };
  // Files first: a line that says where bytes stand comes when they are there.
  const upTo = sizeOf(join(folder, LOG));
  const files = await sendFiles(team, folder, run, marks, { isLive, growing });
  const lines = await sendLines(marks, {
    path: join(folder, LOG),
    upTo,
    name: run,
    async append(first, batch) {
      const [end] = await team.rows<{ fork: number | null }>(
        'SELECT fork FROM handrail.append($1, $2, $3)',
        [run, first, batch],
      );
      return end?.fork;
    },
  });
  return { lines, files, isLive };
}

async function sendFiles(
  team: TeamConnection,
  folder: string,
  run: string,
  marks: Marks,
  { isLive, growing }: { readonly isLive: boolean; readonly growing: Growing },
): Promise<number> {
  let sent = 0;
  for (const path of recordedFiles(folder)) {
    const stamp = stampOf(join(folder, path));
    const mark = marks.get(run);
    if (stamp === undefined || mark.files[path] === stamp) continue;
    if (isLive && isOutput(path)) {
      await sendGrowth(team, folder, run, path, growing);
      continue;
    }
    await sendFile(team, join(folder, path), run, path);
    growing.delete(`${run} ${path}`);
    marks.set(run, { ...mark, files: { ...mark.files, [path]: stamp } });
    sent += 1;
  }
  return sent;
}

/**
 * Files of a run that belong to its record, by paths relative to its folder, with `/`: what only a resume needs stays on
 * the host.
 */
export function recordedFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isFile()) return isRecorded(entry.name) ? [entry.name] : [];
    if (!entry.isDirectory() || !isRecorded(`${entry.name}/x`)) return [];
    const below = readdirSync(join(folder, entry.name), { recursive: true, withFileTypes: true });
    return below
      .filter((inner) => inner.isFile())
      .map((inner) => join(inner.parentPath, inner.name).slice(folder.length + 1))
      .filter(isRecorded);
  });
}

function isRecorded(path: string): boolean {
  return path !== LOG && isEvidence(path);
}

/** Tells a file from what it was before; `undefined`: it is gone. */
export function stampOf(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat === undefined ? undefined : `${stat.size} ${stat.mtimeMs}`;
}

async function sendFile(
  team: TeamConnection,
  file: string,
  run: string,
  path: string,
): Promise<void> {
  const digest = createHash('sha256');
  const kept: Buffer[] = [];
  let length = 0;
  for (const chunk of chunksFrom(file, 0)) {
    digest.update(chunk);
    length += chunk.length;
    if (length <= MAX_BLOB_BYTES) kept.push(chunk);
  }
  const bytes = length <= MAX_BLOB_BYTES ? Buffer.concat(kept) : null;
  await team.rows('SELECT handrail.put_file($1, $2, $3, $4, $5)', [
    run,
    path,
    digest.digest(),
    length,
    bytes,
  ]);
}

/** An output whose step is at work: what came since the last look. */
async function sendGrowth(
  team: TeamConnection,
  folder: string,
  run: string,
  path: string,
  growing: Growing,
): Promise<void> {
  const key = `${run} ${path}`;
  // There are as many of them as steps that were done: none that stands still is opened again.
  if (sizeOf(join(folder, path)) <= (growing.get(key) ?? 0)) return;
  for (const chunk of chunksFrom(join(folder, path), growing.get(key) ?? 0)) {
    const at = growing.get(key) ?? 0;
    if (at + chunk.length > MAX_BLOB_BYTES) return;
    await team.rows('SELECT handrail.put_piece($1, $2, $3, $4)', [run, path, at, chunk]);
    growing.set(key, at + chunk.length);
  }
}

function* chunksFrom(file: string, fromByte: number): Generator<Buffer> {
  const fd = openToRead(file);
  if (fd === undefined) return;
  try {
    for (let at = fromByte; ; ) {
      const left = fstatSync(fd).size - at;
      const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(PIECE_BYTES, left)));
      const size = readSync(fd, buffer, 0, buffer.length, at);
      if (size === 0) return;
      yield buffer.subarray(0, size);
      at += size;
    }
  } finally {
    closeSync(fd);
  }
}
