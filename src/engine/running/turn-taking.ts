/** One at a time. */
export interface TurnTaking {
  /** Resolves when it is one's turn, with what ends it. */
  take(): Promise<() => void>;
}

/** Turns in the order in which they were asked for. */
export function turnTaking(): TurnTaking {
  let last: Promise<void> = Promise.resolve();
  return {
    async take() {
      const before = last;
      const own = Promise.withResolvers<void>();
      last = own.promise;
      await before;
      return own.resolve;
    },
  };
}
