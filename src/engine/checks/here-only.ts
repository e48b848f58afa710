import { isElsewhere } from '../model/place.ts';
import { type Rule, toDiagnostic } from './rule.ts';

export const hereOnly: Rule = {
  name: 'here-only',
  summary: 'An SQL or HTTP step that is sent to another host.',
  why: 'Such steps run on this machine only, and sent through several hosts they would be done here once for each: the run is refused. Take the host off, or write the step as a shell command (`psql`, `curl`).',
  unattended: 'The run is refused, as it is with a person.',
  examples: {
    finds: ['```sql host=db1\nselect 1;\n```\n'],
    leaves: ['```sql\nselect 1;\n```\n', '```bash host=db1\nuptime\n```\n'],
  },
  find: ({ steps, frontmatter: { hosts } }) =>
    steps
      .filter(
        ({ traits, annotations }) => traits.reachesOut && isElsewhere(annotations, hosts?.[0]),
      )
      .map(({ id, line }) =>
        toDiagnostic('here-only', {
          severity: 'error',
          line,
          message: `Step \`${id}\` is sent to another host, and runs on this machine only.`,
          hint: 'Take the host off, or write it as a shell command (`psql`, `curl`).',
        }),
      ),
};
