import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { closeTerminals, sitDown } from '../../support/terminal.ts';

afterAll(closeTerminals);

const RUNBOOK = `# Pool

Connections **leak** at night.

## Look

\`\`\`bash
echo "active: 12"
\`\`\`

## Act

\`\`\`bash
touch restarted; echo restarted
\`\`\`

## Clean

\`\`\`bash
rm -rf ./old-data
\`\`\`
`;

describe.concurrent('a step prompt', () => {
  test('runs by r, runs by Enter only what reads, and what destroys by its typed target', async () => {
    const ada = sitDown({ runbook: RUNBOOK });
    await ada.sees('active: 12');
    await ada.press('\r');
    await ada.sees('touch restarted');
    await ada.press('r');
    await ada.sees('rm -rf');
    expect(existsSync(path.join(ada.folder, 'restarted'))).toBe(true);
    await ada.press('r');
    await ada.answer('./wrong');
    await ada.sees('Not run');
    expect(ada.eventsOf('step.started')).toHaveLength(2);
    await ada.press('r');
    await ada.answer('./old-data');
    await ada.sees('DONE');
    expect(await ada.ends()).toBe(0);
    expect(ada.eventsOf('approval.granted').map(({ by, how }) => [by, how])).toEqual([
      ['ada', 'typed ./old-data'],
    ]);
  });
});
