import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../engine/contracts/clock.ts';
import type { RunStore } from '../engine/contracts/run-store.ts';
import { HandrailError } from '../engine/model/errors.ts';
import { FileStore } from './file.ts';
import { MemoryStore } from './memory.ts';
import { TeamStore } from './team.ts';

type Open = (url: string, clock: Clock) => RunStore;

/** Every kind of run store, by the scheme of its URL. */
export const stores: Readonly<Record<string, Open>> = {
  file: (url, clock) => new FileStore(fileURLToPath(url), clock),
  memory: (_url, clock) => new MemoryStore(clock),
  postgres: (url, clock) => new TeamStore(url, clock),
  postgresql: (url, clock) => new TeamStore(url, clock),
};

/** Opens the store at a URL; a plain path is a folder. Throws CONFIGURATION for an unknown scheme. */
export function openStore(where: string, clock: Clock): RunStore {
  const scheme = /^([a-z][a-z0-9+]+):/.exec(where)?.[1];
  if (scheme === undefined) return new FileStore(resolve(where), clock);
  const open = stores[scheme];
  if (open !== undefined) return open(where, clock);
  const known = Object.keys(stores).map((name) => `\`${name}:\``);
  const message = `There is no run store for \`${scheme}:\`. Give a folder, or one of ${known.join(', ')}.`;
  throw new HandrailError('CONFIGURATION', { message });
}
