import { type Rule, toDiagnostic } from './rule.ts';

export const doubtful: Rule = {
  name: 'doubtful',
  summary: 'A block that may be a step and may be none.',
  why: 'Nearly as much speaks for the one as for the other. A person is asked; cron refuses it until `run` or `ignore` says which.',
  unattended: "The run is refused: what may be none would be run by nobody's yes.",
  refusedUnattended: true,
  examples: {
    finds: ['# T\n\nSome words.\n\n```\nrestart web\n```\n'],
    leaves: [
      '# T\n\nSome words.\n\n```bash\nrestart web\n```\n',
      '# T\n\n<!-- handrail: run -->\n```\nrestart web\n```\n',
    ],
  },
  find: ({ steps }) =>
    steps.flatMap(({ line, doubtful: doubt }) =>
      doubt === undefined
        ? []
        : [
            toDiagnostic('doubtful', {
              line,
              message: `Whether this is a step is doubtful: ${doubt.as}, but ${doubt.or}.`,
              hint: 'Write `<!-- handrail: run -->` or `<!-- handrail: ignore -->` above it.',
            }),
          ],
    ),
};
