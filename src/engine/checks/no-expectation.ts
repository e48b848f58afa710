import { type Rule, toDiagnostic } from './rule.ts';

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
    const commands = steps.filter(({ traits }) => traits.isRun);
    const silent = commands.filter(
      ({ expectation, traits }) => expectation === null && traits.asserts !== true,
    );
    const [first] = silent;
    if (first === undefined) return [];
    return [
      toDiagnostic('no-expectation', {
        severity: 'info',
        line: first.line,
        message: `${commands.length} ${commands.length === 1 ? 'command' : 'commands'}, ${commands.length - silent.length} asserted: the others pass whatever they print.`,
        hint: 'Put the expected output in a fence behind the step, under "Expected output:".',
      }),
    ];
  },
};
