import { hash } from 'node:crypto';
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Runbook, SourceText } from '../engine/model/runbook.ts';
import { makeFolder } from '../stores/files/disk.ts';

const MAX_ENTRIES = 64;

/** Runbooks as they were parsed before, by the bytes of their text and the version that parsed them. */
export interface RunbookCache {
  get(source: SourceText): Runbook | undefined;
  put(source: SourceText, runbook: Runbook): void;
}

/** A cache in a folder of the owner's own. One that cannot be read or written is no cache, and no error. */
export function runbookCache(folder: string, version: string): RunbookCache {
  const fileOf = ({ path, folder: at, sha256 }: SourceText): string =>
    join(
      folder,
      `${hash('sha256', [version, path, at, sha256].join('\0'), 'hex').slice(0, 32)}.json`,
    );
  return {
    get(source) {
      try {
        const runbook: Omit<Runbook, 'text'> = JSON.parse(readFileSync(fileOf(source), 'utf8'));
        return runbook.sha256 === source.sha256 ? { ...runbook, text: source.text } : undefined;
      } catch {
        return undefined;
      }
    },
    put(source, runbook) {
      const file = fileOf(source);
      try {
        makeFolder(folder);
        forgetOldest(folder);
        const draft = `${file}.${process.pid}.tmp`;
        writeFileSync(draft, JSON.stringify({ ...runbook, text: undefined }), { mode: 0o600 });
        renameSync(draft, file);
      } catch {
        // Parsed again next time.
      }
    },
  };
}

function forgetOldest(folder: string): void {
  const names = readdirSync(folder);
  if (names.length < MAX_ENTRIES) return;
  const byAge = names
    .map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs }))
    .sort((one, other) => one.at - other.at);
  for (const { name } of byAge.slice(0, names.length - MAX_ENTRIES + 1))
    rmSync(join(folder, name), { force: true });
}
