import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { writeAll } from '../../stores/files/disk.ts';
import { sha256Of } from '../../text/sha256.ts';
import type { Outlet } from '../outlet.ts';

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

function unwritable(file: string, cause: unknown): HandrailError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new HandrailError(
    'TIMELINE_FILE',
    { message: `\`${file}\` cannot be written: ${why}.` },
    { cause },
  );
}

const BEGIN = /^<!-- handrail:timeline:begin (\S+) -->\r?$/m;

/**
 * Puts the blocks of a newly rendered document in the place of those in a file that people have written in;
 * everything around them stays, byte for byte. A block that the file does not have is left out. Throws TIMELINE_FILE
 * when it has none of them or one twice, or somebody wrote inside one (unless `force`).
 */
function withNewBlock(file: string, old: string, rendered: string, force: boolean): string {
  const fresh = blocksIn(rendered);
  const [first] = fresh;
  if (first === undefined) throw unusable(file, 'what was rendered holds no timeline');
  const twice = fresh.find(({ name }) => beginsOf(old, name) > 1);
  if (twice !== undefined) {
    throw unusable(
      file,
      `it holds the block ${decodeURIComponent(twice.name)} twice, and one would stay as it is; delete one, with its markers`,
    );
  }
  let text = old;
  let replaced = 0;
  for (const block of fresh) {
    const stale = blockIn(text, block.name);
    if (stale === null) continue;
    if (stale.edited && !force) {
      throw unusable(
        file,
        'somebody wrote between its markers, which would be lost; move that outside the markers, or use --force',
      );
    }
    text = text.slice(0, stale.from) + rendered.slice(block.from, block.to) + text.slice(stale.to);
    replaced += 1;
  }
  if (replaced > 0) return text;
  throw unusable(
    file,
    `it holds no timeline of ${decodeURIComponent(first.name.split('/')[0] ?? '')} between markers; take another file, or --force to replace it whole`,
  );
}

function beginsOf(text: string, name: string): number {
  return text.split(BEGIN).filter((part, at) => at % 2 === 1 && part === name).length;
}

/** Whether a file has a block at all. */
function hasBlock(text: string): boolean {
  return BEGIN.test(text);
}

interface Block {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly edited: boolean;
}

function blocksIn(text: string): readonly Block[] {
  const found: Block[] = [];
  for (let from = 0; ; ) {
    const block = blockIn(text.slice(from), null);
    if (block === null) return found;
    found.push({ ...block, from: from + block.from, to: from + block.to });
    from += block.to;
  }
}

function blockIn(text: string, wanted: string | null): Block | null {
  let offset = 0;
  for (;;) {
    const begin = BEGIN.exec(text.slice(offset));
    const name = begin?.[1];
    if (!begin || name === undefined) return null;
    const from = offset + begin.index;
    const inside = text.indexOf('\n', from) + 1;
    const marker = `<!-- handrail:timeline:end ${name} sha256=`;
    const end = text.indexOf(marker, inside);
    if (inside === 0 || end < 0) return null;
    if (wanted === null || name === wanted) {
      const sum = text.slice(end + marker.length, end + marker.length + 64);
      const content = text.slice(inside, end).replaceAll('\r\n', '\n');
      const to = text.indexOf('\n', end) < 0 ? text.length : text.indexOf('\n', end) + 1;
      return { name, from, to, edited: sha256Of(content) !== sum };
    }
    offset = end;
  }
}

function unusable(file: string, why: string): HandrailError {
  const message = `The timeline was not written to \`${file}\`: ${why}.`;
  return new HandrailError('TIMELINE_FILE', { message });
}
