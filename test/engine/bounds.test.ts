import { expect, test } from 'vitest';
import { handrail } from '../support/handrail.ts';
import { findingsOf, read } from '../support/read.ts';

test('a table that nobody could read is text, and that is said', async () => {
  const row = (cell: string): string => `|${` ${cell} |`.repeat(5000)}`;
  const text = ['# X', '', row('Check'), row('-'), ...Array(10).fill(row('`true`'))].join('\n');
  expect((await read(text)).steps).toEqual([]);
  expect((await findingsOf(text)).join()).toContain('wide-table');
});

test('links that fan out are refused at once, with one sentence for all of them', async () => {
  const page = (at: number): string =>
    `# Page ${at}\n\n${Array.from({ length: 10 }, (_, index) => `${index + 1}. [Next](page-${at + 1}.md)`).join('\n')}\n`;
  const files = Object.fromEntries(
    Array.from({ length: 7 }, (_, at) => [`page-${at}.md`, page(at)]),
  );
  const { exitCode, stdout } = await handrail({
    files: { ...files, 'page-7.md': '# End\n\n```bash\ntrue\n```\n' },
    runbook: '# Begin\n\n1. [All](page-0.md)\n',
    args: ['run', '{file}', '--all', '--dry-run'],
  });
  expect(exitCode).toBe(65);
  expect(stdout.split('more than 10000 steps')).toHaveLength(2);
});

test('a file that no runbook is, is refused with a sentence', async () => {
  const { exitCode, stderr } = await handrail({
    runbook: `# X\n\n${'prose and more prose. '.repeat(1_000_000)}`,
    args: ['show', '{file}'],
  });
  expect([exitCode, stderr]).toEqual([65, expect.stringContaining('larger than 16 MiB')]);
});
