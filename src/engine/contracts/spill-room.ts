/** Room on disk for what does not fit in memory. */
export interface SpillRoom {
  /** Keeps texts of one line each; returns how to read them back, in order, as often as needed. */
  keep(lines: Iterable<string>): Promise<() => AsyncIterable<readonly string[]>>;
}
