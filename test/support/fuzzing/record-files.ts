import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A state folder in memory: bytes by path below it, with `/`. */
export type RecordFiles = Map<string, Buffer>;

/** Reads what of a state folder is record: no locks, no caches. */
export function readRecord(state: string): RecordFiles {
  const found: RecordFiles = new Map();
  for (const entry of readdirSync(state, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name).slice(state.length + 1);
    if (entry.isFile() && /^(?:runs\/|runs\.)/.test(path))
      found.set(path, readFileSync(join(state, path)));
  }
  return found;
}

/** Makes a folder that holds `before` hold `after`. */
export function rewrite(state: string, before: RecordFiles, after: RecordFiles): void {
  const gone = new Set<string>();
  for (const path of before.keys())
    if (!after.has(path)) {
      rmSync(join(state, path));
      gone.add(path.split('/').slice(0, 2).join('/'));
    }
  // A run without a file is no run: its folders go with the last of them.
  for (const run of gone)
    if (![...after.keys()].some((path) => path.startsWith(`${run}/`)))
      rmSync(join(state, run), { recursive: true, force: true });
  for (const [path, bytes] of after) {
    if (before.get(path) === bytes) continue;
    mkdirSync(dirname(join(state, path)), { recursive: true });
    writeFileSync(join(state, path), bytes);
  }
}
