import { expect, test } from 'vitest';
import { read } from '../../support/read.ts';

const HEAD = '---\ninputs: { db: { default: a } }\n---\n# T\n\n```bash capture=got\ntrue\n```\n\n';
const saidOf = async (page: string): Promise<string> =>
  (await read(HEAD + page)).diagnostics.map(({ message, hint }) => `${message} ${hint}`).join('\n');

const fence = (words: string): string => `\`\`\`bash ${words}\ntrue\n\`\`\`\n`;
const PLACES: readonly (readonly [string, (value: string) => string])[] = [
  ['host', (value) => fence(`host=${value}`)],
  ['in', (value) => fence(`in=container:${value}`)],
  ['cwd', (value) => fence(`cwd=${value}`)],
  ['env.X', (value) => fence(`env.X=${value}`)],
  ['with.x', (value) => `<!-- handrail: with.x=${value} -->\n1. [Other](other.md)\n`],
];

test.each(PLACES)(
  '`%s` takes the name of an input or of something captured, and no other',
  async (word, page) => {
    expect(await saidOf(page('{{nothing}}'))).toContain(`The annotation \`${word}=`);
    expect(await saidOf(page('{{dbs}}'))).toContain('Did you mean `{{db}}`?');
    for (const value of ['{{db}}', '{{got}}', '{{.Name}}', 'plain'])
      expect(await saidOf(page(value))).toBe('');
  },
);

test('the item of `each` is known in its own step', async () => {
  expect(await saidOf(fence('each="one in db" host={{one}}'))).toBe('');
});
