import type { Runbook } from '../model/runbook.ts';
import { type Rule, toDiagnostic } from './rule.ts';

export const emptyRunbook: Rule = {
  name: 'nothing-to-run',
  summary: 'A runbook without a single step.',
  why: 'Nothing in it was taken for a step. `handrail show` says what each block was taken for and why.',
  unattended: 'There is nothing to run, and the run says so.',
  examples: {
    finds: ['# T\n\nSome prose.\n'],
    leaves: ['```bash\nuptime\n```\n'],
  },
  find: (runbook: Runbook) =>
    runbook.steps.length > 0
      ? []
      : [
          toDiagnostic('nothing-to-run', {
            severity: 'info',
            line: 1,
            message: 'Nothing in this file is a step.',
            hint: 'Give commands a fence with a language, and things to do a checklist.',
          }),
        ],
};
