import type { Dice } from './dice.ts';
import type { RecordFiles } from './record-files.ts';

/** A stored record after somebody was at it. */
export interface Edited {
  readonly what: string;
  readonly files: RecordFiles;
  /** Runs whose record was touched; the verdict on every other one has to stay. `null`: any. */
  readonly touched: readonly string[] | null;
  /** What is stored proves it: some verdict has to be another one than before. */
  readonly isProvable: boolean;
}

/** One way to edit a record; `null`: there is nothing here to do it to. */
export type Edit = (files: RecordFiles, dice: Dice) => Edited | null;

export const runOf = (path: string): string => path.split('/')[1] ?? '';
export const logOf = (run: string): string => `runs/${run}/log.jsonl`;
export const isLog = (path: string): boolean => path.endsWith('/log.jsonl');
export const text = (files: RecordFiles, path: string): string => files.get(path)?.toString() ?? '';
export const linesIn = (files: RecordFiles, path: string): readonly string[] =>
  text(files, path).split('\n').slice(0, -1);
export const asFile = (lines: readonly string[]): Buffer =>
  Buffer.from(lines.map((line) => `${line}\n`).join(''));
export const LEDGER = 'runs.jsonl';
export const REMEMBERED = 'runs.head';

/** Files of runs that are evidence of something that has its end: what an open attempt prints is vouched for by nothing yet. */
export function evidence(files: RecordFiles): readonly string[] {
  return [...files.keys()].filter(
    (path) =>
      path.startsWith('runs/') &&
      !/^runs\/[^/]+\/(?:state|engine)\//.test(path) &&
      !path.endsWith('/log.torn') &&
      !(path.includes('/output/') && isOpen(files, path)),
  );
}

export function isOpen(files: RecordFiles, path: string): boolean {
  const name = path.split('/output/')[1] ?? '';
  return !text(files, logOf(runOf(path))).includes(`"path":"output/${name}"`);
}

export function runsIn(files: RecordFiles): readonly string[] {
  return [...new Set([...files.keys()].filter(isLog).map(runOf))];
}

export const isSealed = (files: RecordFiles, run: string): boolean =>
  linesIn(files, logOf(run)).at(-1)?.includes('"type":"run.sealed"') === true;

/** How many lines the write has that a run begins with. */
export const openingOf = ([first = '{}']: readonly string[]): number =>
  1 + (JSON.parse(first).bound?.length ?? 0);

export function withFile(files: RecordFiles, path: string, bytes: Buffer): RecordFiles {
  return new Map(files).set(path, bytes);
}

export function without(files: RecordFiles, gone: (path: string) => boolean): RecordFiles {
  return new Map([...files].filter(([path]) => !gone(path)));
}
