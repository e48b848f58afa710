import { describe, expect, test } from 'vitest';
import { read } from '../../support/read.ts';

const fence = (info: string, text: string): string => `\`\`\`${info}\n${text}\n\`\`\`\n`;

/** Two fences under two labels, below a step that prints something. */
const page = (labels: readonly [string, string], infos: readonly [string, string], above = '') =>
  `# Move\n\n${fence('bash', 'df -h <dir>')}\n${labels
    .map((label, at) => `${label}\n\n${above}${fence(infos[at] ?? '', `df -h /srv/${at}`)}`)
    .join('\n')}`;

const linesOfSteps = async (text: string): Promise<readonly string[]> =>
  (await read(text)).steps.map((step) => step.text.trim()).filter((ran) => ran.includes('/srv/'));

const BOTH = ['df -h /srv/0', 'df -h /srv/1'];

const LABELS: readonly (readonly [string, string])[] = [
  ['Before:', 'After:'],
  ['Old:', 'New:'],
  ['**Before**', '**After**'],
  ['Vorher:', 'Nachher:'],
  ['Antes:', 'Después:'],
  ['Avant :', 'Après :'],
  ['Prije:', 'Poslije:'],
  ['❌ The path of the host:', '✅ That of the container:'],
  ['Output:', 'Expected output:'],
  ['Example output:', 'Ausgabe:'],
  ['For example:', 'Example:'],
  ['You should see something like:', 'The output looks like this:'],
];

describe.each(LABELS)('below "%s" and "%s" fences with commands are steps', (...labels) => {
  test.each([
    ['a name', 'bash name=a', 'bash name=b'],
    ['a host', 'bash host=b4', 'bash host=b5'],
    ['a time', 'sh timeout=5m', 'sh retries=2'],
  ])('by the word of their author: %s', async (_what, ...infos) => {
    expect(await linesOfSteps(page(labels, infos))).toEqual(BOTH);
  });

  test('by a comment above them', async () => {
    const above = '<!-- handrail: effect=reads -->\n\n';
    expect(await linesOfSteps(page(labels, ['bash', 'bash'], above))).toEqual(BOTH);
  });
});

test.each([
  ['nothing', 'bash', 'bash'],
  ['a title, which other tools write', 'bash title="on db1"', 'bash title="on db2"'],
  ['a rule that is silent', 'bash allow=mistagged', 'bash allow=mistagged'],
])('two states set side by side stay shown where their author says %s', async (_what, ...infos) => {
  expect(await linesOfSteps(page(['Before:', 'After:'], infos))).toEqual([]);
});

test('how output is compared, and that it is output, makes no step of it', async () => {
  const infos = ['bash output', 'bash match=exact'] as const;
  expect(await linesOfSteps(page(['Output:', 'Output:'], infos))).toEqual([]);
});
