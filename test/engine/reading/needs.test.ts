import { describe, expect, test } from 'vitest';
import { read } from '../../support/read.ts';

const fence = (command: string): string => `\`\`\`bash\n${command}\n\`\`\``;

/** Per step: whether it is asked for. */
async function asked(markdown: string): Promise<readonly boolean[]> {
  const { steps } = await read(markdown);
  return steps.map(({ condition }) => condition !== undefined);
}

describe('what is only needed in some cases is asked before the step below', () => {
  test.each([
    'The following is needed on Redis 5 and older:',
    'The next command is only needed on standbys.',
    'These commands are only necessary on Ubuntu 18 and older:',
    'The next command is not necessary on standbys.',
    'This step is only required on the leader.',
    'This step is not needed when the cache is shared.',
    'Do not run the following in production.',
    'Never run the commands below on the leader:',
    'For the alert `HighLoad`:',
    'For error `E1045`, run:',
    'For the alert "Queue too long":',
    'On Sundays:',
    'Every Friday, run:',
    'At the end of the month:',
    'From 3.4 on:',
    'As of 3.4 and later, run:',
    'Up to 3.3:',
    'With three or fewer brokers left, run:',
    'Instead of the above, on Windows:',
  ])('%s', async (lead) => {
    expect(await asked(`# Care\n\n${lead}\n\n${fence('./mend.sh')}\n`)).toEqual([true]);
  });
});

describe('what is needed in any case is asked before nothing', () => {
  test.each([
    'The following is needed for the backup:',
    'The following command is required.',
    'The following is needed on every broker:',
    'The following command is not destructive:',
    'On the first broker, run:',
    'From the 3.4 directory, run:',
    'From now on, use the new name:',
    'For each alert, run:',
    'With the new name, run:',
    'Instead of editing it by hand, run:',
    'Do not forget to run the following in the repository:',
  ])('%s', async (lead) => {
    expect(await asked(`# Care\n\n${lead}\n\n${fence('./mend.sh')}\n`)).toEqual([false]);
  });
});

test('"this step", said between two fences, is the one above', async () => {
  const page = `# Care\n\n${fence('./one.sh')}\n\nThis step is not needed with TLS.\n\n${fence('./two.sh')}\n`;
  expect(await asked(page)).toEqual([true, false]);
});

test('the first versions of a thing are versions as the later ones are', async () => {
  const page = `# Care\n\nv1:\n\n${fence('./one.sh')}\n\nv2:\n\n${fence('./two.sh')}\n`;
  expect(await asked(page)).toEqual([true, true]);
});

test.each([
  [
    ['Pod is stuck', 'No space left', 'Network issues'],
    [true, true, true],
  ],
  [
    ['Pod is stuck', 'Collecting the logs'],
    [true, false],
  ],
  [
    ['Collect the logs', 'Restart the pod'],
    [false, false],
  ],
])('below "Troubleshooting" the neighbours of a case are cases: %j', async (titles, expected) => {
  const sections = titles.map((title, at) => `### ${title}\n\n${fence(`./mend.sh ${at}`)}\n`);
  expect(await asked(`# Care\n\n## Troubleshooting\n\n${sections.join('\n')}`)).toEqual(expected);
});
