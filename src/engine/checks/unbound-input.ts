import type { InputUse } from '../model/runbook.ts';
import { isSlip } from './near-input.ts';
import { type Rule, toDiagnostic } from './rule.ts';

const unbound = ({ bound, declared, spelling }: InputUse): boolean =>
  bound === null && (declared || !spelling.startsWith('$'));

export const unboundInput: Rule = {
  name: 'unbound-input',
  summary: 'A value that the runbook needs and nothing gives.',
  why: 'A person is asked for it; unattended the run is refused before its first step. Declare it with a default, an environment variable or a command, or give it with `--input`.',
  unattended: 'The run is refused before its first step until the value is given.',
  examples: {
    finds: [
      '---\ninputs:\n  version: {}\n---\n' + '# T\n\n```bash\ndeploy {{version}}\n```\n',
      '```bash\ndeploy --version {VERSION}\n```\n',
    ],
    leaves: [
      '---\ninputs:\n  version: { default: "1.0" }\n---\n' +
        '# T\n\n```bash\ndeploy {{version}}\n```\n',
    ],
  },
  find: (runbook) => {
    const slips = isSlip(runbook);
    const wanted = runbook.inputs.filter((input) => unbound(input) && !slips(input));
    return wanted.map(({ name, spelling, lines, declared, secret }) =>
      toDiagnostic('unbound-input', {
        severity: declared ? 'info' : 'warning',
        line: lines[0] ?? 1,
        message: `\`${spelling}\` needs a value${lines.length > 1 ? ` (lines ${lines.join(', ')})` : ''}.`,
        hint: `Give it with \`${secret ? `--inputs FILE\` (a secret on the command line can be seen in \`ps` : `--input ${name}=…`}\`${secret ? ')' : ''}${declared ? '' : `, or declare \`${name}\` under \`inputs\` in the frontmatter`}.`,
      }),
    );
  },
};
