import type { Rule } from './rule.ts';

export const wrongFrontmatter: Rule = {
  name: 'frontmatter',
  summary: 'A field of the frontmatter that is wrong.',
  why: 'The runbook is refused, so that a mistyped `timeout` or `readonly` cannot be passed over.',
  unattended: 'The run is refused, as it is with a person.',
  foundBy: 'reading',
  examples: {
    finds: ['---\ntimeout: soon\n---\n# T\n\n```bash\nuptime\n```\n'],
    leaves: ['---\ntimeout: 30s\n---\n# T\n\n```bash\nuptime\n```\n'],
  },
};
