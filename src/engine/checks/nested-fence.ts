import type { Rule } from './rule.ts';

export const nestedFence: Rule = {
  name: 'nested-fence',
  summary: 'A fence inside a markdown fence that ends it early for other readers.',
  why: 'handrail reads it as its author meant it; others show half of it as text. Use four backticks for the outer fence.',
  unattended: 'The run goes on: nothing is read otherwise than with a person.',
  foundBy: 'reading',
  examples: {
    finds: ['```markdown\n# Inner\n\n```bash\ntrue\n```\n\nMore.\n```\n'],
    leaves: ['````markdown\n# Inner\n\n```bash\ntrue\n```\n````\n'],
  },
};
