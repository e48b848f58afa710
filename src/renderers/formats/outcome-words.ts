import type { RunOutcome, StepOutcome } from '../../engine/model/outcome.ts';

/** Outcomes in words, as they begin a sentence. */
export const OUTCOME_WORDS: Readonly<Record<StepOutcome | RunOutcome, string>> = {
  passed: 'Passed',
  failed: 'Failed',
  'timed-out': 'Timed out',
  cancelled: 'Cancelled',
  confirmed: 'Confirmed',
  declined: 'Declined',
  'not-applicable': 'Not applicable',
  skipped: 'Skipped',
  unknown: 'Unknown',
  refused: 'Refused',
  waiting: 'Waiting',
  interrupted: 'Interrupted',
  running: 'Running',
};

/** A planned step that the run did not come to. */
export const NOT_REACHED = 'Not reached';

/** `1,234,567`, the same on every machine. */
export function figure(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3}){1,8}$)/g, ',');
}

/** `1 byte`, `2 bytes`, `1,234 bytes`. */
export function counted(value: number, word: string): string {
  return `${figure(value)} ${word}${value === 1 ? '' : 's'}`;
}
