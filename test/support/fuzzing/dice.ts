/** Chance that can be had again: the same seed, the same throws. */
export interface Dice {
  /** From 0 to `limit` - 1. */
  below(limit: number): number;
  one<T>(of: readonly T[]): T;
  bytes(length: number): Buffer;
}

/** Dice by Mulberry32. */
export function dice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * Math.max(1, limit));
  return {
    below,
    one(of) {
      const found = of[below(of.length)];
      if (found === undefined) throw new Error('there is nothing to choose from');
      return found;
    },
    bytes: (length) => Buffer.from(Array.from({ length }, () => below(256))),
  };
}
