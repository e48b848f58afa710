import { type Rule, toDiagnostic } from './rule.ts';

export const inferredStep: Rule = {
  name: 'inferred-step',
  summary: 'A fence without a language that is taken for commands.',
  why: 'That it is a step is only inferred. A person sees what is run; cron refuses it. Write ```` ```bash ````, or `infer: true` in the frontmatter.',
  unattended: 'The run is refused; with a person nothing is said of it.',
  refusedUnattended: true,
  examples: {
    finds: ['# T\n\n```\nsystemctl restart pool\n```\n'],
    leaves: [
      '# T\n\n```bash\nsystemctl restart pool\n```\n',
      '---\ninfer: true\n---\n# T\n\n```\nsystemctl restart pool\n```\n',
    ],
  },
  find: ({ steps }, _doors, unattended) =>
    (unattended ? steps.filter(({ inferred }) => inferred) : []).map(({ line }) =>
      toDiagnostic('inferred-step', {
        line,
        message: 'No language was given for this fence: that it is a step is only inferred.',
        hint: 'Write ```bash, or `infer: true` in the frontmatter.',
      }),
    ),
};
