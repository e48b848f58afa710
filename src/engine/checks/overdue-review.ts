import { type Rule, toDiagnostic } from './rule.ts';

export const overdueReview: Rule = {
  name: 'overdue-review',
  summary: 'A runbook whose review is overdue.',
  why: 'What it says may no longer be so. Read it against the system, correct it, and set the next date (`review: { by: … }`).',
  unattended: 'The run goes on; notices and `check` are where it is seen.',
  examples: {
    finds: ['---\nreview: { by: 2026-06-01 }\n---\n# T\n'],
    leaves: [
      '---\nreview: { by: 2027-06-01 }\n---\n# T\n',
      '---\nreview: { by: 2020-13-01 }\n---\n# T\n',
    ],
  },
  find: ({ frontmatter: { review } }, doors) => {
    // What day it is is asked of no page without a review: its findings are then the same on every day.
    if (review?.by === undefined || doors.today === undefined || review.by >= doors.today)
      return [];
    const owner = review.owner === undefined ? '' : ` by ${review.owner}`;
    return [
      toDiagnostic('overdue-review', {
        line: 1,
        message: `The review of this runbook${owner} was due on ${review.by}.`,
        hint: 'Read it against the system, then set the next date under `review`.',
      }),
    ];
  },
};
