import type { Rule } from './rule.ts';

export const unclosedFence: Rule = {
  name: 'unclosed-fence',
  summary: 'A fence that is never closed.',
  why: 'Everything behind it would be taken for commands, so the runbook is refused. Close the fence.',
  unattended: 'The run is refused, as it is with a person.',
  foundBy: 'reading',
  examples: {
    finds: ['```bash\ntrue\n\n## Next\n\n```bash\nfalse\n```\n'],
    leaves: ['```bash\ntrue\n```\n'],
  },
};
