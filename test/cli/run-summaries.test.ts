import { appendFileSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { endingOf } from '../../src/engine/record/ending.ts';
import { reportOf } from '../../src/engine/replay.ts';
import { FileRunReader } from '../../src/stores/files/run-reader.ts';
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

test('what is said of all runs is what their logs say, whatever lies beside them', async () => {
  const { folder, exitCode } = await handrail({ runbook: PAGE });
  expect(exitCode).toBe(0);
  const { runs: two } = await handrail({ folder, runbook: PAGE.replace('true', 'false') });
  const failed = two.at(-1) ?? '';
  const right = await said(folder);
  expect(right.join('')).toContain('"outcome": "failed"');

  // As an earlier edition kept it: with the right size and time of the log, and another outcome.
  const facts = statSync(path.join(failed, 'log.jsonl'), { bigint: true });
  const entry = {
    stamp: `${facts.size}-${facts.mtimeNs}-${facts.ino}`,
    summary: { run: path.basename(failed), outcome: 'passed', said: 'passed', procedures: [] },
  };
  const cache = path.join(folder, '.handrail/cache');
  mkdirSync(cache, { recursive: true });
  for (const entries of [[], [[path.basename(failed), entry]]])
    for (const name of ['runs.json', 'list.json'])
      writeFileSync(path.join(cache, name), JSON.stringify({ build: '', entries }));
  expect(await said(folder)).toEqual(right);
});

test('how a run stands is the same by the end of its log as by all of it', async () => {
  const pages = [
    PAGE,
    PAGE.replace('true', 'false'),
    PAGE.replace('true', 'kill -9 $PPID'),
    PAGE.replace('true', 'yes | head -c 3000000'),
    '# Ask\n\n- [ ] Look at it\n',
  ];
  for (const runbook of pages) {
    const { runs } = await handrail({ runbook });
    const [folder = ''] = runs;
    const reader = new FileRunReader(path.basename(folder), folder);
    const report = await reportOf(reader);
    const { outcome, lastEventAt } = report;
    expect(await endingOf(reader), runbook).toMatchObject({ outcome, lastEventAt });
  }
});

test('what stands behind the end of a run, however much it is, leaves the outcome as it was', async () => {
  const { runs } = await handrail({ runbook: PAGE.replace('true', 'false') });
  const [folder = ''] = runs;
  const log = path.join(folder, 'log.jsonl');
  const note = { type: 'note.added', by: 'a', text: 'x'.repeat(500) };
  const header = {
    at: '2026-01-02T03:04:05.000Z',
    monoMs: 1,
    run: path.basename(folder),
    attempt: 1,
  };
  const line = JSON.stringify({ seq: 99, ...header, prev: '0'.repeat(64), ...note });
  appendFileSync(log, `${line}\n`.repeat(200));
  const reader = new FileRunReader(path.basename(folder), folder);
  expect(await endingOf(reader)).toMatchObject({ outcome: 'failed' });
  expect((await reportOf(reader)).outcome).toBe('failed');
  appendFileSync(log, '{"half a line');
  expect(await endingOf(reader)).toMatchObject({ outcome: 'failed' });
});

test('a garbled run is told of, and the others are listed', async () => {
  const { folder } = await handrail({ runbook: PAGE });
  const { runs } = await handrail({ folder, runbook: PAGE.replace('true', 'echo two') });
  writeFileSync(path.join(runs[0] ?? '', 'log.jsonl'), 'no event at all\n');
  const garbled = (await said(folder)).join('');
  expect(garbled).toContain('"altered": [\n    "<run>"');
  expect(garbled).toContain('"outcome": "passed"');
});
