import { createHash, type Hash } from 'node:crypto';
import { closeSync, readSync } from 'node:fs';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { whyOf } from '../../stores/files/disk.ts';
import { bytesOf, fill, openNamed, openNameless, type Pieces, writeNamed } from '../named-file.ts';
import type { Outlet } from '../outlet.ts';

/** Writes to standard output, as fast as its reader takes it. */
export async function toOutput(pieces: Pieces, out: Outlet): Promise<void> {
  for await (const piece of pieces) {
    if (out.closed) return;
    await out.write(piece);
  }
}

/** Writes a file whole, or not at all. Throws TIMELINE_FILE where it cannot be written. */
export async function toFile(pieces: Pieces, file: string): Promise<void> {
  try {
    await writeNamed(file, pieces);
  } catch (error) {
    throw unwritable(file, error);
  }
}

/**
 * The same for an export that is the whole file. A document of markdown with a timeline between markers is one that
 * people write in: it is replaced with `force` alone. Throws TIMELINE_FILE.
 */
export async function toWholeFile(pieces: Pieces, file: string, force: boolean): Promise<void> {
  const before = force ? undefined : openNamed(file);
  try {
    if (before !== undefined && readMarked(before).blocks.length > 0)
      throw unusable(
        path.basename(file),
        'it holds a timeline between markers, and what people wrote around it would be lost; take another file, or --force to replace it whole',
      );
  } finally {
    if (before !== undefined) closeSync(before);
  }
  await toFile(pieces, file);
}

/**
 * Writes a block between markers into a file: a new one whole, one that people wrote in around what they wrote. Neither
 * is ever in memory as a whole, since a timeline of a million events is a quarter of a gigabyte.
 */
export async function toBlock(pieces: Pieces, file: string, force: boolean): Promise<void> {
  const opened: number[] = [];
  try {
    const before = openNamed(file);
    if (before !== undefined) opened.push(before);
    const old = before === undefined ? null : readMarked(before);
    if (before === undefined || old === null || old.isBlank || (force && old.begins.size === 0))
      return await writeNamed(file, pieces);
    const rendered = openNameless();
    opened.push(rendered);
    await fill(rendered, pieces);
    await writeNamed(file, withNewBlocks({ file, before, old, rendered, force }));
  } catch (error) {
    throw unwritable(file, error);
  } finally {
    for (const fd of opened) closeSync(fd);
  }
}

function unwritable(file: string, cause: unknown): Error {
  if (cause instanceof HandrailError) return cause;
  const message = `\`${file}\` cannot be written: ${whyOf(cause)}.`;
  return new HandrailError('TIMELINE_FILE', { message }, { cause });
}

interface Renewal {
  readonly file: string;
  /** The file as it is. */
  readonly before: number;
  readonly old: Marked;
  /** The file that was newly rendered. */
  readonly rendered: number;
  readonly force: boolean;
}

/**
 * Puts the blocks of a newly rendered document in the place of those in a file that people have written in;
 * everything around them stays, byte for byte. A block that the file does not have is left out. Throws TIMELINE_FILE
 * when it has none of them or one twice, or somebody wrote inside one (unless `force`).
 */
function* withNewBlocks({ file, before, old, rendered, force }: Renewal): Iterable<Uint8Array> {
  const name = path.basename(file);
  const fresh = readMarked(rendered).blocks;
  const [first] = fresh;
  if (first === undefined) throw unusable(name, 'what was rendered holds no timeline');
  const twice = fresh.find((block) => (old.begins.get(block.name) ?? 0) > 1);
  if (twice !== undefined) {
    throw unusable(
      name,
      `it holds the block ${decodeURIComponent(twice.name)} twice, and one would stay as it is; delete one, with its markers`,
    );
  }
  const renewed = old.blocks.flatMap((stale) => {
    const block = fresh.find((each) => each.name === stale.name);
    return block === undefined ? [] : [{ stale, block }];
  });
  if (renewed.length === 0) {
    throw unusable(
      name,
      `it holds no timeline of ${decodeURIComponent(first.name.split('/')[0] ?? '')} between markers; take another file, or --force to replace it whole`,
    );
  }
  if (!force && renewed.some(({ stale }) => stale.edited)) {
    throw unusable(
      name,
      'somebody wrote between its markers, which would be lost; move that outside the markers, or use --force',
    );
  }
  let from = 0;
  for (const { stale, block } of renewed) {
    yield* bytesOf(before, from, stale.from);
    yield* bytesOf(rendered, block.from, block.to);
    from = stale.to;
  }
  yield* bytesOf(before, from);
}

/** Where blocks stand in a file. */
interface Marked {
  readonly blocks: readonly Block[];
  /** How often each name begins a block, also one that never ends. */
  readonly begins: ReadonlyMap<string, number>;
  readonly isBlank: boolean;
}

interface Block {
  readonly name: string;
  /** In bytes. */
  readonly from: number;
  readonly to: number;
  readonly edited: boolean;
}

const MARK = '<!-- handrail:timeline:';
const BEGIN = /^<!-- handrail:timeline:begin (\S+) -->\r?$/;
const DIGITS = 64;

/** Reads a file for its blocks, a few lines at a time. */
function readMarked(file: number): Marked {
  const blocks: Block[] = [];
  const begins = new Map<string, number>();
  let isBlank = true;
  let open: { readonly name: string; readonly from: number; readonly hash: Hash } | null = null;
  for (const { at, bytes } of linesOf(file)) {
    isBlank &&= bytes.toString('utf8').trim() === '';
    let done = 0;
    for (let found = bytes.indexOf(MARK); found >= 0; found = bytes.indexOf(MARK, found + 1)) {
      const newline = bytes.indexOf('\n', found);
      const end = newline < 0 ? bytes.length : newline;
      const line = bytes.toString('utf8', found, end);
      const isFirst = found === 0 || bytes.at(found - 1) === NEWLINE;
      const name = isFirst ? BEGIN.exec(line)?.[1] : undefined;
      if (name !== undefined) begins.set(name, (begins.get(name) ?? 0) + 1);
      if (open === null) {
        if (name === undefined || newline < 0) continue;
        open = { name, from: at + found, hash: createHash('sha256') };
        done = newline + 1;
        continue;
      }
      const closing = `${MARK}end ${open.name} sha256=`;
      if (!line.startsWith(closing)) continue;
      open.hash.update(withoutReturns(bytes.subarray(done, found)));
      const sum = line.slice(closing.length, closing.length + DIGITS);
      const to = at + (newline < 0 ? end : newline + 1);
      blocks.push({
        name: open.name,
        from: open.from,
        to,
        edited: open.hash.digest('hex') !== sum,
      });
      open = null;
    }
    open?.hash.update(withoutReturns(bytes.subarray(done)));
  }
  return { blocks, begins, isBlank };
}

function withoutReturns(bytes: Buffer): Buffer {
  if (!bytes.includes('\r\n')) return bytes;
  return Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}

const PIECE_BYTES = 256 * 1024;
const NEWLINE = 10;

/** A file as pieces of whole lines, and where each begins. A piece is gone with the next. */
function* linesOf(fd: number): Iterable<{ readonly at: number; readonly bytes: Buffer }> {
  let room = Buffer.allocUnsafeSlow(PIECE_BYTES);
  for (let at = 0; ; ) {
    const size = readSync(fd, room, 0, room.length, at);
    if (size === 0) return;
    const end = room.lastIndexOf(NEWLINE, size - 1) + 1;
    if (end === 0 && size === room.length) {
      room = Buffer.allocUnsafeSlow(room.length * 2);
      continue;
    }
    const bytes = room.subarray(0, end || size);
    yield { at, bytes };
    at += bytes.length;
  }
}

function unusable(file: string, why: string): HandrailError {
  const message = `The timeline was not written to \`${file}\`: ${why}.`;
  return new HandrailError('TIMELINE_FILE', { message });
}
