import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const { scripts }: { scripts: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync('package.json', 'utf8'),
);
const ours = Object.entries(scripts).filter(([, line]) => /^node scripts\/[\w-]+\.ts$/.test(line));

test('there are scripts to ask', () => {
  expect(ours.map(([name]) => name)).toEqual(
    expect.arrayContaining(['golden', 'mutants', 'house']),
  );
});

test.each(ours)(
  '`npm run %s -- --help` says how it is called, and does nothing else',
  (name, line) => {
    const [program = '', ...args] = [...line.split(' '), '--help'];
    const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(`npm run ${name}`);
    expect(stdout.length).toBeLessThan(4000);
  },
);
