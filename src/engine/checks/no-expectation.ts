import { type Rule, toDiagnostic } from './rule.ts';

const MACHINE_TYPES = new Set(['shell', 'sql', 'http', 'threshold']);

export const noExpectation: Rule = {
  name: 'no-expectation',
  summary: 'How many steps say what their output must be.',
  why: 'A step without an expectation passes with exit code 0 whatever it printed. Put the expected output in a fence behind it.',
  unattended: 'Every exit code 0 passes, whatever was printed.',
  examples: {
    finds: ['```bash\nuptime\n```\n'],
    leaves: ['```console\n$ hostname\nweb-1\n```\n'],
  },
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
