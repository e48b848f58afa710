import { writtenSecrets } from '../literal-secrets.ts';
import { stepRule } from './rule.ts';

export const literalSecret = stepRule({
  name: 'literal-secret',
  summary: 'Something that looks like a secret, written into a step.',
  why: 'The runbook and every copy of it hold the secret. Declare an input with `secret: true` and an environment variable.',
  unattended: 'It is masked in output and record, and stays known to all who have the runbook.',
  examples: {
    finds: ['```bash\npsql postgres://app:tr0ub4dor@db/app -c "select 1"\n```\n'],
    leaves: ['```bash\npsql postgres://app:$PW@db/app\n```\n'],
  },
  of: (step) =>
    writtenSecrets(step)
      .filter(({ onlyGiven }) => onlyGiven !== true)
      .map(({ line, what }) => ({
        line: step.textLine + line,
        message: `This line seems to hold ${what}.`,
        hint: 'Declare an input with `secret: true` and use `{{name}}`; change the secret, which is known now.',
      })),
});
