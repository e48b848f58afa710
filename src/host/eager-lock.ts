import { realpathSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { HeldLock, LockHolder, RunStore } from '../engine/contracts/run-store.ts';
import { HandrailError } from '../engine/model/errors.ts';
import type { RunEvent } from '../engine/model/event.ts';
import type { Runbook } from '../engine/model/runbook.ts';
import { holderInWords } from '../engine/running/wait-for-lock.ts';

/** A lock that is being taken while the run is still prepared. */
export interface EagerLock {
  readonly name: string;
  /** The first call gives what was begun, the next ones try again. */
  take(): Promise<HeldLock | LockHolder>;
  /** A place in the line for it, until it is left; `undefined`: the store keeps none. */
  queue?(): Promise<{ leave(): void } | undefined>;
  /** What the first `take` will give. */
  peek(): Promise<HeldLock | LockHolder>;
  /** Releases what nobody took. */
  drop(): Promise<void>;
}

/** Begins to take a lock at once: the process that does it works beside ours. */
function eagerLock(store: RunStore, name: string, holder: LockHolder): EagerLock {
  const lock = (): Promise<HeldLock | LockHolder> => store.lock(name, holder);
  let begun: Promise<HeldLock | LockHolder> | undefined = lock();
  begun.catch(() => undefined);
  return {
    name,
    take() {
      const taken = begun ?? lock();
      begun = undefined;
      return taken;
    },
    async queue() {
      return store.queue?.(name, holder);
    },
    peek() {
      begun ??= lock();
      return begun;
    },
    async drop() {
      const taken = await begun?.catch(() => undefined);
      begun = undefined;
      if (taken !== undefined && 'release' in taken) await taken.release();
    },
  };
}

/** Gives back what nobody took; then throws what was thrown before, which is what matters, or why it cannot be given back. */
export async function droppedBehind(
  lock: EagerLock | null,
  broken: { readonly error: unknown } | undefined,
): Promise<void> {
  try {
    await lock?.drop();
  } catch (error) {
    throw broken === undefined ? error : broken.error;
  }
  if (broken !== undefined) throw broken.error;
}

/** Does what is to be done with a lock begun to be taken, and gives it back where `isTaken` says that nobody has it now. */
export async function withLock<T>(
  lock: EagerLock | null,
  isTaken: () => boolean,
  act: () => Promise<T>,
): Promise<T> {
  let broken: { readonly error: unknown } | undefined;
  try {
    return await act();
  } catch (error) {
    broken = { error };
    throw error;
  } finally {
    if (!isTaken()) await droppedBehind(lock, broken);
  }
}

/** Begins to take the lock of a runbook for a run. */
export function lockOf(
  store: RunStore,
  run: string,
  runbook: Runbook,
  { nowMs, env }: { readonly nowMs: number; readonly env: Readonly<Record<string, string>> },
): EagerLock {
  const since = new Date(nowMs).toISOString();
  const user = env['USER'] ?? env['LOGNAME'] ?? userName();
  return eagerLock(store, lockName(runbook), { run, pid: process.pid, since, user });
}

/** One run of a runbook at a time, however its path is spelled, unless the runbook names a lock of its own. */
function lockName({ frontmatter, path, folder }: Runbook): string {
  if (frontmatter.lock?.name !== undefined) return `name:${frontmatter.lock.name}`;
  const file = join(folder, path.slice(path.lastIndexOf('/') + 1));
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

/** A run is not resumed beside another one, nor beside what its own lost engine left at work. */
export async function refuseBusy(lock: EagerLock): Promise<void> {
  const holder = await whoHolds(lock);
  if (holder !== undefined) throw busy(`The lock is held by ${holder}.`);
}

/** Who has the lock that was to be taken, in words; `undefined`: it is ours. */
export async function whoHolds(lock: EagerLock): Promise<string | undefined> {
  const taken = await lock.peek();
  return 'release' in taken ? undefined : holderInWords(taken);
}

/** Somebody is at work; why is said first. */
export function busy(why: string): HandrailError {
  return new HandrailError('LOCK_HELD', { message: `${why} Wait until it ends, or end it.` });
}

/** Cron gives no USER; the system knows all the same. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}

/**
 * What is left before its first event was asked for never begins, and no `finally` of it is reached: the lock that was
 * begun to be taken for it is given back all the same.
 */
export function dropping(
  lock: EagerLock,
  events: AsyncGenerator<RunEvent, void>,
): AsyncGenerator<RunEvent, void> {
  const leave = events.return.bind(events);
  return Object.assign(events, {
    async return(value: void | PromiseLike<void>) {
      // A lock that cannot be given back must not leave a step at work.
      let stuck: { readonly error: unknown } | undefined;
      try {
        await lock.drop();
      } catch (error) {
        stuck = { error };
      }
      const left = await leave(value);
      if (stuck !== undefined) throw stuck.error;
      return left;
    },
  });
}
