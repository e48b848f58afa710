import { type Rule, toDiagnostic } from './rule.ts';

export const freeVariable: Rule = {
  name: 'free-variable',
  summary: 'A shell variable that nothing sets.',
  why: 'Unset it is empty, and `rm -rf $DIR/*` is `rm -rf /*`. Set it in an earlier step, name it under `requires.env`, or declare it as an input.',
  unattended: 'The run is refused where nothing gives the variable a value.',
  examples: {
    finds: ['```bash\nls "$NOWHERE_SET"\n```\n'],
    leaves: ['```bash\nDIR=/tmp\nls "$DIR"\n```\n'],
  },
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
