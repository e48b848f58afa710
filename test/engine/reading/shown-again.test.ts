import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../../src/engine/reading/languages/all.ts';
import { read, stepsOf } from '../../support/read.ts';

const fence = (tag: string, text: string): string => `\`\`\`${tag}\n${text}\n\`\`\``;
const COMMAND = 'kubectl delete pod web';
const SCREEN = `$ ${COMMAND}\npod "web" deleted`;
const inItem = (text: string): string => `1. Delete the pod:\n\n${text.replace(/^/gm, '   ')}`;
const page = (lead: string, tag: string, screen: string): string =>
  `${fence('bash', COMMAND)}\n\n${lead}\n\n${fence(tag, screen)}`;

describe('a copy of the screen below its command is output, and no second step', () => {
  const AROUND: readonly [string, (text: string) => string][] = [
    ['in a section', (text) => text],
    ['in an item', inItem],
    ['in a quote', (text) => text.replace(/^/gm, '> ')],
    ['in a tab', (text) => `=== "Linux"\n\n${text.replace(/^/gm, '    ')}`],
    ['in a box', (text) => `<details>\n<summary>Linux</summary>\n\n${text}\n\n</details>`],
  ];
  const SCREENS = [
    ['bash', SCREEN],
    ['console', SCREEN],
    ['', SCREEN],
    ['bash', `${COMMAND}\npod "web" deleted`],
    ['', `${COMMAND}\npod "web" deleted`],
    ['console', `root@db:~# ${COMMAND}\npod "web" deleted`],
  ] as const;
  const CASES = AROUND.flatMap(([where, wrap]) =>
    SCREENS.map(([tag, screen]) => ({ where, wrap, tag, screen })),
  );
  test.each(CASES)('$where, tagged "$tag": $screen', async ({ wrap, tag, screen }) => {
    const lead = 'and you should see something like this';
    const { steps } = await read(`# Pods\n\n${wrap(page(lead, tag, screen))}\n`);
    expect(steps).toHaveLength(1);
    expect(steps[0]?.expectation).toMatchObject({ text: 'pod "web" deleted', advisory: true });
  });
});

test.each(LANGUAGES)(
  'all phrases of $name that speak of output say so over it',
  async (language) => {
    const { phrases, examples } = language;
    const all = [...phrases.output, ...phrases.example];
    const parts = all.map((phrase, at) => `## ${at}\n\n${page(`${phrase}:`, 'bash', SCREEN)}`);
    const { steps } = await read(`# P\n\n${examples.tells.join('. ')}.\n\n${parts.join('\n\n')}\n`);
    const titles = steps.map(({ title }) => title.toLowerCase());
    expect(all.filter((phrase) => titles.includes(phrase))).toEqual([]);
    expect(steps).toHaveLength(all.length);
  },
);

test.each([
  ['nothing between', page('', '', SCREEN)],
  ['words below', `${page('', 'bash', SCREEN)}\n\nThe above is a sample of the output.`],
  ['a heading', page('## What it looks like', 'bash', SCREEN)],
  [
    'names in place of holes',
    page('It looks like this', 'sh', SCREEN).replace('pod web', 'pod <pod>'),
  ],
  ['sudo in one of them', page('Sample:', 'sh', SCREEN.replace('kubectl', 'sudo kubectl'))],
])('it is one with %s', async (_what, text) => {
  expect(await stepsOf(`# P\n\n${text}\n`)).toHaveLength(1);
});

test.each([
  ['that is asked for', page('Run it again and it should look like this:', 'bash', SCREEN)],
  ['under words of its own', page('Delete it once more:', 'bash', SCREEN)],
  ['that shows no output', page('Look at the results again:', 'bash', COMMAND)],
  ['of another command', page('', 'bash', '$ kubectl get pods\nNo resources found')],
  ['that goes on', page('', 'bash', `${COMMAND}\nkubectl get pods`)],
  ['in the next section', page('## Delete the next one', 'bash', SCREEN)],
])('a fence %s is a step', async (_what, text) => {
  expect(await stepsOf(`# P\n\n${text}\n`)).toHaveLength(2);
});

test('a session that is said to be a sample of output is run by nobody unasked', async () => {
  const text = `# P\n\nSee below for an example output\n\n${fence('', '$ app list\nweb up')}\n`;
  const { steps } = await read(text);
  expect(steps.map(({ doubtful }) => doubtful?.or)).toEqual([
    'the text above says that it is a sample of output',
  ]);
});

test('what is marked as wrong and right side by side is to be known, what is to be run if one fails is not', async () => {
  const run = (text: string): string => `\`\`\`bash\n${text}\n\`\`\`\n\n`;
  const pair = `# U\n\n❌ Using the path of the host:\n\n${run('/usr/local/bin/php')}✅ Use that of the container instead:\n\n${run('php')}`;
  expect(await stepsOf(pair)).toEqual([]);
  const ways = `# U\n\n✅ Healthy:\n\n${run('systemctl status web')}❌ If it failed:\n\n${run('systemctl restart web')}`;
  expect(await stepsOf(ways)).toHaveLength(2);
});
