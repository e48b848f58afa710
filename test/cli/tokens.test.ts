import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { OptionSpec } from '../../src/cli/command.ts';
import { type Token, tokensOf } from '../../src/cli/tokens.ts';

const SPECS: readonly OptionSpec[] = [
  { name: 'all', summary: 'a flag' },
  { name: 'quiet', short: 'q', summary: 'a flag with a letter' },
  { name: 'input', short: 'i', value: 'NAME', many: true, summary: 'a value with a letter' },
  { name: 'reason', value: 'TEXT', summary: 'a value' },
];

/** What Node makes of it. */
function byNode(argv: readonly string[]): readonly Token[] {
  const { tokens } = parseArgs({
    args: [...argv],
    options: {
      all: { type: 'boolean' },
      quiet: { type: 'boolean', short: 'q' },
      input: { type: 'string', short: 'i' },
      reason: { type: 'string' },
    },
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  return tokens.flatMap((token): readonly Token[] => {
    if (token.kind === 'positional') return [{ kind: 'word', value: token.value } as const];
    if (token.kind === 'option-terminator') return [];
    const { name, rawName, value, inlineValue } = token;
    return [{ kind: 'option', name, rawName, value, inline: inlineValue === true } as const];
  });
}

const word = fc.oneof(
  fc.constantFrom(
    ...['--', '-', '', '--all', '--all=', '--input', '--input=a=b', '--reason', '--unknown'],
    ...['--unknown=x', '-q', '-i', '-ix', '-qi', '-qix', '-iq', '-x', '-xq', '-q=1', '--=', '--=x'],
  ),
  fc.string({ unit: fc.constantFrom('-', '=', 'q', 'i', 'x', 'a'), maxLength: 6 }),
);

/** Node takes the dash of `-q-` for a `--`; here it is an option that nobody knows. */
const hasDashAmongFlags = (typed: string): boolean => /^-[^-i][^i]*-/.test(typed);

it('splits command lines as Node does', () => {
  fc.assert(
    fc.property(fc.array(word, { maxLength: 6 }), (argv) => {
      fc.pre(!argv.some(hasDashAmongFlags));
      expect(tokensOf(argv, SPECS)).toEqual(byNode(argv));
    }),
    { numRuns: 2000 },
  );
});
