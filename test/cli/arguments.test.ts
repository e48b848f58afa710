import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseArguments, type Token, tokensOf } from '../../src/cli/arguments.ts';
import type { CommandTable, OptionSpec } from '../../src/cli/command.ts';
import { TABLE } from '../../src/cli/table.ts';

const table: CommandTable = {
  common: [{ name: 'help', short: 'h', summary: 'help' }],
  commands: [
    {
      name: 'do',
      summary: 'does it',
      arguments: [
        { name: 'FILE', required: true, summary: 'a file' },
        { name: 'KIND', choices: ['big', 'small'], summary: 'a kind' },
      ],
      options: [
        { name: 'dry-run', summary: 'try it' },
        { name: 'input', short: 'i', value: 'NAME=VALUE', many: true, summary: 'an input' },
        { name: 'reason', value: 'TEXT', summary: 'why' },
        { name: 'format', value: 'FORMAT', choices: ['text', 'json'], summary: 'how' },
      ],
      examples: [],
      load: () => Promise.reject(new Error('not here')),
    },
  ],
};
const [command] = table.commands;
function parse(...argv: string[]) {
  if (!command) throw new Error('no command');
  return parseArguments(command, table, argv);
}

describe('arguments', () => {
  it('keeps every value a text: 1.10 stays 1.10', () => {
    const parsed = parse('f.md', '--input', 'version=1.10', '-i', 'n=007', '--reason=1e3');
    expect(parsed.list('input')).toEqual(['version=1.10', 'n=007']);
    expect(parsed.text('reason')).toBe('1e3');
    expect(parsed.words).toEqual(['f.md']);
  });

  it('suggests the option that was meant', () => {
    expect(() => parse('f.md', '--dry-rnu')).toThrow('Did you mean `--dry-run`?');
  });

  it.each([
    [['f.md', '--dry-run=yes'], 'is a flag and takes no value'],
    [['f.md', '--reason'], 'needs a value'],
    [['f.md', '--reason', '--dry-run'], 'looks like an option'],
    [['f.md', '--reason', 'a', '--reason', 'b'], 'was given twice'],
    [['f.md', '--format', 'jsn'], 'Did you mean `json`?'],
    [['f.md', 'bgi'], 'Did you mean `big`?'],
    [['f.md', 'big', 'more'], 'does not take the further word `more`'],
    [[], 'needs FILE'],
    [['f.md', '-x'], 'has no option `-x`'],
    [['f.md', '--no-dry-run'], 'has no option `--no-dry-run`'],
  ])('refuses %j', (argv, message) => {
    expect(() => parse(...argv)).toThrow(message);
  });

  it('takes what stands after -- as words', () => {
    expect(parse('--', '--dry-run').words).toEqual(['--dry-run']);
  });

  it('shows help although something is missing', () => {
    expect(parse('--help').flag('help')).toBe(true);
  });

  it('refuses to be asked for an option that the table does not have', () => {
    expect(() => parse('f.md').flag('nonsense')).toThrow('has no option nonsense');
  });
});

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

describe('what is empty', () => {
  const places = TABLE.commands.flatMap((one) =>
    one.arguments.map((asked, at) => [one.name, asked.name, at] as const),
  );

  it.each(places)('is nothing that `%s` takes for its %s', (name, asked, at) => {
    const one = TABLE.commands.find((each) => each.name === name);
    if (one === undefined) throw new Error('no command');
    const before = one.arguments.slice(0, at).map(({ choices }) => choices?.[0] ?? 'x');
    const own = one.arguments[at];
    if (own?.choices === undefined)
      expect(() => parseArguments(one, TABLE, [...before, ''])).toThrow(
        `was given a ${asked} that is empty`,
      );
    else expect(() => parseArguments(one, TABLE, [...before, ''])).toThrow('is one of');
  });

  it('is no folder, file or run of an option, but a text', () => {
    const runs = TABLE.commands.find(({ name }) => name === 'runs');
    const run = TABLE.commands.find(({ name }) => name === 'run');
    if (runs === undefined || run === undefined) throw new Error('no command');
    expect(() => parseArguments(runs, TABLE, ['--state', ''])).toThrow(
      '`--state` was given a DIR that is empty',
    );
    expect(parseArguments(run, TABLE, ['a.md', '--reason', '']).text('reason')).toBe('');
  });
});
