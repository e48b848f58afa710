import type { Rule } from './rule.ts';

export const changedId: Rule = {
  name: 'changed-id',
  summary: 'A step whose id is another one than at the commit of `--changed-since`.',
  why: 'Its history, its tests and what is started with `--from` go by the old id. Give it the old one as its `name`.',
  unattended: 'A crontab line with `--from`, `--step` or `--approve` no longer finds the step.',
  foundBy: 'git',
  examples: { finds: [], leaves: [] },
};
