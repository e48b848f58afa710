import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILD } from '../engine/model/build.ts';
import type { Runbook, SourceText } from '../engine/model/runbook.ts';
import { makeFolder } from '../stores/files/disk.ts';

/** Some two hundred manuals, and what is kept beside each. */
const MAX_ENTRIES = 512;

/**
 * Pages as they were read before, for every command: by the bytes of the text, where it stands, and the build that
 * read it, so that a stale page is never found. It may be deleted at any time; two writers never see half a file. The
 * bytes themselves are kept and compared, which is surer than a hash and spares the 8 ms that loading one takes.
 */
export interface PageCache {
  get(source: SourceText): Runbook | undefined;
  put(source: SourceText, runbook: Runbook): void;
  /** What was made of a page before; made and kept now where it was not. `make` is pure and answers plain data. */
  derived<T>(source: SourceText, what: string, make: () => Promise<T>): Promise<T>;
  /** What was kept of a page, for what hangs on more than its bytes: whoever asks sees whether that is still so. */
  known<T>(source: SourceText, what: string): T | undefined;
  keep<T>(source: SourceText, what: string, value: T): void;
}

/**
 * The cache of whoever runs handrail: `handrail/pages` in the XDG cache folder (0700). `null` without such a folder, where
 * somebody else could write to it, and for sources that run unbuilt.
 */
export function openPageCache(env: Readonly<Record<string, string | undefined>>): PageCache | null {
  const caches = env['XDG_CACHE_HOME'] || (env['HOME'] && join(env['HOME'], '.cache'));
  if (!caches || BUILD === null) return null;
  return pageCache(join(caches, 'handrail', 'pages'), BUILD);
}

/** A cache in a folder. One that cannot be read or written is no cache, and no error. */
export function pageCache(folder: string, build: string): PageCache {
  let isOurs = false;
  const read = (source: SourceText, what: string): unknown => {
    isOurs ||= isOwn(folder);
    if (!isOurs) return undefined;
    const header = headerOf(source, what, build);
    try {
      return keptBehind(header, source.bytes, readFileSync(join(folder, nameOf(header))));
    } catch {
      return undefined;
    }
  };
  const write = (source: SourceText, what: string, value: unknown): void => {
    const header = headerOf(source, what, build);
    try {
      makeFolder(folder);
      if (!isOwn(folder)) return;
      forgetOldest(folder);
      const file = join(folder, nameOf(header));
      const draft = `${file}.${process.pid}.tmp`;
      const made = Buffer.from(JSON.stringify(value));
      const parts = [header, source.bytes, made, made];
      writeFileSync(draft, Buffer.concat(parts), { mode: 0o600 });
      renameSync(draft, file);
    } catch {
      // Made again next time.
    }
  };
  return {
    get(source) {
      const runbook = read(source, 'page');
      return isPage(runbook) ? { ...runbook, text: source.text } : undefined;
    },
    put(source, runbook) {
      write(source, 'page', { ...runbook, text: undefined });
    },
    async derived(source, what, make) {
      const known = read(source, what);
      if (isKept<Awaited<ReturnType<typeof make>>>(known)) return known.kept;
      const kept = await make();
      write(source, what, { kept });
      return kept;
    },
    known<T>(source: SourceText, what: string) {
      const known = read(source, what);
      return isKept<T>(known) ? known.kept : undefined;
    },
    keep: (source, what, kept) => write(source, what, { kept }),
  };
}

/** The first line of what is kept: by which build, what, of which page, and how many bytes of its text follow. */
function headerOf({ path, folder, bytes }: SourceText, what: string, build: string): Buffer {
  return Buffer.from(`${JSON.stringify([build, what, path, folder, bytes.length])}\n`);
}

/** A file for each page and what is kept of it; two that share one only take it from each other. */
function nameOf(header: Buffer): string {
  let [one, other] = [0x811c9dc5, 0x9dc5811c];
  const end = header.lastIndexOf(',');
  for (let index = 0; index < end; index += 1) {
    const byte = header[index] ?? 0;
    one = Math.imul(one ^ byte, 0x01000193);
    other = Math.imul(other + byte, 0x85ebca6b) ^ (other >>> 13);
  }
  return `${(one >>> 0).toString(16)}-${(other >>> 0).toString(16)}.page`;
}

/**
 * What stands behind the header and the very text; `undefined` where they are others. It stands there twice: a disk that
 * gives back another byte would make another command of a page, and comparing is all that costs nothing here.
 */
function keptBehind(header: Buffer, bytes: Uint8Array, kept: Buffer): unknown {
  const end = header.length + bytes.length;
  if (!kept.subarray(0, header.length).equals(header)) return undefined;
  if (!kept.subarray(header.length, end).equals(bytes)) return undefined;
  const half = (kept.length - end) / 2;
  const [made, again] = [kept.subarray(end, end + half), kept.subarray(end + half)];
  return made.equals(again) ? JSON.parse(made.toString('utf8')) : undefined;
}

/** Written by this very build: its shape is known, and only whether it is whole is asked. */
function isPage(value: unknown): value is Omit<Runbook, 'text'> {
  return typeof value === 'object' && value !== null && 'sha256' in value;
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
