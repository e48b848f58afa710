import type { Rule } from './rule.ts';

export const contradictedEffect: Rule = {
  name: 'contradicted-effect',
  summary:
    'A step that is said to read, and is sure to change something; or an alert starts it, and its program is known to.',
  why: 'The word is not believed: who asks first, and what starts by itself, goes by what the text does. Take `effect=reads` away.',
  unattended:
    'It runs as what it does: what destroys is refused until it is approved by name with `--approve`.',
  foundBy: 'reading',
  examples: {
    finds: [
      '```bash effect=reads\nrm -rf ./old\n```\n',
      '```bash effect=none\nsed -i s,old,new, app.conf\n```\n',
      '```sql effect=reads\nINSERT INTO jobs VALUES (1);\n```\n',
      '<!-- handrail: run effect=reads -->\n```http\nDELETE http://localhost/jobs/1\n```\n',
      '---\non-alert: all\n---\n\n```bash effect=reads\nkubectl apply -f pool.yaml\n```\n',
    ],
    leaves: [
      '```bash effect=writes\nrm -rf ./old\n```\n',
      '```bash effect=reads\n./look.sh\n```\n',
      '```bash effect=reads\n./delete-check.sh --dry-run\n```\n',
      '```sql effect=reads\nSELECT look_at(1);\n```\n',
      '```bash effect=reads\ndf -h > report.txt\n```\n',
      '```bash effect=reads\ncurl -X POST http://localhost/jobs/_search\n```\n',
    ],
  },
};
