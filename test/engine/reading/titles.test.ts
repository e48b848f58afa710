import { expect, test } from 'vitest';
import { LANGUAGES } from '../../../src/engine/reading/languages/all.ts';
import { isFragment } from '../../../src/engine/reading/titles.ts';
import { findingsOf, read, stepsOf } from '../../support/read.ts';

const FRAGMENTS =
  'or|and then|The commands are as follows|takes 5 minutes|This will take about 10 minutes|like so:|For example:|as below|und dann|et puis|例えば|e poi';
const NAMES =
  'Restart it|Take a backup|a|Do this|Follow the log|Minutes|Wait 5 minutes|Below zero|Build in 5 minutes|Start|Server neu starten|バックアップ';

test.each(FRAGMENTS.split('|'))('%j is the name of nothing', (said) => {
  expect(isFragment(said)).toBe(true);
});

test.each(NAMES.split('|'))('%j names what stands below it', (said) => {
  expect(isFragment(said)).toBe(false);
});

test.each(LANGUAGES)('no instruction of $name is a fragment', ({ examples }) => {
  expect(examples.tells.filter(isFragment)).toEqual([]);
});

test('a fence under a fragment has the title of its heading, and a comment that is one titles none', async () => {
  const fence = '```bash\n# takes 5 minutes\nmake all\n```';
  const leads = ['and then', 'The commands are as follows:', 'like so:'];
  const text = leads.map((lead) => `${lead}\n\n${fence}`).join('\n\n');
  expect(await stepsOf(`# Build\n\n${text}\n`)).toEqual([
    '5 shell Build',
    '12 shell Build',
    '19 shell Build',
  ]);
});

test('a comment behind `//` is none of the commands, and is named', async () => {
  const text = '# T\n\n```bash\n// stop it\nuptime\n  //then\ncat <<X\n// kept\nX\n```\n';
  const { steps } = await read(text);
  expect(steps.map(({ text: script }) => script)).toEqual([
    '#/ stop it\nuptime\n  #/then\ncat <<X\n// kept\nX',
  ]);
  expect(await findingsOf(text)).toEqual(['3 mistagged']);
});

test.each([
  'Complete the steps in [Set up](./set-up.md).',
  '- The cluster of [Set up](./set-up.md)',
])('a page that is asked for before this one is named: %j', async (said) => {
  const text = `# T\n\n## Prerequisites\n\n${said}\n\n## Go\n\n\`\`\`bash\nuptime\n\`\`\`\n`;
  expect(await findingsOf(text)).toEqual(['5 left-out']);
});

test('a picture in an item is no part of its title', async () => {
  const { steps } = await read(
    '# Steps\n\n1. Open the console.\n   ![Console *border](console.png)\n2. Press Start. ![Start](start.png)\n',
  );
  expect(steps.map(({ title }) => title)).toEqual(['Open the console', 'Press Start']);
});

test.each([
  ['echo "<script>alert(1)</script>"', 'echo "<script>alert(1)</script>"'],
  ['echo "a; b | c" | tr a b', 'echo "a; b | c" …'],
  ["echo 'it; is' d", "echo 'it; is' d"],
  ['echo "one\ntwo"', 'echo "one …'],
  ['ls -l; df', 'ls -l …'],
  ['ls -l;', 'ls -l'],
  ['ls -l\n# over\ndf', 'ls -l …'],
  ['set -eu\nls -l\n# done', 'ls -l'],
])('a title of what %j begins with says whether that is all: %s', async (script, begins) => {
  const page = `# P\n\n## Go\n\n\`\`\`sh\n${script}\n\`\`\`\n\n\`\`\`sh\nuptime\n\`\`\`\n`;
  const [first] = await stepsOf(page);
  expect(first?.replace(/^5 shell /, '')).toMatch(/^Go: /);
  expect(first?.split(': ').slice(1).join(': ')).toBe(begins);
});
