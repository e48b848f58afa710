import { join } from 'node:path';
import { readOwn, replaceFile } from '../../stores/files/disk.ts';

/** So many refusals of what nobody known has signed get a record of their own in a day. */
const MOST_A_DAY = 100;
const FILE = 'strangers.json';

/**
 * Counts requests that carry the signature of nobody whom this host knows. Whoever has the database can put as many before the
 * host as they like, and each record of a refusal takes room on its disk.
 */
export class Strangers {
  readonly #path: string;

  constructor(state: string) {
    this.#path = join(state, FILE);
  }

  /** Counts one more; how it stands with the day: it is to be recorded, it is the first that is not, or one of the others. */
  next(now: Date): 'recorded' | 'first too many' | 'too many' {
    const day = now.toISOString().slice(0, 10);
    const count = this.#countOf(day) + 1;
    if (count > MOST_A_DAY + 1) return 'too many';
    replaceFile(this.#path, JSON.stringify({ day, count }));
    return count > MOST_A_DAY ? 'first too many' : 'recorded';
  }

  #countOf(day: string): number {
    try {
      const kept: { readonly day?: unknown; readonly count?: unknown } = JSON.parse(
        readOwn(this.#path) ?? '',
      );
      return kept.day === day && typeof kept.count === 'number' ? kept.count : 0;
    } catch {
      return 0;
    }
  }
}
