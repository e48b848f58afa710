import type { RunReader, RunStore } from '../engine/contracts/run-store.ts';
import { HandrailError } from '../engine/model/errors.ts';
import { openStore as openStoreAt } from '../stores/index.ts';
import type { CliContext } from './context.ts';
import { stateFolder } from './state-folder.ts';
import { systemClock } from './system-clock.ts';

type Where = Pick<CliContext, 'state' | 'env' | 'cwd'>;

/** The store that the command line names, or the one nearest to the given folder. */
export function openStore(context: Where, nearestTo?: string): RunStore {
  return openStoreAt(stateFolder(context, nearestTo), systemClock);
}

/** The run that a word names: an id, the beginning of one, or `last`. Throws RUN_NOT_FOUND or RUN_AMBIGUOUS. */
export async function findRun(store: RunStore, word = 'last'): Promise<RunReader> {
  const ids = await store.runs();
  const matches = word === 'last' ? ids.slice(-1) : ids.filter((one) => one.startsWith(word));
  const [id, ...others] = matches;
  if (others.length > 0 && id !== word)
    throw new HandrailError('RUN_AMBIGUOUS', { name: word, count: matches.length });
  const reader = id === undefined ? undefined : await store.read(id);
  if (!reader) throw new HandrailError('RUN_NOT_FOUND', { name: word, state: store.where });
  return reader;
}
