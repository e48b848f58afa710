import { createHash } from 'node:crypto';
import { closeSync, existsSync, fstatSync, lstatSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { isEvidence, isOutput, LOG, runFolder } from '../../engine/record/files.ts';
import { openToRead } from '../../stores/files/disk.ts';
import { isFenced } from '../../stores/files/fence.ts';
import { MAX_BLOB_BYTES } from '../../stores/team/run-writer.ts';
import { type FileParcel, fileParcel } from './file-parcel.ts';
import { newLines, sizeOf } from './new-lines.ts';
import type { Sending } from './one-transaction.ts';
import { sendLines } from './send-lines.ts';

/** What one look at a run came to. */
export interface SentRun {
  readonly lines: number;
  readonly files: number;
  /** The run is being carried out: more will come. */
  readonly isLive: boolean;
}

const PIECE_BYTES = 256 * 1024;

/** Sends what is new of a run. Throws what the server or the connection says. */
export async function sendRun(sending: Sending, state: string, run: string): Promise<SentRun> {
  const { team, marks } = sending;
  const folder = runFolder(state, run);
  const isLive = isFenced(folder);
  if (marks.get(run).fork !== undefined) return { lines: 0, files: 0, isLive };
  // Files first: a line that says where bytes stand comes when they are there.
  const log = join(folder, LOG);
  const upTo = sizeOf(log);
  const isOver = isLive ? endedIn(log, marks.get(run).bytes, upTo) : () => true;
  const files = await sendFiles(sending, folder, run, isOver);
  const lines = await sendLines(marks, {
    path: log,
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

/** Which outputs have come to their end, by lines that are still to be sent. */
function endedIn(log: string, fromByte: number, toByte: number): (path: string) => boolean {
  const ended = new Set<string>();
  for (const lines of newLines(log, fromByte, toByte))
    for (const line of lines) if (line.includes(FINISHED)) ended.add(outputIn(line));
  return (path) => ended.has(path);
}

const FINISHED = '"type":"step.finished"';

function outputIn(line: Buffer): string {
  try {
    const { output }: { readonly output?: { readonly path?: unknown } } = JSON.parse(
      line.toString(),
    );
    return typeof output?.path === 'string' ? output.path : '';
  } catch {
    return '';
  }
}

async function sendFiles(
  { team, marks, growing }: Sending,
  folder: string,
  run: string,
  isOver: (path: string) => boolean,
): Promise<number> {
  let sent = 0;
  const parcel = fileParcel(team, run);
  for (const path of recordedFiles(folder)) {
    const file = join(folder, path);
    const stamp = stampOf(file);
    const mark = marks.get(run);
    if (stamp === undefined || mark.files[path] === stamp) continue;
    const key = `${run} ${path}`;
    if (isOutput(path) && !isOver(path)) {
      const there = growing.get(key) ?? 0;
      const grown = await sendGrowth(parcel, file, path, there);
      if (grown > there) growing.set(key, grown);
      continue;
    }
    await sendFile(parcel, file, path, growing.get(key) ?? 0);
    growing.delete(key);
    marks.set(run, { ...mark, files: { ...mark.files, [path]: stamp } });
    sent += 1;
  }
  await parcel.send();
  return sent;
}

/**
 * Files of a run that belong to its record, by paths relative to its folder, with `/`: what only a resume needs stays on
 * the host.
 */
export function recordedFiles(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  // In one order on every host: two that send the same contents at once never wait for each other.
  return recordedIn(folder).toSorted();
}

function recordedIn(folder: string): readonly string[] {
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
  const stat = lstatSync(path, { throwIfNoEntry: false });
  return stat === undefined ? undefined : `${stat.size} ${stat.mtimeMs}`;
}

/** A file as a whole; of one whose beginning is there already only the rest. */
async function sendFile(
  parcel: FileParcel,
  file: string,
  path: string,
  sentBytes: number,
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
  const whole = { path, sha256: digest.digest(), length, bytes };
  if (sentBytes > 0) await parcel.end(whole, sentBytes);
  else await parcel.file(whole);
}

/** An output whose step is at work: what came since the last look. How far it was sent. */
async function sendGrowth(
  parcel: FileParcel,
  file: string,
  path: string,
  fromByte: number,
): Promise<number> {
  // There are as many of them as steps that were done: none that stands still is opened again.
  if (sizeOf(file) <= fromByte) return fromByte;
  let at = fromByte;
  for (const chunk of chunksFrom(file, fromByte)) {
    if (at + chunk.length > MAX_BLOB_BYTES) return at;
    await parcel.piece({ path, at, bytes: chunk });
    at += chunk.length;
  }
  return at;
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
