import type { RawLine } from '../../engine/contracts/run-store.ts';
import { isObject } from '../../engine/timeline/log-lines.ts';

/** Ids of the entries that an incident's log has imported already. */
export async function importedIds(lines: AsyncIterable<RawLine>): Promise<Set<string>> {
  const ids = new Set<string>();
  for await (const { raw, complete } of lines) {
    const text = complete ? Buffer.from(raw).toString() : '';
    if (!text.includes('"imported":{')) continue;
    const event: unknown = JSON.parse(text);
    const mark = isObject(event) ? event['imported'] : undefined;
    if (isObject(mark) && typeof mark['id'] === 'string') ids.add(mark['id']);
  }
  return ids;
}
