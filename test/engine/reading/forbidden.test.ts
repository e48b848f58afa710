import { expect, test } from 'vitest';
import { read, stepsOf } from '../../support/read.ts';

const FENCE = '```bash\nnpm run seed\n```\n';

test.each([
  ['Do not use', 'Run the following to start the service on this machine.'],
  ['Nicht verwenden', 'Starten Sie den Dienst auf diesem Server mit dem folgenden Befehl.'],
  ['Не используйте', 'Запустите службу на этом сервере следующей командой.'],
  ['使用しないでください', '次のコマンドでこのサーバのサービスを起動してください。'],
  ['不要使用', '请使用以下命令在此服务器上启动服务。'],
])('commands directly below a heading that forbids them are no step: %s', async (title, text) => {
  const steps = await stepsOf(`# A\n\n${text}\n\n## ${title}\n\n${FENCE}`);
  expect(steps).toEqual([]);
});

test.each([
  ['Wrong password'],
  ['Do not use the old server: restart it'],
  ['Fel vid start'],
  ['Fout bij het opstarten'],
])('a heading that names a trouble forbids nothing: %s', async (title) => {
  expect(await stepsOf(`# A\n\n## ${title}\n\n${FENCE}`)).toHaveLength(1);
});

test('lines that are crossed out are no step, and one among others is', async () => {
  const crossed = '```bash\nnpm run seed  # ❌\nnpm run push  # ❌\n```\n';
  const mixed = '```bash\nnpm run seed\nnpm run push  # ❌ fails on old versions\n```\n';
  expect(await stepsOf(`# A\n\n## Steps\n\n${crossed}`)).toEqual([]);
  expect(await stepsOf(`# A\n\n## Steps\n\n${mixed}`)).toHaveLength(1);
});

test.each([
  "Don't ever run this:",
  'Never, ever run this:',
  'Do NOT, under any circumstances, run:',
  'Under no circumstances should you use this command:',
  'On no account run the following',
  '❌',
  '🚫',
  "Don't:",
  '❌ Delete all of it:',
  'It is forbidden to run this:',
  'This must never be run:',
  'The following must not be executed:',
  'Running this is prohibited.',
  'Nobody may ever run this:',
])(
  'commands are no step below words, or a sign, that forbid them in any case: %s',
  async (lead) => {
    expect(await stepsOf(`# A\n\n## Steps\n\n${lead}\n\n${FENCE}`)).toEqual([]);
  },
);

test.each([
  'In any case, run this:',
  'Under normal circumstances run:',
  'Do not stop here, run:',
  "Don't forget to run:",
  '✅',
  'This must be run:',
  'You may run this:',
])('commands are a step below other words of the kind: %s', async (lead) => {
  expect(await stepsOf(`# A\n\n## Steps\n\n${lead}\n\n${FENCE}`)).toHaveLength(1);
});

test.each(['What not to do', 'Anti-patterns', "Don'ts", "Don't", 'Things to avoid', '❌ Bad'])(
  'commands directly below the heading "%s" are no step',
  async (title) => {
    expect(await stepsOf(`# A\n\n## ${title}\n\n${FENCE}`)).toEqual([]);
  },
);

test.each([
  ['This destroys all data:', 0],
  ['Run this instead:', 1],
])('below a heading that forbids, "%s" above commands makes %i steps', async (lead, count) => {
  expect(await stepsOf(`# A\n\n## What not to do\n\n${lead}\n\n${FENCE}`)).toHaveLength(count);
});

test.each([
  ['**Warning** Never run this:'],
  ['**Danger** – never run this:'],
  ['*Note* Do not run these commands:'],
  ['`CAUTION` DO NOT RUN THIS:'],
  ['⚠️ **Attention!** Avoid running this:'],
  ['> **Warning** Don’t do this yet:\n>'],
])(
  'a word that calls for attention takes nothing from the sentence behind it: %s',
  async (lead) => {
    expect(await stepsOf(`# A\n\n## Steps\n\n${lead}\n\n${FENCE}`)).toEqual([]);
  },
);

test.each([
  ['You never run this by accident; seed:'],
  ['Avoid a second seed – run this:'],
  ['Seed – this takes time:'],
])('a sentence with such words in it forbids nothing: %s', async (lead) => {
  expect(await stepsOf(`# A\n\n## Steps\n\n${lead}\n\n${FENCE}`)).toHaveLength(1);
});

test.each([
  [`> Never run this:\n>\n> ${FENCE.trim().replaceAll('\n', '\n> ')}\n`],
  [`Never run this:\n\n${FENCE}`],
  [`:::danger\nNever run this:\n\n${FENCE}:::\n`],
])('what forbids one fence is no title of the next', async (forbidden) => {
  const steps = await stepsOf(`# A\n\n## Seed\n\n${forbidden}\n${FENCE}`);
  expect(steps).toEqual([expect.stringMatching(/ Seed$/)]);
});

const OTHER = '```bash\nnpm run push\n```\n';
const quoted = (text: string): string => text.replaceAll(/^/gm, '> ');

test.each([
  ['each fence below it', `Never run these commands:\n\n${FENCE}\n${OTHER}`, []],
  ['both in its quote', `${quoted(`Never run these:\n\n${FENCE}\n${OTHER}`)}\n`, []],
  ['none outside', `${quoted(`Never run these:\n\n${FENCE}`)}\n\n${OTHER}`, ['push']],
  ['the one it means', `Never run this:\n\n${FENCE}\n${OTHER}`, ['push']],
  ['none behind words', `Never run these:\n\n${FENCE}\nRun this:\n\n${OTHER}`, ['push']],
])('what forbids several commands forbids %s', async (_, body, run) => {
  const { steps } = await read(`# A\n\n## Seed\n\n${body}`);
  expect(steps.map(({ text }) => /push|seed/.exec(text)?.[0])).toEqual(run);
});
