import { describe, expect, it } from 'vitest';
import { commandHelp, mainHelp } from '../../src/cli/help.ts';
import { TABLE } from '../../src/cli/table.ts';
import { handrail } from '../support/handrail.ts';

describe('help', () => {
  it('fits a screen of 80 columns and 24 lines', () => {
    const lines = mainHelp(TABLE).trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(24);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it.each(TABLE.commands.map((command) => [command.name, command] as const))(
    'of %s names every argument and option, has an example and is 100 columns wide at most',
    (_name, command) => {
      const help = commandHelp(command, TABLE);
      for (const { name } of [...command.options, ...TABLE.common])
        expect(help).toContain(`--${name}`);
      for (const { name } of command.arguments) expect(help).toContain(name);
      expect(command.examples.length).toBeGreaterThan(0);
      expect(help.split('\n').filter((line) => line.length > 100)).toEqual([]);
    },
  );

  it('loads every command that the table names', async () => {
    for (const { load } of TABLE.commands) expect(typeof (await load()).run).toBe('function');
  });

  it('is served from the bundle as it is made from the table', async () => {
    const { stdout, stderr, exitCode } = await handrail({ args: ['--help'] });
    expect({ stdout, stderr, exitCode }).toEqual({
      stdout: mainHelp(TABLE),
      stderr: '',
      exitCode: 0,
    });
  });

  it.each([
    [['rnu', 'x.md'], 64, 'There is no command `rnu`. Did you mean `run`?'],
    [['ops.md'], 64, 'To carry out a runbook: `handrail run ops.md`.'],
    [[], 64, 'No command was given.'],
    [['--nonsense'], 64, '`--nonsense` stands where a command is expected.'],
    [['help', 'rnu'], 64, 'Did you mean `run`?'],
    [['run', '--dry-rnu', 'x.md'], 64, 'Did you mean `--dry-run`?'],
  ])('says in one sentence what is wrong with %j', async (args, code, message) => {
    const { exitCode, stdout, stderr } = await handrail({ args });
    expect(exitCode).toBe(code);
    expect(stdout).toBe('');
    expect(stderr.split('\n').length).toBe(2);
    expect(stderr).toMatch(/^handrail: /);
    expect(stderr).toContain(message);
  });
});
