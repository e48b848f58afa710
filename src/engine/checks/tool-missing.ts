import { isElsewhere } from '../model/place.ts';
import type { Runbook, Step } from '../model/runbook.ts';
import type { ShellCommand } from '../model/shell-facts.ts';
import { type Rule, toDiagnostic } from './rule.ts';

export const toolMissing: Rule = {
  name: 'tool-missing',
  summary: 'A command that is not on this machine.',
  why: 'The step would fail with exit code 127. Install it, or name it under `requires.commands` so that everybody sees it at once.',
  unattended: 'The run is refused: the step would fail with exit code 127.',
  refusedUnattended: true,
  examples: {
    finds: ['```bash\nfrobnicate --now\n```\n'],
    leaves: ['```bash\nfrobnicate() { :; }\nfrobnicate\n```\n', '```bash\nuptime\n```\n'],
  },
  find: (runbook, { hasCommand }) => {
    if (hasCommand === undefined) return [];
    const known = namesDefined(runbook);
    const seen = new Set<string>();
    // What runs on a host is looked for there, by whoever runs it.
    const [on] = runbook.frontmatter.hosts ?? [];
    const here = runbook.steps.filter(({ annotations }) => !isElsewhere(annotations, on));
    return here.flatMap((step) =>
      toolsOf(step)
        .filter(({ name }) => !known.has(name))
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

/** The programs that a step needs where it runs, whatever comes of it. */
export function toolsOf(step: Step): readonly Needed[] {
  const always = (step.shell?.commands ?? []).filter(({ conditional }) => !conditional);
  return [...always.flatMap(namesNeeded), ...readersOf(step)].filter(({ name }) =>
    isPlainName(name),
  );
}

/** The programs that a command needs here, `sudo` and those behind `env`, `nohup`, `timeout` among them. */
function namesNeeded({ name, needs = [name], line, sudo, doas }: ShellCommand): readonly Needed[] {
  const names = [...(sudo ? [doas === true ? 'doas' : 'sudo'] : []), ...needs];
  return names.map((each) => ({ name: each, line }));
}

/** The program that reads the step's text, where it says so. */
const readersOf = ({ annotations: { shell, interpreter } }: Step): readonly Needed[] =>
  [shell, interpreter].flatMap((said) => {
    const name = said?.trim().split(/\s+/)[0];
    return name === undefined ? [] : [{ name, line: -1 }];
  });

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
