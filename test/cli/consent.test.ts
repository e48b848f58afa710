import { describe, expect, test } from 'vitest';
import { handrail } from '../support/handrail.ts';
import { sitDown } from '../support/terminal.ts';

const ACT = '# Act\n\n```bash name=act\ntouch acted\n```\n';

describe.concurrent('without a terminal nothing is carried out that nobody consented to', () => {
  test('run says so in one sentence, and nothing is recorded', async () => {
    const bare = await handrail({ runbook: ACT, args: ['run', '{file}', '--all'] });
    expect(bare.exitCode).toBe(64);
    expect(bare.stderr).toMatch(/^handrail: .*--unattended.*\n$/);
    expect(bare.files).not.toHaveProperty('acted');
    expect(bare.runs).toEqual([]);
  });

  test('answers on a pipe are no consent', async () => {
    const piped = await handrail({ runbook: ACT, args: ['run', '{file}'], answers: ['r', 'yes'] });
    expect(piped.exitCode).toBe(64);
    expect(piped.files).not.toHaveProperty('acted');
  });

  test('an input’s command is not run either', async () => {
    const runbook = `---\ninputs: { who: { command: "touch asked; echo me" } }\n---\n# A\n\n\`\`\`bash\necho {{who}}\n\`\`\`\n`;
    const bare = await handrail({ runbook, args: ['run', '{file}'] });
    expect(bare.exitCode).toBe(64);
    const dry = await handrail({ runbook, args: ['run', '{file}', '--dry-run'] });
    expect(dry.exitCode).toBe(0);
    expect(dry.stdout).toContain('{{who}}');
    await handrail({ folder: dry.folder, args: ['check', '{file}', '--unattended'] });
    await handrail({ folder: dry.folder, args: ['show', '{file}'] });
    await handrail({ folder: dry.folder, args: ['doctor', '{file}'] });
    expect([bare.files, dry.files].flatMap(Object.keys)).not.toContain('asked');
    const said = await handrail({ folder: dry.folder, args: ['run', '{file}', '--unattended'] });
    expect(said.exitCode).toBe(0);
    expect(said.files).toHaveProperty('asked');
  });

  test('the word is `--unattended`, or HANDRAIL_UNATTENDED', async () => {
    const said = await handrail({
      runbook: ACT,
      args: ['run', '{file}'],
      env: { HANDRAIL_UNATTENDED: '1' },
    });
    expect(said.exitCode).toBe(0);
    expect(said.files).toHaveProperty('acted');
  });

  test('resume asks for the same word', async () => {
    const failing = '# F\n\n```bash\ntest -e there\n```\n';
    const { folder } = await handrail({ runbook: failing });
    const bare = await handrail({ folder, args: ['resume'] });
    expect(bare.exitCode).toBe(64);
    expect(bare.stderr).toContain('--unattended');
  });

  test('at a terminal `--json` and `--quiet` leave nobody to ask', async () => {
    const ada = sitDown({ runbook: ACT, args: ['run', '{file}', '--json'] });
    await ada.sees('nobody said');
    expect(await ada.ends()).toBe(64);
  });
});

describe.concurrent('`--out` is tried before the run', () => {
  test.each([
    ['a folder that is not there', '{folder}/no/where.md'],
    ['a folder', '{folder}'],
  ])('%s', async (_, out) => {
    const refused = await handrail({
      runbook: ACT,
      args: ['run', '{file}', '--unattended', '--out', out],
    });
    expect(refused.exitCode).toBe(78);
    expect(refused.stderr).toContain('nothing was run');
    expect(refused.files).not.toHaveProperty('acted');
  });
});

test('the end of a run names what of the procedure was not carried out', async () => {
  const runbook =
    '# O\n\n1. If it is down:\n\n   ```bash\n   touch restarted\n   ```\n\n2. Look:\n\n   ```bash\n   true\n   ```\n';
  const passed = await handrail({
    runbook,
    args: ['run', '{file}', '--unattended', '--not', 'o/if-it-is-down'],
  });
  expect(passed.exitCode).toBe(0);
  expect(passed.stdout).toMatch(/not done +If it is down: its condition does not hold/);
  const failed = await handrail({
    runbook: '# F\n\n```bash\nfalse\n```\n\n```bash\ntrue\n```\n\n```bash\ntrue\n```\n',
  });
  expect(failed.stdout).toMatch(/to come +2 of 3 steps|to come +3 of 3 steps/);
});

test('what a run has behind it is not said to be still to come when it is gone on with', async () => {
  const step = (script: string): string => `\`\`\`bash\n${script}\n\`\`\`\n\n`;
  const runbook = `# A\n\n${step('true')}${step('test -e mended')}${step('true')}`;
  const failed = await handrail({ runbook, args: ['run', '{file}', '--all', '--unattended'] });
  const again = await handrail({ folder: failed.folder, args: ['resume', '--unattended'] });
  for (const { exitCode, stdout } of [failed, again])
    expect([exitCode, stdout]).toEqual([1, expect.stringMatching(/to come +1 of 3 steps/)]);
});
