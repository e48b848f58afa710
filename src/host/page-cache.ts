import { hash } from 'node:crypto';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Runbook, SourceText } from '../engine/model/runbook.ts';

/** What the build was made of (hex); nothing else reads a page as it does. Absent where sources run as they stand. */
declare const HANDRAIL_BUILD: string | undefined;

/** Some two hundred manuals, and what is kept beside each. */
const MAX_ENTRIES = 512;

/**
 * Pages as they were read before, for every command: by the bytes of the text, where it stands, and the build that
 * read it, so that a stale page is never found. It may be deleted at any time; two writers never see half a file.
 */
export interface PageCache {
  get(source: SourceText): Runbook | undefined;
  put(source: SourceText, runbook: Runbook): void;
  /** What was made of a page before; made and kept now where it was not. `make` is pure and answers plain data. */
  derived<T>(source: SourceText, what: string, make: () => Promise<T>): Promise<T>;
}

/**
 * The cache of whoever runs handrail: `handrail/pages` in the XDG cache folder (0700). `null` without such a folder, where
 * somebody else could write to it, and for sources that run unbuilt.
 */
export function openPageCache(env: Readonly<Record<string, string | undefined>>): PageCache | null {
  const caches = env['XDG_CACHE_HOME'] || (env['HOME'] && join(env['HOME'], '.cache'));
  if (!caches || typeof HANDRAIL_BUILD === 'undefined') return null;
  return pageCache(join(caches, 'handrail', 'pages'), HANDRAIL_BUILD);
}

/** A cache in a folder. One that cannot be read or written is no cache, and no error. */
export function pageCache(folder: string, build: string): PageCache {
  const fileOf = ({ path, folder: at, sha256 }: SourceText, what: string): string =>
    join(
      folder,
      `${hash('sha256', [build, what, path, at, sha256].join('\0'), 'hex').slice(0, 32)}.json`,
    );
  let isOurs = false;
  const read = (file: string): unknown => {
    isOurs ||= isOwn(folder);
    if (!isOurs) return undefined;
    try {
      return JSON.parse(readFileSync(file, 'utf8'));
    } catch {
      return undefined;
    }
  };
  const write = (file: string, value: unknown): void => {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      if (!isOwn(folder)) return;
      forgetOldest(folder);
      const draft = `${file}.${process.pid}.tmp`;
      writeFileSync(draft, JSON.stringify(value), { mode: 0o600 });
      renameSync(draft, file);
    } catch {
      // Made again next time.
    }
  };
  return {
    get(source) {
      const runbook = read(fileOf(source, 'page'));
      return isPageOf(runbook, source) ? { ...runbook, text: source.text } : undefined;
    },
    put(source, runbook) {
      write(fileOf(source, 'page'), { ...runbook, text: undefined });
    },
    async derived(source, what, make) {
      const file = fileOf(source, what);
      const known = read(file);
      if (isKept<Awaited<ReturnType<typeof make>>>(known)) return known.kept;
      const kept = await make();
      write(file, { kept });
      return kept;
    },
  };
}

/** Written by this very build: its shape is known, and only whether it is whole is asked. */
function isPageOf(value: unknown, { sha256 }: SourceText): value is Omit<Runbook, 'text'> {
  return (
    typeof value === 'object' && value !== null && 'sha256' in value && value.sha256 === sha256
  );
}

function isKept<T>(value: unknown): value is { readonly kept: T } {
  return typeof value === 'object' && value !== null && 'kept' in value;
}

/** A folder that another user could write to would let them say what a page holds. */
function isOwn(folder: string): boolean {
  try {
    const { uid, mode } = statSync(folder);
    return (mode & 0o022) === 0 && uid === (process.geteuid?.() ?? uid);
  } catch {
    return false;
  }
}

function forgetOldest(folder: string): void {
  const names = readdirSync(folder);
  if (names.length < MAX_ENTRIES) return;
  const byAge = names
    .map((name) => ({ name, at: statSync(join(folder, name)).mtimeMs }))
    .sort((one, other) => one.at - other.at);
  for (const { name } of byAge.slice(0, MAX_ENTRIES / 4))
    rmSync(join(folder, name), { force: true });
}
