/** Where in a run a fault comes; the step is the second of three. */
export const FAULT_POINTS = [
  'holding the lock',
  'before the start record',
  'after the start record',
  'after spawn',
  'mid-output',
  'after exit, before its record',
  'after its record',
  'before the seal',
  'after the seal',
  'waiting',
] as const;
export type FaultPoint = (typeof FAULT_POINTS)[number];

/** Where only a kill is of interest: the chain of all runs is about to be told of the seal. */
export type SinglePoint = 'before the seal is entered';

/** What happens there. */
export const FAULT_KINDS = ['SIGKILL', 'SIGTERM', 'ENOSPC', 'EIO', 'torn write'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** What happens at one point alone: a file system that becomes read-only, a clock that is set back by an hour. */
export type SingleFaultKind = 'EROFS' | 'clock back';

/** What is known of the step that is struck. */
export const FAULT_EFFECTS = [
  'reads',
  'writes, with a probe',
  'writes, without one',
  'writes, on-unknown=repeat',
] as const;
export type FaultEffect = (typeof FAULT_EFFECTS)[number];

/** A fault as `disk.ts` reads it. */
export interface Fault {
  point?: FaultPoint | SinglePoint | undefined;
  readonly kind?: FaultKind | SingleFaultKind;
  /** The file in which the step leaves its mark. */
  readonly file?: string;
  /** Kills before this change of the disk, counted from 0. */
  readonly write?: number;
  /** That write is done by half. */
  readonly half?: boolean;
}
