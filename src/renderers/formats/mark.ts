import type { RunOutcome, StepOutcome } from '../../engine/model/outcome.ts';

/** How good an outcome is; it is always said in words too. */
export type Mark = 'good' | 'bad' | 'caution';

/** The mark of an outcome; `null` is a step that was not reached. */
export function markOf(outcome: StepOutcome | RunOutcome | null): Mark {
  switch (outcome) {
    case 'passed':
    case 'confirmed':
      return 'good';
    case 'failed':
    case 'timed-out':
    case 'declined':
    case 'refused':
      return 'bad';
    default:
      return 'caution';
  }
}
