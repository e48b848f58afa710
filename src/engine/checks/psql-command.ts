import type { Rule } from './rule.ts';

export const psqlCommand: Rule = {
  name: 'psql-command',
  summary: 'A command of psql among the statements of a fence.',
  why: 'Statements go to the server over a connection, which knows none of them: the step cannot run. Write it as a query, or run psql in a shell fence.',
  unattended: 'The run is refused before its first step.',
  refusedUnattended: true,
  foundBy: 'reading',
  examples: {
    finds: ['```sql\nSELECT 1;\n\\dt\n```\n'],
    leaves: ['```bash\npsql -c "\\dt"\n```\n', "```sql\nSELECT 'a\\d';\n```\n"],
  },
};
