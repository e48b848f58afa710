import type { Rule } from './rule.ts';

export const splitCell: Rule = {
  name: 'split-cell',
  summary: 'A `|` inside inline code that splits a table row for other readers.',
  why: 'handrail puts the cell together again; GitHub shows a torn row. Write `\\|` inside the code.',
  unattended: 'The run goes on with the cell as its author meant it.',
  foundBy: 'reading',
  examples: {
    finds: [
      '| Check | Command | Healthy |\n| --- | --- | --- |\n| Disks | `df -h | wc -l` | < 90 |\n',
    ],
    leaves: [
      '| Check | Command | Healthy |\n| --- | --- | --- |\n| Disks | `df -h \\| wc -l` | < 90 |\n',
    ],
  },
};
