import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';

/** A file of rules as it was read. */
export interface RuleText {
  /** As it was named, or found below the folder that was; with `/`. */
  readonly path: string;
  /** It was named itself, and not found in a folder. */
  readonly named: boolean;
  /** `null` when it cannot be read. */
  readonly text: string | null;
  /** Why it cannot be read, as the end of the sentence "This file cannot be read: …". */
  readonly why: string;
}

const MAX_BYTES = 16 * 1024 * 1024;
const MOST_FILES = 5000;
const MOST_DEPTH = 12;
const INPUT = '-';

/**
 * The texts behind the words of a command line, each file once: files, pipes, `-` for standard input, and what is YAML or
 * JSON by its name in folders and below. One that cannot be read keeps no other from being read. Throws
 * RULES_NOT_FOUND.
 */
export async function* ruleTexts(words: readonly string[], cwd: string): AsyncGenerator<RuleText> {
  const seen = new Set<string>();
  for (const word of words) {
    if (word === INPUT) {
      yield { path: INPUT, named: true, ...(await heard(process.stdin)) };
      continue;
    }
    const place = path.resolve(cwd, word);
    const facts = statSync(place, { throwIfNoEntry: false });
    if (facts === undefined) throw new HandrailError('RULES_NOT_FOUND', { path: word });
    const isFolder = facts.isDirectory();
    for (const file of isFolder ? filesBelow(place) : [place]) {
      if (seen.has(file)) continue;
      seen.add(file);
      const shown = isFolder ? path.join(word, path.relative(place, file)) : word;
      yield {
        path: shown.split(path.sep).join('/'),
        named: !isFolder,
        ...(await textOf(file)),
      };
    }
  }
}

/** Files by their name, in order of path. Links are followed, round in circles too, but into each folder once. */
function filesBelow(folder: string): readonly string[] {
  const found: string[] = [];
  const entered = new Set<string>();
  const collect = (at: string, depth: number): void => {
    const real = realOf(at);
    if (real === undefined || depth > MOST_DEPTH || entered.has(real)) return;
    entered.add(real);
    for (const { name, entry } of entriesOf(at)) {
      if (name.startsWith('.') || name === 'node_modules') continue;
      const file = path.join(at, name);
      const facts = entry.isSymbolicLink() ? statSync(file, { throwIfNoEntry: false }) : entry;
      if (facts?.isDirectory() === true) collect(file, depth + 1);
      // A link that leads nowhere was meant to be a file.
      else if (isRules(name) && (facts === undefined || facts.isFile())) found.push(file);
    }
  };
  collect(folder, 0);
  return found.toSorted().slice(0, MOST_FILES);
}

function isRules(name: string): boolean {
  return /\.(?:ya?ml|json|rules)$/i.test(name);
}

function entriesOf(folder: string): readonly { readonly name: string; readonly entry: Dirent }[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).map((entry) => ({
      name: entry.name,
      entry,
    }));
  } catch {
    return [];
  }
}

function realOf(folder: string): string | undefined {
  try {
    return realpathSync(folder);
  } catch {
    return undefined;
  }
}

/** Pipes and devices are read as far as a file of rules goes: `<(helm template .)` is one. */
async function textOf(file: string): Promise<Pick<RuleText, 'text' | 'why'>> {
  try {
    const handle = await open(file);
    try {
      return await heard(handle.createReadStream({ autoClose: false }));
    } finally {
      await handle.close();
    }
  } catch (error) {
    return unreadable(error);
  }
}

async function heard(chunks: AsyncIterable<Uint8Array>): Promise<Pick<RuleText, 'text' | 'why'>> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of chunks) {
      bytes += chunk.length;
      if (bytes > MAX_BYTES)
        return { text: null, why: 'it is larger than 16 MiB, which no file of rules is' };
      parts.push(chunk);
    }
  } catch (error) {
    return unreadable(error);
  }
  return { text: Buffer.concat(parts).toString('utf8'), why: '' };
}

function unreadable(error: unknown): Pick<RuleText, 'text' | 'why'> {
  if (!(error instanceof Error && 'code' in error)) throw error;
  return {
    text: null,
    why: error.code === 'ENOENT' ? 'there is nothing where it leads' : String(error.code),
  };
}
