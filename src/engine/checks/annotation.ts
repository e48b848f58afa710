import type { Rule } from './rule.ts';

export const wrongAnnotation: Rule = {
  name: 'annotation',
  summary: 'An annotation whose value cannot be read.',
  why: 'It has no effect until it is written as its kind asks, such as `timeout=30s`.',
  unattended: 'The run is refused where the value matters, as it is with a person.',
  foundBy: 'reading',
  examples: {
    finds: [
      '```bash timeout=soon\nuptime\n```\n',
      '<!-- handrail: allow=no-such-rule -->\n```bash\nuptime\n```\n',
    ],
    leaves: ['```bash timeout=30s\nuptime\n```\n'],
  },
};
