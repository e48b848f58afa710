import type { Rule } from './rule.ts';

export const unreadLimit: Rule = {
  name: 'unread-limit',
  summary: 'A limit of a check that cannot be read.',
  why: 'Nothing can be compared with it, and the check fails. Write `> 80%`, `70-85`, `outside 10-20`, `10 or less`, or one word such as `down`.',
  unattended: 'The check fails, as it does with a person.',
  foundBy: 'reading',
  examples: {
    finds: ['| Check | Command | Alert |\n| --- | --- | --- |\n| Load | `uptime` | > lots |\n'],
    leaves: ['| Check | Command | Alert |\n| --- | --- | --- |\n| Load | `uptime` | > 80% |\n'],
  },
};
