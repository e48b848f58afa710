import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import type { Outlet } from '../outlet.ts';
import { hasBlock, withNewBlock } from './block.ts';

type Pieces = AsyncIterable<string | Uint8Array>;

/** Writes to standard output, as fast as its reader takes it. */
export async function toOutput(pieces: Pieces, out: Outlet): Promise<void> {
  for await (const piece of pieces) {
    if (out.closed) return;
    await out.write(piece);
  }
}

/** Writes a file whole, or not at all. */
export async function toFile(pieces: Pieces, file: string): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    const fd = openSync(draft, 'w');
    try {
      for await (const piece of pieces)
        writeAll(fd, typeof piece === 'string' ? Buffer.from(piece) : piece);
    } finally {
      closeSync(fd);
    }
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error instanceof HandrailError ? error : unwritable(file, error);
  }
}

/** Writes a block between markers into a file: a new one whole, one that people wrote in around what they wrote. */
export async function toBlock(pieces: Pieces, file: string, force: boolean): Promise<void> {
  const old = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (old.trim() === '' || (force && !hasBlock(old))) return toFile(pieces, file);
  let rendered = '';
  for await (const piece of pieces)
    rendered += typeof piece === 'string' ? piece : Buffer.from(piece).toString();
  const whole = withNewBlock(path.basename(file), old, rendered, force);
  if (whole !== old) writeFileSync(file, whole);
}

function writeAll(fd: number, bytes: Uint8Array): void {
  for (let offset = 0; offset < bytes.length; ) offset += writeSync(fd, bytes, offset);
}

function unwritable(file: string, cause: unknown): HandrailError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new HandrailError(
    'TIMELINE_FILE',
    { message: `\`${file}\` cannot be written: ${why}.` },
    { cause },
  );
}
