import { expect, test } from 'vitest';
import { handrail } from '../../support/handrail.ts';

test('what became of a ticked item stands directly below it, whichever of the list it is', async () => {
  const { folder } = await handrail({
    runbook: '# T\n\nBefore it.\n\n- [ ] Look at the lamp\n- [ ] Tell the team\n',
    args: ['run', 'runbook.md', '--all', '--unattended'],
  });
  const { stdout } = await handrail({ folder, args: ['log', 'last', '--format', 'markdown'] });
  const lines = stdout.split('\n');
  for (const item of ['Look at the lamp', 'Tell the team']) {
    const at = lines.findIndex((line) => line.includes(`] ${item}`));
    expect([at > 0, lines[at + 1]]).toEqual([true, expect.stringMatching(/^ {2}.*\S/)]);
  }
});
