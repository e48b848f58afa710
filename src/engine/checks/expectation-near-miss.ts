import type { Rule } from './rule.ts';

export const expectationNearMiss: Rule = {
  name: 'expectation-near-miss',
  summary: 'A comment that nearly states an expectation.',
  why: '`expected_results=` asserts nothing. Write `expected_similarity=` or put the output in a fence.',
  unattended: 'The step passes whatever it prints.',
  foundBy: 'reading',
  examples: {
    finds: ['```bash\nuptime\n```\n\n<!-- expected_results=0.8 -->\n\n```\nup\n```\n'],
    leaves: ['```bash\nuptime\n```\n\n<!-- expected_similarity=0.8 -->\n\n```\nup\n```\n'],
  },
};
