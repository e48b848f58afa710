import { sha256Of } from '../../text/sha256.ts';
import type { Filed } from './judge.ts';

/** How a request stands, as people are told. */
export const QUEUE_STATES = [
  'waiting',
  'queued',
  'running',
  'unknown',
  'passed',
  'failed',
  'expired',
  'refused',
  'cancelled',
] as const;
export type QueueState = (typeof QUEUE_STATES)[number];

/** A due time of a schedule, known by the id of its run. */
export interface Due {
  readonly run: string;
  readonly runbook: string;
  /** `''`: the whole runbook. */
  readonly procedure: string;
  readonly due: Date;
}

/** Where a host finds what it is asked to do: the team's record, or a folder of signed files. */
export interface RequestSource {
  /** For messages. */
  readonly where: string;
  /** Calls back from now on when something may have come; where nothing can say so, whoever asks has to look again. */
  hear(onRing: () => void): void;
  /** Requests to this host that were never claimed, oldest first. */
  open(): Promise<readonly Filed[]>;
  /** One request as it lies there now; `undefined`: there is none. */
  read(id: string): Promise<Filed | undefined>;
  /** Requests that this worker claimed. */
  claimed(): Promise<readonly string[]>;
  /** Takes a request for good, as it was read: true once, ever, for whoever asks first. */
  claim(id: string, document: string): Promise<boolean>;
  /**
   * By what id a request that nobody known has signed is taken and recorded: who may put files somewhere can use any id for one, and
   * that of a real request is not used up by it. Absent: its own, which nobody else can have there.
   */
  idOfStranger?(filed: Filed): string;
  /** Takes a due time of a schedule for good: true once, ever, for whoever asks first. */
  claimDue(due: Due): Promise<boolean>;
  /** Due times that this worker took lately, for what a worker that was lost left in the middle. */
  claimedDue(): Promise<readonly Pick<Due, 'run' | 'due'>[]>;
  /** Tells people how a request stands. */
  say(id: string, state: QueueState, why: string): Promise<void>;
  /** Tells people that this host looks after its requests. */
  present(busy: number): Promise<void>;
  close(): Promise<void>;
}

/** An id that only these bytes and this signature have, of the time of the id under which they came. */
export function idOfBytes({
  id,
  document,
  signature,
}: Omit<Filed, 'approvals' | 'cancels'>): string {
  const digits = sha256Of(JSON.stringify([document, signature]));
  return `${id.slice(0, 15)}${digits.slice(0, 3)}-8${digits.slice(3, 6)}-${digits.slice(6, 18)}`;
}
