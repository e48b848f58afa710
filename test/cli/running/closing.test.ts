import { expect, test } from 'vitest';
import { handrail } from '../../support/handrail.ts';

const PAGE = `# Deploy

## Deploy it

\`\`\`bash on-fail=rollback
echo x > made; false
\`\`\`

## Rollback

\`\`\`bash name=undo
rm made
\`\`\`
`;

test('a rollback that nobody agreed to is said with the reason, and how to carry it out', async () => {
  const { exitCode, stdout, files } = await handrail({
    runbook: PAGE,
    args: ['run', '{file}#deploy-it', '--unattended'],
  });
  expect([exitCode, files['made']]).toEqual([1, 'x\n']);
  expect(stdout).toContain('`undo` was not done (it needs approval');
  expect(stdout).toMatch(/^roll back +handrail run .*#rollback/m);
  expect(stdout).not.toContain('..');
});

test('what was rolled back is told as that, and not offered again', async () => {
  const { exitCode, stdout, files, events } = await handrail({
    runbook: PAGE,
    args: ['run', '{file}#deploy-it', '--unattended', '--approve', 'undo'],
  });
  expect(exitCode).toBe(1);
  expect(files['made']).toBeUndefined();
  expect(stdout).toContain('Rolled back: #rollback');
  expect(stdout).not.toMatch(/^roll back /m);
  expect(events.find(({ type }) => type === 'run.finished')).toMatchObject({
    rolledBack: ['rollback'],
  });
});

test('the end of a run and its page name what holds no step', async () => {
  const { exitCode, stdout, folder } = await handrail({
    runbook: '# T\n\n## 1. Stop\n\n```bash\ntrue\n```\n\n## 2. Move\n\nPoint the app elsewhere.\n',
    args: ['run', '{file}', '--unattended'],
  });
  expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/^not done +line 9: “2. Move”/m)]);
  const log = await handrail({ folder, args: ['log', 'last'] });
  expect(log.stdout).toContain('“2. Move” is counted among steps and holds none');
});
