import { type Rule, toDiagnostic } from './rule.ts';

export const brokenLink: Rule = {
  name: 'broken-link',
  summary: 'A link to a runbook or procedure that is not there.',
  why: 'At 3am the next page is missing. Correct the path or the heading it points to.',
  unattended: 'The run is refused where the link is a step; a reference is passed over.',
  examples: {
    finds: ['# T\n\n1. [The other one](gone.md)\n'],
    leaves: ['# T\n\n1. [The other one](there.md)\n'],
  },
  find: (runbook, { exists, hasProcedure }) =>
    runbook.steps.flatMap((step) => {
      const { link } = step.traits;
      if (link === undefined) return [];
      const { path, procedure } = link;
      if (path !== '' && exists?.(path) === false)
        return [
          toDiagnostic('broken-link', {
            line: step.line,
            message: `The link to \`${path}\` leads nowhere.`,
            hint: 'Correct the path; it is relative to this file.',
            word: path,
          }),
        ];
      if (procedure === '' || hasProcedure?.(path, procedure) !== false) return [];
      return [
        toDiagnostic('broken-link', {
          line: step.line,
          message: `The link to \`${path}#${procedure}\` leads to no procedure: there is no heading of that name.`,
          hint: `\`handrail show ${path === '' ? runbook.path : path}\` lists the procedures there.`,
          word: `#${procedure}`,
        }),
      ];
    }),
};
