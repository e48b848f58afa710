import { hash } from 'node:crypto';
import { HandrailError } from '../../engine/model/errors.ts';

const BEGIN = /^<!-- handrail:timeline:begin (\S+) -->\r?$/m;

/**
 * Puts the blocks of a newly rendered document in the place of those in a file that people have written in;
 * everything around them stays, byte for byte. A block that the file does not have is left out. Throws TIMELINE_FILE
 * when it has none of them, or somebody wrote inside one (unless `force`).
 */
export function withNewBlock(file: string, old: string, rendered: string, force: boolean): string {
  const fresh = blocksIn(rendered);
  const [first] = fresh;
  if (first === undefined) throw unusable(file, 'what was rendered holds no timeline');
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
      return { name, from, to, edited: hash('sha256', content, 'hex') !== sum };
    }
    offset = end;
  }
}

function unusable(file: string, why: string): HandrailError {
  const message = `The timeline was not written to \`${file}\`: ${why}.`;
  return new HandrailError('TIMELINE_FILE', { message });
}
