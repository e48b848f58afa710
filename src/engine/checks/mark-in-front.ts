import { markInFront } from '../expect/line-pattern.ts';
import type { TranscriptEntry } from '../model/block.ts';
import type { Step } from '../model/runbook.ts';
import { type Rule, toDiagnostic } from './rule.ts';

export const misplacedMark: Rule = {
  name: 'mark-in-front',
  summary: 'A mark such as `(re)` in front of an expected line.',
  why: 'The mark stands behind its line; in front of it, it is text that has to come, and the step fails. Write `up [0-9]+ days (re)`.',
  unattended: 'The step fails whatever it prints.',
  examples: {
    finds: [
      '```bash\nuptime\n```\n\nExpected output:\n\n```\n(re) up \\d+ days\n```\n',
      '```console\n$ uptime\n(glob) up * days\n```\n',
    ],
    leaves: ['```bash\nuptime\n```\n\nExpected output:\n\n```\nup \\d+ days (re)\n```\n'],
  },
  find: ({ steps }) =>
    steps.flatMap((step) =>
      expectedLines(step).flatMap(({ text, line }) => {
        const found = markInFront(text);
        if (found === null) return [];
        return toDiagnostic('mark-in-front', {
          line,
          message: `\`${found.mark}\` in front of an expected line is text that has to come: it belongs behind the line.`,
          hint: `Write \`${found.meant}\`.`,
          word: found.mark,
        });
      }),
    ),
};

interface ExpectedLine {
  readonly text: string;
  /** Its line in the file. */
  readonly line: number;
}

/** What the lines below a step, or below its commands, have to be. */
function expectedLines({ expectation, body, textLine }: Step): readonly ExpectedLine[] {
  const below =
    expectation === null || expectation.regex !== undefined
      ? []
      : linesFrom(expectation.text, expectation.line + 1);
  const shown = transcriptOf(body).flatMap(({ line, command, output }) =>
    linesFrom(output, textLine + line + command.split('\n').length),
  );
  return [...below, ...shown];
}

const linesFrom = (text: string, first: number): readonly ExpectedLine[] =>
  text.split('\n').map((line, at) => ({ text: line, line: first + at }));

function transcriptOf(body: unknown): readonly TranscriptEntry[] {
  if (typeof body !== 'object' || body === null || !('transcript' in body)) return [];
  return Array.isArray(body.transcript) ? body.transcript : [];
}
