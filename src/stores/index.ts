import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Clock } from '../engine/contracts/clock.ts';
import type { RunStore } from '../engine/contracts/run-store.ts';
import { schemeOf } from '../engine/model/command-about.ts';
import { HandrailError } from '../engine/model/errors.ts';
import { FileStore } from './file.ts';
import { MemoryStore } from './memory.ts';
import { TeamStore } from './team.ts';

type Open = (url: string, clock: Clock, cwd?: string) => RunStore;

/** Every kind of run store, by the scheme of its URL. */
export const stores: Readonly<Record<string, Open>> = {
  file: (url, clock, cwd) => new FileStore(folderOf(url, cwd), clock),
  memory: (_url, clock) => new MemoryStore(clock),
  postgres: (url, clock) => new TeamStore(url, clock),
  postgresql: (url, clock) => new TeamStore(url, clock),
};

/** Opens the store at a URL; a plain path is a folder, from `cwd` on. Throws CONFIGURATION where there is no such store. */
export function openStore(where: string, clock: Clock, cwd = process.cwd()): RunStore {
  const scheme = schemeOf(where);
  if (scheme === undefined) return new FileStore(resolve(cwd, where), clock);
  const open = stores[scheme];
  if (open !== undefined) return open(where, clock, cwd);
  const known = Object.keys(stores).map((name) => `\`${name}:\``);
  const message = `There is no run store for \`${scheme}:\`. Give a folder (\`./\` before its name makes one of it), or one of ${known.join(', ')}.`;
  throw new HandrailError('CONFIGURATION', { message });
}

/** `file:runs` is relative, as a path is. */
function folderOf(url: string, cwd = process.cwd()): string {
  try {
    return fileURLToPath(new URL(url, pathToFileURL(`${cwd}/`)));
  } catch (error) {
    throw noFolder(url, error);
  }
}

function noFolder(url: string, cause: unknown): HandrailError {
  const message = `\`${url}\` leads to no folder of this machine. Give its path, or a URL such as \`file:///srv/runs\`.`;
  return new HandrailError('CONFIGURATION', { message }, { cause });
}
