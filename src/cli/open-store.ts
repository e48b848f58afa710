import type { RunStore } from '../engine/contracts/run-store.ts';
import { systemClock } from '../host/system-clock.ts';
import { openStore as openStoreAt } from '../stores/index.ts';
import type { CliContext } from './context.ts';
import { stateFolder } from './state-folder.ts';

type Where = Pick<CliContext, 'state' | 'env' | 'cwd'>;

/** The store that the command line names, or the one nearest to the given folder. */
export function openStore(context: Where, nearestTo?: string): RunStore {
  return openStoreAt(stateFolder(context, nearestTo), systemClock);
}
