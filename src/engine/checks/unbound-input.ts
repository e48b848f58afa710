import type { Diagnostic } from '../model/diagnostic.ts';
import type { InputUse, Runbook } from '../model/runbook.ts';
import { isSlip } from './near-input.ts';
import { type CheckDoors, type Rule, toDiagnostic } from './rule.ts';

/** A value that nothing gives; that of a shell variable may stand in the environment. */
export const isWanted = ({ bound, declared, spelling }: InputUse): boolean =>
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
      '# T\n\n1. [The other one](there.md)\n',
    ],
    leaves: [
      '---\ninputs:\n  version: { default: "1.0" }\n---\n' +
        '# T\n\n```bash\ndeploy {{version}}\n```\n',
      '# T\n\n<!-- handrail: with.host=db1 -->\n1. [The other one](there.md)\n',
    ],
  },
  find: (runbook, { linkedInputs }) => {
    const slips = isSlip(runbook);
    const wanted = runbook.inputs.filter((input) => isWanted(input) && !slips(input));
    const own = wanted.map(({ name, spelling, lines, declared, secret }) => {
      const below = runbook.steps.find(({ annotations }) => annotations.capture === name);
      if (below !== undefined)
        return toDiagnostic('unbound-input', {
          severity: 'warning',
          line: lines[0] ?? 1,
          message: `\`${spelling}\` has no value here yet: step \`${below.id}\` captures it, further down on line ${below.line}.`,
          hint: `Move that step up, or give a value to begin with: \`--input ${name}=…\`.`,
        });
      return toDiagnostic('unbound-input', {
        severity: declared ? 'info' : 'warning',
        line: lines[0] ?? 1,
        message: `\`${spelling}\` needs a value${lines.length > 1 ? ` (lines ${lines.join(', ')})` : ''}.`,
        hint: `Give it with \`${secret ? `--inputs FILE\` (a secret on the command line can be seen in \`ps` : `--input ${name}=…`}\`${secret ? ')' : ''}${declared ? '' : `, or declare \`${name}\` under \`inputs\` in the frontmatter`}.`,
      });
    });
    return [...own, ...wantedThere(runbook, linkedInputs)];
  },
};

/** What pages that are linked to ask for, and neither the link nor this page gives. */
function wantedThere(
  { steps, inputs, frontmatter }: Runbook,
  linkedInputs: CheckDoors['linkedInputs'],
): readonly Diagnostic[] {
  const known = new Set([
    ...inputs.map(({ name }) => name),
    ...Object.keys(frontmatter.inputs ?? {}),
    ...steps.flatMap(({ annotations: { capture } }) => capture ?? []),
  ]);
  return steps.flatMap(({ line, traits: { link }, annotations, given }) => {
    if (link === undefined || link.path === '') return [];
    const wanted = linkedInputs?.(link.path, link.procedure)?.wanted ?? [];
    const told = new Set([...known, ...Object.keys({ ...given, ...annotations.with })]);
    return wanted
      .filter(({ name }) => !told.has(name))
      .map(({ name, spelling, declared }) =>
        toDiagnostic('unbound-input', {
          severity: declared ? 'info' : 'warning',
          line,
          message: `\`${link.path}\` needs a value for \`${spelling}\`.`,
          hint: `Say it with the link, \`with.${name}=…\`, or give it with \`--input ${name}=…\`.`,
        }),
      );
  });
}
