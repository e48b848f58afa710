import type { Rule } from './rule.ts';

export const splitCell: Rule = {
  name: 'split-cell',
  summary:
    'A `|` that splits a table row: inside inline code, or into more cells than the table has columns.',
  why: 'handrail puts inline code together again; GitHub shows a torn row. Cells beyond the columns are shown and run by nobody. Write `\\|` where it is part of a cell.',
  unattended: 'The run goes on with the cell as its author meant it.',
  foundBy: 'reading',
  examples: {
    finds: [
      '| Check | Command | Healthy |\n| --- | --- | --- |\n| Disks | `df -h | wc -l` | < 90 |\n',
      '| Check | Command | Healthy |\n| --- | --- | --- |\n| Disks | `df -h \\| wc -l` | < 90 |\n| Users | who | wc -l | < 9 |\n',
    ],
    leaves: [
      '| Check | Command | Healthy |\n| --- | --- | --- |\n| Disks | `df -h \\| wc -l` | < 90 |\n',
    ],
  },
};
