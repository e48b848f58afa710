import { expect, test } from 'vitest';
import { handrail } from '../../support/handrail.ts';

const page = (backup: string, restore: string): string =>
  `# Database\n\n## Backup\n\n\`\`\`bash\n${backup}\n\`\`\`\n\n## Restore drill\n\n\`\`\`bash\n${restore}\n\`\`\`\n`;

test('how each procedure stands and when it last passed is the same when all that may go is pruned', async () => {
  const { folder } = await handrail({ runbook: page('true', 'true') });
  const carryOut = (procedure: string, runbook: string) =>
    handrail({ folder, runbook, args: ['run', `{file}#${procedure}`, '--unattended'] });
  const ok = page('true', 'true');
  const broken = page('true', 'false');
  for (const [procedure, runbook] of [
    ['restore-drill', ok],
    ['restore-drill', ok],
    ['restore-drill', broken],
    ['restore-drill', broken],
    ['backup', ok],
    ['backup', ok],
  ] as const)
    await carryOut(procedure, runbook);
  const stand = async () =>
    (await handrail({ folder, args: ['metrics'] })).stdout
      .split('\n')
      .filter((line) => /^handrail_\w*last/.test(line));
  const before = await stand();
  expect(before.length).toBeGreaterThan(3);
  const { stdout } = await handrail({ folder, args: ['prune', '--keep', '0s'] });
  expect(stdout).toMatch(/^3 runs removed$/m);
  expect(await stand()).toEqual(before);
}, 60_000);
