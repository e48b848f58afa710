import { expect, test } from 'vitest';
import { stepsOf } from '../../support/read.ts';

const OTHER = ['df -h', 'systemctl restart web', 'ls'];

test.each(OTHER)(
  'an item that is the command `%s` and nothing else stays what is to be done, whatever other fence stands by it',
  async (command) => {
    for (const [indent, ends] of [
      ['', '\n3. Leave\n'],
      ['', ''],
      ['   ', ''],
    ]) {
      const page = `# P\n\n1. Look:\n\n   \`\`\`sh\n   uptime\n   \`\`\`\n\n2. \`${command}\`\n\n${indent}\`\`\`sh\n${indent}echo x\n${indent}\`\`\`\n${ends}`;
      const steps = await stepsOf(page);
      expect(steps.slice(0, 3)).toEqual([
        '5 shell Look',
        `9 manual ${command}`,
        expect.stringMatching(/^11 shell (?!.*(?:df|systemctl|ls\b))/),
      ]);
    }
  },
);

test.each([
  ['uptime', 'uptime'],
  ['helm upgrade', 'helm -n shop upgrade web'],
  ['Check with `df -h`', 'echo x'],
])('an item "%s" owns the fence `%s` that does it', async (item, command) => {
  const said = item.includes('`') ? item : `\`${item}\``;
  const page = `# P\n\n1. Look:\n\n   \`\`\`sh\n   date\n   \`\`\`\n\n2. ${said}\n\n\`\`\`sh\n${command}\n\`\`\`\n`;
  expect((await stepsOf(page))[1]).toMatch(/^11 shell /);
  expect(await stepsOf(page)).toHaveLength(2);
});
