import { expect, test } from 'vitest';
import { read } from '../../support/read.ts';

const page = (lead: string): string =>
  `# Clear the cache\n\n${lead}\n\n\`\`\`bash\nrm -rf /srv/cache\n\`\`\`\n`;

test.each([
  'In the log you will find:',
  'You should then see',
  'You should now see something like this:',
  'Your Dockerfile should contain:',
  'The file must look like this:',
  'Ansible will run the following on each node:',
  'The nightly job will then execute these commands:',
  'This is what the script does internally:',
  'What the script does:',
  'The outage was caused by:',
  'This is what broke it:',
  'A customer ran the following and lost everything:',
  'One of us once executed:',
  'This would lose data:',
  'You no longer need to run:',
  'It is no longer necessary to run this:',
])('words that do not ask for a command make it doubtful: %s', async (lead) => {
  const { steps } = await read(page(lead));
  expect(steps.map(({ doubtful }) => doubtful !== undefined)).toEqual([true]);
});

test.each([
  'Run this; you should see the folder go:',
  'This caused the alert, so run:',
  'On Debian this would be:',
  'The pod ran out of memory:',
  'This will run the following on each node:',
  'The following command will run these checks:',
  'You will need to run:',
  'To see what the script does, run:',
  'You must run this:',
  'Then do what is needed:',
  'We want the value of the folder where the tool was executed.',
])('and these ask for it: %s', async (lead) => {
  const { steps } = await read(page(lead));
  expect(steps.map(({ doubtful }) => doubtful)).toEqual([undefined]);
});

test('of "Instead of" and "use" only the latter is done', async () => {
  const { steps } = await read(
    '# Restart\n\nInstead of\n\n```bash\nkubectl delete pod web\n```\n\nuse\n\n```bash\nkubectl rollout restart deploy/web\n```\n',
  );
  expect(steps.map(({ line }) => line)).toEqual([11]);
});
