import type { Rule } from './rule.ts';

export const wideTable: Rule = {
  name: 'wide-table',
  summary: 'A table with more columns than anybody reads.',
  why: 'It is read as text, so that its rows are no steps. Keep it in a file of its own.',
  unattended: 'The run goes on without its rows, as it does with a person.',
  foundBy: 'reading',
  examples: {
    finds: [`|${'a|'.repeat(401)}\n|${'-|'.repeat(401)}\n`],
    leaves: [`|${'a|'.repeat(4)}\n|${'-|'.repeat(4)}\n`],
  },
};
