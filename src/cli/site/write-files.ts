import { existsSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RenderedFile } from '../../engine/contracts/renderer.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { makeFolder } from '../../stores/files/disk.ts';

const MANIFEST = '_/manifest.json';
/** As the umask leaves it: a site is there to be read. */
const PUBLIC = 0o777;

/** Writes files whose bytes differ, and removes those that the manifest of the build before knows and this one does not. */
export function writeFiles(
  out: string,
  files: readonly RenderedFile[],
): { readonly written: number; readonly removed: number; readonly files: readonly string[] } {
  const names = files.map((file) => file.path).toSorted();
  const before = manifestOf(out);
  const folders = new Set<string>();
  let written = 0;
  for (const { path: name, content } of [
    ...files,
    { path: MANIFEST, content: `${JSON.stringify(names, null, 0)}\n` },
  ]) {
    const place = path.join(out, name);
    const bytes = Buffer.from(content);
    if (statSync(place, { throwIfNoEntry: false })?.isFile() === false)
      throw unwritable(place, 'something that is no file stands there');
    if (isSame(place, bytes)) continue;
    try {
      const folder = path.dirname(place);
      if (!folders.has(folder)) makeFolder(folder, PUBLIC);
      folders.add(folder);
      writeFileSync(place, bytes);
    } catch (error) {
      throw unwritable(place, error);
    }
    if (name !== MANIFEST) written += 1;
  }
  const now = new Set(names);
  const orphans = before.filter(
    (name) => !now.has(name) && isInside(name) && existsSync(path.join(out, name)),
  );
  for (const name of orphans) remove(out, name);
  return { written, removed: orphans.length, files: [...names, MANIFEST] };
}

function unwritable(place: string, cause: unknown): HandrailError {
  const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  const message = `The site cannot be written to \`${place}\` (${why}). Choose a folder with --out that can be.`;
  return new HandrailError('CONFIGURATION', { message }, { cause });
}

function isSame(place: string, bytes: Buffer): boolean {
  try {
    return readFileSync(place).equals(bytes);
  } catch {
    return false;
  }
}

function manifestOf(out: string): readonly string[] {
  try {
    const names: unknown = JSON.parse(readFileSync(path.join(out, MANIFEST), 'utf8'));
    return Array.isArray(names) ? names.map(String) : [];
  } catch {
    return [];
  }
}

function isInside(name: string): boolean {
  return !path.isAbsolute(name) && !name.split('/').includes('..');
}

function remove(out: string, name: string): void {
  rmSync(path.join(out, name), { force: true });
  let folder = path.dirname(name);
  while (folder !== '.') {
    try {
      rmdirSync(path.join(out, folder));
    } catch {
      return;
    }
    folder = path.dirname(folder);
  }
}
