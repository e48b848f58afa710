import type { Contender, Least } from './race.ts';

/** A row of the table of goals. */
export interface Row {
  /** By which `--only` asks for it. */
  readonly name: string;
  readonly what: string;
  /** At most this is aimed at; `null`: it is a limit, or a figure to look at. */
  readonly goal: number | null;
  /** `E`, `S`, `MB`, `µs` … */
  readonly unit: string;
  /** `null`: it was not measured, and `seen` says why. */
  readonly value: number | null;
  /** The same made of medians; absent for what is no ratio of times. */
  readonly usual?: number;
  /** How many rounds the value is of; absent for what is measured once. */
  readonly rounds?: number;
  /** What the value was made of. */
  readonly seen: string;
}

/** What a group of rows measures with. */
export interface Bench {
  /** A folder of the bench's own. */
  readonly folder: string;
  /** Where its runs are recorded. */
  readonly state: string;
  readonly isQuick: boolean;
  readonly node: string;
  /** Writes a file; answers its path. */
  file(name: string, text: string): string;
  /** How handrail is called with arguments. */
  handrail(...args: readonly string[]): readonly string[];
  race(contenders: readonly Contender[], rounds?: number): ReadonlyMap<string, Least>;
  peakMb(argv: readonly string[]): Promise<number>;
}

/** Rows that are measured together, since they are held against the same limits. */
export interface Group {
  readonly name: string;
  /** Names of its rows. */
  readonly rows: readonly string[];
  measure(bench: Bench): Promise<readonly Row[]> | readonly Row[];
}

type Asked = Pick<Row, 'name' | 'what'> & { readonly goal: number | null };

/** What a contender took as a multiple of a limit, each divided by how many times it did the thing. */
export function ratio(
  asked: Asked,
  times: ReadonlyMap<string, Least>,
  [got, gotCount = 1]: readonly [contender: string, count?: number],
  [limit, limitCount = 1]: readonly [contender: string, count?: number],
  unit = limit,
): Row {
  const [mine, theirs] = [times.get(got), times.get(limit)];
  if (mine === undefined || theirs === undefined) throw new Error(`${got}/${limit} did not run`);
  const per = (ours: number, limits: number): number => ours / gotCount / (limits / limitCount);
  const seen = `${ms(mine.cpuMs)} to ${ms(theirs.cpuMs)}; wall ${ms(mine.wallMs)} to ${ms(theirs.wallMs)}; ${mine.rounds} rounds`;
  return {
    ...asked,
    unit,
    value: per(mine.cpuMs, theirs.cpuMs),
    usual: per(mine.usualMs, theirs.usualMs),
    rounds: mine.rounds,
    seen,
  };
}

/** A figure that is no ratio. */
export function figure(asked: Asked, value: number, unit: string, seen = ''): Row {
  return { ...asked, unit, value, seen };
}

export function ms(value: number): string {
  return value < 10_000 ? `${value.toFixed(0)} ms` : `${(value / 1000).toFixed(1)} s`;
}
