/** Parts of a fence that were run one by one and need not run again, by their numbers from 1. */
export interface PartsBehind {
  readonly of: number;
  readonly numbers: readonly number[];
}

/** One part of so many. */
export interface PartOf {
  readonly number: number;
  readonly of: number;
}

/** The same with one part more. A fence that has another number of parts since begins anew. */
export function withPart(behind: PartsBehind | null | undefined, part: PartOf): PartsBehind {
  const before = behind?.of === part.of ? behind.numbers : [];
  return { of: part.of, numbers: [...new Set([...before, part.number])].toSorted((a, b) => a - b) };
}

/** Nothing of the fence is left to run. */
export const areAllBehind = ({ of, numbers }: PartsBehind): boolean => numbers.length >= of;
