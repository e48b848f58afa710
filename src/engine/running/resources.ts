import type { Clock } from '../contracts/clock.ts';
import type { RunResources } from '../contracts/step-type.ts';
import { PATIENCE_MS } from './patience.ts';

interface Closable {
  close(): Promise<void> | void;
}

/** Opens what steps share at first use and closes all of it, last opened first; no run waits for ever until that is done. */
export function runResources(clock: Clock): RunResources & { closeAll(): Promise<void> } {
  const opened = new Map<string, Promise<Closable>>();
  return {
    get<T extends Closable>(name: string, open: () => Promise<T>): Promise<T> {
      const known = opened.get(name);
      // Whoever asks by a name also chose what stands under it.
      if (known !== undefined) return known as Promise<T>;
      const opening = open();
      opened.set(name, opening);
      opening.catch(() => opened.delete(name));
      return opening;
    },
    async closeAll() {
      const all = [...opened.values()].reverse();
      opened.clear();
      if (all.length === 0) return;
      const closed = new AbortController();
      const closing = closeInTurn(all).finally(() => closed.abort());
      await Promise.race([closing, clock.sleep(PATIENCE_MS, closed.signal)]);
    },
  };
}

async function closeInTurn(all: readonly Promise<Closable>[]): Promise<void> {
  for (const opening of all) {
    try {
      await (await opening).close();
    } catch {
      // A resource that cannot be closed any more is gone already.
    }
  }
}
