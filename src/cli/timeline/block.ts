import { hash } from 'node:crypto';
import { HandrailError } from '../../engine/model/errors.ts';

const BEGIN = /^<!-- handrail:timeline:begin (\S+) -->\r?$/m;

/**
 * Puts a newly rendered document's block in the place of the block in a file that people have written in;
 * everything around it stays, byte for byte. Throws TIMELINE_FILE when the file has no block of that
 * name, or somebody wrote inside it (unless `force`).
 */
export function withNewBlock(file: string, old: string, rendered: string, force: boolean): string {
  const fresh = blockIn(rendered, null);
  if (fresh === null) throw unusable(file, 'what was rendered holds no timeline');
  const stale = blockIn(old, fresh.name);
  if (stale === null) {
    throw unusable(
      file,
      `it holds no timeline of ${decodeURIComponent(fresh.name)} between markers; take another file, or --force to replace it whole`,
    );
  }
  if (stale.edited && !force) {
    throw unusable(
      file,
      'somebody wrote between its markers, which would be lost; move that outside the markers, or use --force',
    );
  }
  return old.slice(0, stale.from) + rendered.slice(fresh.from, fresh.to) + old.slice(stale.to);
}

/** Whether a file has a block at all. */
export function hasBlock(text: string): boolean {
  return BEGIN.test(text);
}

interface Block {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly edited: boolean;
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
      return { name, from, to, edited: hash('sha256', content, 'hex') !== sum };
    }
    offset = end;
  }
}

function unusable(file: string, why: string): HandrailError {
  const message = `The timeline was not written to \`${file}\`: ${why}.`;
  return new HandrailError('TIMELINE_FILE', { message });
}
