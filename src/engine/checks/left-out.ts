import type { Rule } from './rule.ts';

export const leftOut: Rule = {
  name: 'left-out',
  summary: 'A block or a counted heading that stands where steps are and was made none.',
  why: 'Nothing is lost in silence: what stands among steps and does not read as one is named with its reason.',
  unattended: 'The run goes on without it, as it does with a person.',
  foundBy: 'reading',
  examples: {
    finds: [
      '# T\n\n```bash\nuptime\n```\n\n- [The other one](other.md)\n',
      '# T\n\n```bash\nuptime\n```\n\n--8<-- "snippets/drain.md"\n',
      '# T\n\n## 1. Look\n\n```bash\nuptime\n```\n\n## 2. Move\n\nPoint the clients at the other host.\n',
    ],
    leaves: ['# T\n\n```bash\nuptime\n```\n\n1. [The other one](other.md)\n'],
  },
};
