import type { Rule } from './rule.ts';

export const runsNothing: Rule = {
  name: 'runs-nothing',
  summary: 'A fence that only defines functions.',
  why: 'It would pass having done nothing. Call the function in the same fence, or leave it as a reference.',
  unattended: 'It is left out, as it is with a person.',
  foundBy: 'reading',
  examples: {
    finds: ['```bash\ngreet() {\n  echo hello\n}\n```\n'],
    leaves: ['```bash\ngreet() {\n  echo hello\n}\ngreet\n```\n'],
  },
};
