import type { Rule } from './rule.ts';

export const sameMinute: Rule = {
  name: 'same-minute',
  summary: 'Two entries of a schedule that are due together while the lock lets only one run.',
  why: 'With `policy: skip` or `fail` the one that comes second does not run, every time. Without a policy scheduled runs of one runbook wait for each other.',
  unattended: 'One of the two does not run, every time.',
  foundBy: 'reading',
  examples: {
    finds: [
      '---\nlock: { policy: skip }\nschedule:\n  - cron: "0 3 * * *"\n    procedure: one\n  - cron: "0 3 * * *"\n    procedure: two\n---\n# T\n\n## One\n\n```bash\ntrue\n```\n\n## Two\n\n```bash\ntrue\n```\n',
    ],
    leaves: [
      '---\nlock: { policy: wait }\nschedule:\n  - cron: "0 3 * * *"\n    procedure: one\n  - cron: "0 3 * * *"\n    procedure: two\n---\n# T\n\n## One\n\n```bash\ntrue\n```\n\n## Two\n\n```bash\ntrue\n```\n',
    ],
  },
};
