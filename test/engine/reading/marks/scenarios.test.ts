import { expect, test } from 'vitest';
import {
  isScenario,
  putsOff,
  waitsForOthers,
} from '../../../../src/engine/reading/marks/scenarios.ts';
import { read } from '../../../support/read.ts';

test.each([
  'After a day:',
  'Later:',
  'Later, remove the old key',
  'Next morning',
  'The following day:',
  'A week later',
  '24 hours later',
  'After two weeks, drop the table:',
  'Day 2',
  'Wait 24 hours, then remove the backup',
  'In a few days, delete it',
  'Overnight',
  'T+24h',
  'Am nächsten Tag',
  'Nach 30 Tagen',
  'Le lendemain',
  'Plus tard, supprimez',
  'Después de 30 días',
  '翌日',
  '30日後に削除',
])('"%s" puts off what is below it', (said) => {
  expect(putsOff(said)).toBe(true);
});

test.each([
  'After 5 minutes, look at the log:',
  'After the restart, look at the log:',
  'After the day shift ends',
  'Afterwards:',
  'Day 1',
  'Day 2 operations',
  'Next week’s rota',
  'Wait 5 minutes',
  'In the morning report',
  'Later versions',
  'Next quarter planning',
  'After hours support',
  'Hours of operation',
])('"%s" does not', (said) => {
  expect(putsOff(said)).toBe(false);
});

test.each([
  ['Once all clients have moved, remove the old key', true],
  ['When no customer uses it any more, delete it', true],
  ['Once the users have been told, go on', false],
  ['Once it has finished, restart the agent', false],
])('"%s" waits for others: %s', (said, is) => {
  expect(waitsForOthers(said)).toBe(is);
});

test.each([
  ['Node comes back later', true],
  ['The primary is still alive', true],
  ['Node returns', true],
  ['Who answers', false],
  ['What returns', false],
  ['Customer asks for a refund', true],
  ['Node did not come back', true],
  ['Once the index is rebuilt', true],
  ['Once the copy is complete', false],
  ['Once it is rebuilt', false],
  ['Health checks', false],
  ['Service accounts with admin rights', false],
  ['What is affected', false],
  ['The output is', false],
  ['Container images in use', false],
  ['Replication logs', false],
  ['Release notes for v2', false],
  ['Backup runs on Sunday', false],
  ['Verify it is up', false],
  ['You are done', false],
  ['The cache is cleared with', false],
])('"%s" is a scenario: %s', (title, is) => {
  expect(isScenario(title)).toBe(is);
});

const fence = (name: string): string => `\`\`\`bash\ntouch ${name}\n\`\`\`\n`;

test.each(['## Node comes back later', '**Node comes back later:**', 'After a day:'])(
  'what stands below "%s" is done where it is so',
  async (words) => {
    const { steps } = await read(`# P\n\n## Drain\n\n${fence('a')}\n${words}\n\n${fence('b')}`);
    expect(steps.map(({ condition }) => condition?.text ?? '')).toEqual([
      '',
      words.replace(/^\W+|\W+$/g, ''),
    ]);
  },
);
