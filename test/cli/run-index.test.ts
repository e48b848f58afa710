import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type HandrailResult, handrail } from '../support/handrail.ts';

const PAGE = `---
schedule:
  - cron: '0 3 * * *'
    procedure: nightly
---
# Nightly

\`\`\`bash
true
\`\`\`
`;

/** What every command that looks at all runs says of them. */
async function said(folder: string): Promise<readonly string[]> {
  const calls = [
    ['list', '{folder}', '--json'],
    ['status', '{folder}', '--json'],
    ['prune', '--keep', '0s', '--dry-run', '--json'],
  ];
  const results: HandrailResult[] = [];
  for (const args of calls) results.push(await handrail({ folder, args }));
  return results.map(({ exitCode, stdout, stderr }) => `${exitCode}\n${stdout}\n${stderr}`);
}

test('what is said of all runs is the same with the index of them, without it, and with one that does not fit', async () => {
  const { folder, exitCode } = await handrail({ runbook: PAGE });
  expect(exitCode).toBe(0);
  await handrail({ folder, runbook: PAGE.replace('true', 'false') });
  const { runs } = await handrail({ folder, runbook: PAGE.replace('true', 'echo three') });
  const index = path.join(folder, '.handrail/cache/runs.json');
  const without = async (): Promise<readonly string[]> => {
    rmSync(index, { force: true });
    return said(folder);
  };
  const fresh = await without();
  expect(existsSync(index)).toBe(true);
  expect(await said(folder)).toEqual(fresh);

  for (const wrong of [
    '',
    '{',
    '[]',
    'null',
    '{"build":"another","entries":[["x",{"stamp":"1"}]]}',
  ]) {
    writeFileSync(index, wrong);
    expect(await said(folder), wrong).toEqual(fresh);
  }

  const kept = readFileSync(index);
  const [oldest = '', failed = ''] = runs;
  appendFileSync(path.join(failed, 'log.jsonl'), '{"half a line');
  rmSync(oldest, { recursive: true });
  const changed = await without();
  writeFileSync(index, kept);
  expect(await said(folder)).toEqual(changed);

  writeFileSync(path.join(failed, 'log.jsonl'), 'no event at all\n');
  const garbled = await said(folder);
  expect(garbled).toEqual(await without());
  expect(garbled.join('')).toContain('"altered": [\n    "<run>"');
});
