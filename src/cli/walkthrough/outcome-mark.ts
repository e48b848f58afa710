import type { Marks } from '../screen/marks.ts';

/** The sign of an outcome, one column wide. */
export function outcomeMark(outcome: string | undefined, marks: Marks): string {
  switch (outcome) {
    case undefined:
      return marks.open;
    case 'passed':
    case 'confirmed':
      return marks.done;
    case 'skipped':
    case 'not-applicable':
      return marks.skipped;
    case 'unknown':
      return marks.unknown;
    default:
      return marks.bad;
  }
}
