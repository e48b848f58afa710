import type { Rule } from './rule.ts';

export const unknownAnnotation: Rule = {
  name: 'unknown-annotation',
  summary: 'An annotation that handrail does not know.',
  why: 'A mistyped `timeout` is no timeout. The nearest name is suggested.',
  unattended: 'The run goes on without what the annotation was to say.',
  foundBy: 'reading',
  examples: {
    finds: ['```bash timout=30s\nuptime\n```\n'],
    leaves: ['```bash timeout=30s\nuptime\n```\n'],
  },
};
