import { describe, expect, test } from 'vitest';
import { FAMILIES } from '../../../src/engine/programs/index.ts';
import { readShell } from '../../../src/engine/shell/facts.ts';

const records = FAMILIES.flat();

/** The examples of a record: the effect and the behaviour that each command must have. */
function examplesOf(text: string): readonly (readonly [string, string])[] {
  return text.split('\n').map((line) => {
    const at = line.indexOf(': ');
    return [line.slice(at + 2), line.slice(0, at).trim()];
  });
}

async function judged(command: string): Promise<string> {
  const { effect, endless, interactive, sessions } = await readShell(command);
  const behaviour = [
    endless.length > 0 ? 'endless' : '',
    interactive.length > 0 ? 'asks' : '',
    sessions.length > 0 ? 'session' : '',
  ];
  return [effect, ...behaviour].filter(Boolean).join(' ');
}

describe('what is known of programs', () => {
  test.each(records.map((record) => [record.names.split(/\s+/)[0] ?? '', record.examples]))(
    '%s does what its examples say',
    async (_name, examples) => {
      for (const [command, expected] of examplesOf(examples))
        expect(await judged(command), command).toBe(expected);
    },
  );

  test('every record has an example of one of its own names', () => {
    for (const { names, examples } of records) {
      const own = names.split(/\s+/).map((name) => name.replace('+', ' '));
      const has = own.some((name) => examples.includes(name.split(' ').at(-1) ?? name));
      expect(has, `${names}: ${examples}`).toBe(true);
    }
  });

  test('a name has one record', () => {
    const seen = new Map<string, number>();
    for (const { names } of records)
      for (const name of names.split(/\s+/)) seen.set(name, (seen.get(name) ?? 0) + 1);
    expect([...seen].filter(([, count]) => count > 1).map(([name]) => name)).toEqual([]);
  });
});
