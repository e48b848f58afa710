import type { Rule } from './rule.ts';

export const leftOut: Rule = {
  name: 'left-out',
  summary: 'A block that stands where steps are and was made none.',
  why: 'Nothing is lost in silence: what stands among steps and does not read as one is named with its reason.',
  unattended: 'The run goes on without it, as it does with a person.',
  foundBy: 'reading',
  examples: {
    finds: ['# T\n\n```bash\nuptime\n```\n\n- [The other one](other.md)\n'],
    leaves: ['# T\n\n```bash\nuptime\n```\n\n1. [The other one](other.md)\n'],
  },
};
