import { type Dirent, existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { HandrailError } from '../engine/model/errors.ts';
import { CHAIN, RUNS } from '../engine/record/files.ts';
import { nearest } from '../text/nearest.ts';

const MARKDOWN = /\.(?:md|markdown|mdx|md\.erb)$/i;
const NOT_LOOKED_INTO = new Set(['node_modules', 'dist', 'coverage', 'vendor', 'target']);
const MAX_FILES = 20_000;
const MAX_DEPTH = 12;

/** Whether a file's name is one of a runbook. */
export const isMarkdown = (file: string): boolean => MARKDOWN.test(file);

/** The markdown files in and below a folder, in order of path; hidden and built folders are left out. */
export async function markdownFiles(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  await collect(folder, MAX_DEPTH, found);
  return found;
}

/** A runbook as it was named, and the procedure behind `#`, if any. */
export interface RunbookAddress {
  readonly path: string;
  readonly procedure: string | undefined;
}

/**
 * Finds the runbook that a word names: a path, or a file's name without its extension when it is unique below
 * the folder. Throws RUNBOOK_NOT_FOUND with the nearest name, or USAGE when the name is not unique.
 */
export async function findRunbook(word: string, cwd: string): Promise<RunbookAddress> {
  refuseEmptyPath(word);
  if (existsSync(path.resolve(cwd, word))) return { path: word, procedure: undefined };
  const hash = word.indexOf('#');
  const name = hash < 0 ? word : word.slice(0, hash);
  const procedure = hash < 0 ? undefined : word.slice(hash + 1);
  if (name === '' || existsSync(path.resolve(cwd, name)) || path.dirname(name) !== '.')
    return { path: name, procedure };
  return { path: await byName(name, cwd), procedure };
}

/** Throws USAGE for a path of no characters: `"$FILE"` of a shell that has no such variable is no folder. */
function refuseEmptyPath(word: string): void {
  if (word !== '') return;
  throw new HandrailError('USAGE', {
    message: 'The path of the runbook is empty. Give the path of a markdown file.',
  });
}

async function byName(name: string, cwd: string): Promise<string> {
  const files = await markdownFiles(cwd);
  const named = files.filter(
    (file) => path.basename(file) === name || bareName(file) === name.toLowerCase(),
  );
  const [only, ...others] = named;
  if (only !== undefined && others.length === 0) return path.relative(cwd, only);
  if (only === undefined)
    throw new HandrailError('RUNBOOK_NOT_FOUND', {
      path: name,
      nearest: nearest(
        name,
        MARKDOWN.test(name) ? files.map((file) => path.basename(file)) : files.map(bareName),
      ),
    });
  throw new HandrailError('USAGE', {
    message: `\`${name}\` names ${named.length} runbooks: ${named.map((file) => path.relative(cwd, file)).join(', ')}. Give the path of one.`,
  });
}

function bareName(file: string): string {
  return path.basename(file).replace(MARKDOWN, '').toLowerCase();
}

async function collect(folder: string, depth: number, found: string[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (found.length >= MAX_FILES || entry.name.startsWith('.')) continue;
    const file = path.join(folder, entry.name);
    if (entry.isFile() && MARKDOWN.test(entry.name)) found.push(file);
    if (entry.isDirectory() && depth > 0 && !isLeftOut(entry.name, entries))
      await collect(file, depth - 1, found);
  }
}

/** What is built is left out, and what runs have kept: each has a copy of its page, which is the page of nobody. */
function isLeftOut(name: string, beside: readonly Dirent[]): boolean {
  return NOT_LOOKED_INTO.has(name) || (name === RUNS && beside.some((one) => one.name === CHAIN));
}
