import { describe, expect, test } from 'vitest';
import { workplace } from '../../support/engine.ts';

/** A step that captures `printed`, and one that would be given it. */
const page = (name: string, printed: string, inputs = ''): string =>
  `${inputs}# T\n\n~~~bash name=take capture=${name}\n${printed}\n~~~\n\n~~~bash name=use\nprintf %s {{${name}}} | wc -c > said\n~~~\n`;

const many = (count: number): string => `head -c ${count} /dev/zero | tr '\\0' x`;

/** What Linux takes of one variable, but for its name, the sign and what ends it. */
const mostFor = (name: string): number => 131_072 - `${name}=`.length - 1;

describe('a step that captures what no later step could be given fails, and says why', () => {
  test.each([
    ['a NUL byte', 'found', "printf 'a\\0b'", 'has a NUL byte in it'],
    ['a NUL byte at the end', 'found', "printf 'ab\\0'", 'has a NUL byte in it'],
    ['a NUL byte for no variable', 'found-it', "printf '\\0'", 'has a NUL byte in it'],
    ['too much', 'found', many(mostFor('found') + 1), '`$found` can hold 131065'],
    ['far too much', 'v', many(500_000), 'has 500000 bytes, and the variable `$v` can hold 131069'],
  ])('%s', async (_what, name, printed, why) => {
    const { exitCode, steps, report } = await workplace(page(name, printed)).run();
    expect([exitCode, steps]).toEqual([1, { take: 'failed', use: null }]);
    expect(report.steps[0]?.why).toContain(why);
  });
});

test.each([
  ['as much as a variable can hold', 'v', many(mostFor('v'))],
  ['more, under a name that no variable has', 'found-it', many(300_000)],
])('%s is captured', async (_what, name, printed) => {
  const { steps } = await workplace(page(name, printed)).run();
  expect(steps).toEqual({ take: 'passed', use: 'passed' });
});

test('what does not fit is not quoted where it holds a password', async () => {
  const url = 'postgres://ada:hunter2hunter2@db1/x';
  const inputs = '---\ninputs: { found: { pattern: "[0-9]+" } }\n---\n\n';
  const { report, events } = await workplace(page('found', `echo ${url} | cat`, inputs)).run();
  expect(report.steps[0]?.outcome).toBe('failed');
  const why = events.flatMap((event) => (event.type === 'step.finished' ? [event.why ?? ''] : []));
  expect(why.join()).toContain('what was captured as `found`');
  expect(why.join()).not.toContain('db1/x');
});
