import { stepRule } from './rule.ts';

export const positionalParameter = stepRule({
  name: 'free-parameter',
  summary: 'A script that wants arguments nobody gives.',
  why: '`$1` is empty when a fence is run. Declare an input and use `{{name}}`.',
  unattended: 'The step runs with an empty value in its place.',
  examples: {
    finds: ['```bash\necho "$1"\n```\n'],
    leaves: [
      '```bash\ngreet() { echo "$1"; }\ngreet you\n```\n',
      '```bash\necho "${1:-none}"\n```\n',
    ],
  },
  of: (step) => {
    const use = step.shell?.uses.find(({ name, defaulted }) => /^[1-9]$/.test(name) && !defaulted);
    if (use === undefined) return [];
    return [
      {
        line: step.textLine + use.line,
        message: `\`$${use.name}\` is empty: a fence gets no arguments.`,
        hint: 'Declare an input in the frontmatter and use `{{name}}` instead.',
      },
    ];
  },
});
