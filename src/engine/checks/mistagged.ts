import type { Rule } from './rule.ts';

export const mistagged: Rule = {
  name: 'mistagged',
  summary: 'A fence whose text is not what its language says.',
  why: 'SQL, configuration or prose under `bash` is judged by what it is and not run as bash. Give the fence its own language.',
  unattended: 'It is run as what it is, or not at all.',
  foundBy: 'reading',
  examples: {
    finds: ['```bash\nSELECT count(*) FROM jobs;\n```\n'],
    leaves: ['```sql\nSELECT count(*) FROM jobs;\n```\n', '```bash\nuptime\n```\n'],
  },
};
