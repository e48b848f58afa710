import { afterAll, expect, test } from 'vitest';
import { handrail } from '../../support/handrail.ts';
import { closeTerminals, sitDown } from '../../support/terminal.ts';

afterAll(closeTerminals);

test('one blank line stands before what says that a run was refused', async () => {
  const { exitCode, stdout } = await handrail({
    runbook: '---\ninputs: { host: {} }\n---\n# T\n\n```bash\necho {{host}}\n```\n',
  });
  expect(exitCode).toBe(65);
  expect(stdout).toMatch(/[^\n]\n\nRun refused/);
});

test('output through a pipe stands directly below the line that says that the step runs', async () => {
  const ada = sitDown({ runbook: '# T\n\n```bash capture=at\necho here\n```\n' });
  await ada.press('r');
  await ada.ends();
  const lines = ada.lines().map((line) => line.trim());
  const running = lines.findIndex((line) => line.endsWith('RUNNING'));
  expect(lines[running + 1]).toBe('| here');
});
