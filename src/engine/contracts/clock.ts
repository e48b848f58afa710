import { kindOf, saidBy } from '../model/guard.ts';
import { brokenContract } from './broken-promise.ts';

/** Time as the engine sees it: a parameter, so that a run can be repeated with the same times. */
export interface Clock {
  /** Milliseconds since 1970 by the wall clock. */
  nowMs(): number;
  /** Milliseconds by a clock that never jumps; only differences mean anything. */
  monoMs(): number;
  /** Resolves after the time, or at once when the signal is aborted. */
  sleep(durationMs: number, signal?: AbortSignal): Promise<void>;
}

/** The last moment that a date can say. */
const LAST_MS = 8.64e15;

/**
 * A clock of somebody else's, held to its contract: what is no time is told, and the steady one never goes back. A wait ends
 * when it is to end, gives everything else its turn, and is the machine's own where theirs throws: no step loses its limit
 * by it.
 */
export function keptClock(clock: Clock, machine: Clock): Clock {
  let lastMs = Number.NEGATIVE_INFINITY;
  const read = (member: 'nowMs' | 'monoMs'): number => {
    const broken = (is: string, cause?: unknown): Error => {
      const misfit = { is: `\`${member}\` ${is}`, expected: 'a number of milliseconds' };
      return brokenContract('clock', 'World.clock', misfit, cause);
    };
    let ms: unknown;
    try {
      ms = clock[member]();
    } catch (cause) {
      throw broken(`threw "${saidBy(cause)}"`, cause);
    }
    if (typeof ms === 'number' && Math.abs(ms) <= LAST_MS) return ms;
    throw broken(`answered ${typeof ms === 'number' ? ms : kindOf(ms)}`);
  };
  return {
    nowMs: () => read('nowMs'),
    monoMs() {
      lastMs = Math.max(lastMs, read('monoMs'));
      return lastMs;
    },
    async sleep(durationMs, signal) {
      const over = Promise.withResolvers<void>();
      const end = (): void => over.resolve();
      signal?.addEventListener('abort', end, { once: true });
      try {
        if (signal?.aborted !== true)
          await Promise.race([clock.sleep(durationMs, signal), over.promise]);
      } catch {
        await machine.sleep(durationMs, signal);
      } finally {
        signal?.removeEventListener('abort', end);
      }
      await new Promise(setImmediate);
    },
  };
}
