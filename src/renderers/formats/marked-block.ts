import { createHash } from 'node:crypto';
import type { Timeline } from '../../engine/model/timeline.ts';

/** What a block of a timeline is called in its file: the incident, and which part of it where there are several. */
export function blockName({ head }: Timeline, part: string): string {
  const name = encodeURIComponent(head.incident ?? head.title).replaceAll('--', '%2D-');
  return part === '' ? name : `${name}/${part}`;
}

/**
 * A block between markers. The end marker holds the SHA-256 of what stands between them, so that the next export sees
 * whether somebody wrote inside.
 */
export async function* markedBlock(
  name: string,
  pieces: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<string> {
  yield `<!-- handrail:timeline:begin ${name} -->\n`;
  const hash = createHash('sha256');
  for await (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
  yield `<!-- handrail:timeline:end ${name} sha256=${hash.digest('hex')} -->\n`;
}
