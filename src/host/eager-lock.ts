import type { HeldLock, LockHolder, RunStore } from '../engine/contracts/run-store.ts';

/** A lock that is being taken while the run is still prepared. */
export interface EagerLock {
  readonly name: string;
  /** The first call gives what was begun, the next ones try again. */
  take(): Promise<HeldLock | LockHolder>;
  /** What the first `take` will give. */
  peek(): Promise<HeldLock | LockHolder>;
  /** Releases what nobody took. */
  drop(): Promise<void>;
}

/** Begins to take a lock at once: the process that does it works beside ours. */
export function eagerLock(store: RunStore, name: string, holder: LockHolder): EagerLock {
  let begun: Promise<HeldLock | LockHolder> | undefined = store.lock(name, holder);
  begun.catch(() => undefined);
  return {
    name,
    take() {
      const taken = begun ?? store.lock(name, holder);
      begun = undefined;
      return taken;
    },
    peek() {
      begun ??= store.lock(name, holder);
      return begun;
    },
    async drop() {
      const taken = await begun?.catch(() => undefined);
      begun = undefined;
      if (taken !== undefined && 'release' in taken) await taken.release();
    },
  };
}
