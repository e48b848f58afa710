import { writtenSecrets } from '../literal-secrets.ts';
import type { InputUse, Runbook, Step } from '../model/runbook.ts';
import type { ShellCommand } from '../model/shell-facts.ts';
import { type Rule, stepRule, toDiagnostic } from './rule.ts';

const unbound = ({ bound, declared, spelling }: InputUse): boolean =>
  bound === null && (declared || !spelling.startsWith('$'));

export const unboundInput: Rule = {
  name: 'unbound-input',
  summary: 'A value that the runbook needs and nothing gives.',
  why: 'A person is asked for it; unattended the run is refused before its first step. Declare it with a default, an environment variable or a command, or give it with `--input`.',
  find: ({ inputs }) =>
    inputs.filter(unbound).map(({ name, spelling, lines, declared, secret }) =>
      toDiagnostic('unbound-input', {
        severity: declared ? 'info' : 'warning',
        line: lines[0] ?? 1,
        message: `\`${spelling}\` needs a value${lines.length > 1 ? ` (lines ${lines.join(', ')})` : ''}.`,
        hint: `Give it with \`${secret ? `--inputs FILE\` (a secret on the command line can be seen in \`ps` : `--input ${name}=…`}\`${secret ? ')' : ''}${declared ? '' : `, or declare \`${name}\` under \`inputs\` in the frontmatter`}.`,
      }),
    ),
};

export const freeVariable: Rule = {
  name: 'free-variable',
  summary: 'A shell variable that nothing sets.',
  why: 'Unset it is empty, and `rm -rf $DIR/*` is `rm -rf /*`. Set it in an earlier step, name it under `requires.env`, or declare it as an input.',
  find: ({ inputs }) =>
    inputs
      .filter(
        ({ bound, declared, spelling }) => bound === null && !declared && spelling.startsWith('$'),
      )
      .map(({ name, lines }) =>
        toDiagnostic('free-variable', {
          line: lines[0] ?? 1,
          message: `Nothing in this runbook sets \`$${name}\`.`,
          hint: `Set it in a step before, or name it under \`requires: { env: [${name}] }\` in the frontmatter.`,
        }),
      ),
};

export const literalSecret = stepRule({
  name: 'literal-secret',
  summary: 'Something that looks like a secret, written into a step.',
  why: 'The runbook and every copy of it hold the secret. Declare an input with `secret: true` and an environment variable.',
  of: (step) =>
    writtenSecrets(step).map(({ line, what }) => ({
      line: step.textLine + line,
      message: `This line seems to hold ${what}.`,
      hint: 'Declare an input with `secret: true` and use `{{name}}`; change the secret, which is known now.',
    })),
});

export const toolMissing: Rule = {
  name: 'tool-missing',
  summary: 'A command that is not on this machine.',
  why: 'The step would fail with exit code 127. Install it, or name it under `requires.commands` so that everybody sees it at once.',
  find: (runbook, { hasCommand }) => {
    if (hasCommand === undefined) return [];
    const known = namesDefined(runbook);
    const seen = new Set<string>();
    return runbook.steps.flatMap((step) =>
      (step.shell?.commands ?? [])
        .filter(({ conditional }) => !conditional)
        .flatMap(namesNeeded)
        .filter(({ name }) => isPlainName(name) && !known.has(name))
        .filter(({ name }) => !seen.has(name) && seen.add(name) && !hasCommand(name))
        .map(({ name, line }) =>
          toDiagnostic('tool-missing', {
            severity: 'info',
            line: step.textLine + line,
            message: `\`${name}\` is not on the PATH of this machine.`,
            hint: `Install \`${name}\`, or run the runbook where it is.`,
          }),
        ),
    );
  },
};

/** The programs that a command needs here, `sudo` and those behind `env`, `nohup`, `timeout` among them. */
function namesNeeded({ name, needs = [name], line, sudo, doas }: ShellCommand): readonly Needed[] {
  const names = [...(sudo ? [doas === true ? 'doas' : 'sudo'] : []), ...needs];
  return names.map((each) => ({ name: each, line }));
}

interface Needed {
  readonly name: string;
  readonly line: number;
}

const isPlainName = (name: string): boolean => /^[A-Za-z_][A-Za-z0-9_.+-]*$/.test(name);

/** Functions and aliases that steps define, and what they visibly install, are not missing. */
function namesDefined({ steps }: Runbook): ReadonlySet<string> {
  return new Set(steps.flatMap((step) => [...(step.shell?.functions ?? []), ...aliasesOf(step)]));
}

function aliasesOf({ shell }: Step): readonly string[] {
  return (shell?.commands ?? [])
    .filter(({ name }) => name === 'alias')
    .flatMap(({ args }) => args.map((arg) => arg.slice(0, Math.max(0, arg.indexOf('=')))));
}
