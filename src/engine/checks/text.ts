import type { Runbook } from '../model/runbook.ts';
import { type Rule, toDiagnostic } from './rule.ts';

const MACHINE_TYPES = new Set(['shell', 'sql', 'http', 'threshold']);

export const noExpectation: Rule = {
  name: 'no-expectation',
  summary: 'How many steps say what their output must be.',
  why: 'A step without an expectation passes with exit code 0 whatever it printed. Put the expected output in a fence behind it.',
  find: ({ steps }) => {
    const commands = steps.filter(({ type }) => MACHINE_TYPES.has(type));
    const asserted = commands.filter(
      (step) => step.expectation !== null || step.type === 'threshold' || isTranscript(step.body),
    );
    const [first] = commands;
    if (first === undefined || asserted.length === commands.length) return [];
    return [
      toDiagnostic('no-expectation', {
        severity: 'info',
        line: first.line,
        message: `${commands.length} ${commands.length === 1 ? 'command' : 'commands'}, ${asserted.length} asserted: the others pass whatever they print.`,
        hint: 'Put the expected output in a fence behind the step, under "Expected output:".',
      }),
    ];
  },
};

/** A transcript asserts its own outputs; its body lists its commands. */
function isTranscript(body: unknown): boolean {
  if (typeof body !== 'object' || body === null || !('transcript' in body)) return false;
  return Array.isArray(body.transcript) && body.transcript.length > 0;
}

export const brokenLink: Rule = {
  name: 'broken-link',
  summary: 'A link to a runbook or procedure that is not there.',
  why: 'At 3am the next page is missing. Correct the path or the heading it points to.',
  find: (runbook, { exists, hasProcedure }) =>
    runbook.steps.flatMap((step) => {
      const link = linkOf(step.body);
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

function linkOf(body: unknown): { readonly path: string; readonly procedure: string } | undefined {
  if (typeof body !== 'object' || body === null || !('path' in body)) return undefined;
  const procedure = 'procedure' in body && typeof body.procedure === 'string' ? body.procedure : '';
  if (typeof body.path !== 'string' || (body.path === '' && procedure === '')) return undefined;
  return { path: body.path, procedure };
}

export const emptyRunbook: Rule = {
  name: 'nothing-to-run',
  summary: 'A runbook without a single step.',
  why: 'Nothing in it was taken for a step. `handrail show` says what each block was taken for and why.',
  find: (runbook: Runbook) =>
    runbook.steps.length > 0
      ? []
      : [
          toDiagnostic('nothing-to-run', {
            severity: 'info',
            line: 1,
            message: 'Nothing in this file is a step.',
            hint: 'Give commands a fence with a language, and things to do a checklist.',
          }),
        ],
};
