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

test.each(PLACES)(
  '`%s` alone on a page is judged as well, and no shell reads it',
  async (_, page) => {
    const alone = async (value: string): Promise<string> =>
      (await read(`# T\n\n${page(value)}`)).diagnostics.map(({ message }) => message).join('\n');
    expect(await alone('{{nothing}}')).toContain('`{{nothing}}` is no input');
    for (const value of ['$HOME/x', '$(pwd)', '${HOME}', '${HOME}/x'])
      expect(await alone(value)).toMatch(/stays as it stands|has to be/);
    expect(await alone('plain')).toBe('');
  },
);

test.each(['interpreter', 'name', 'shell', 'tag'])(
  'the name of an input in `%s` is told of: it is not replaced',
  async (word) => {
    const page = `---\ninputs: { db: { default: a } }\n---\n# T\n\n${fence(`${word}={{db}}`)}`;
    const said = (await read(page)).diagnostics.map(({ message }) => message);
    expect(said.join()).toContain(`\`{{db}}\` is not replaced in \`${word}\``);
  },
);

test.each([
  ['"$HOME/x"', '`$HOME`, which stays'],
  ['"$(date +%F)"', '`$(date +%F)`, which stays'],
  ['"{{other}}-db"', '`{{other}}`, which stays'],
  ['CHANGEME', 'reads like a place to be filled in'],
  ['<your-host>', 'reads like a place to be filled in'],
])('the default %s of an input is doubted', async (value, said) => {
  const page = (text: string): string =>
    `---\ninputs: { db: { default: ${text} } }\nenvironments: { live: { values: { db: ${text} } } }\n---\n# T\n\n${fence('')}`;
  const found = (await read(page(value))).diagnostics.filter(({ rule }) => rule === 'frontmatter');
  expect(found.map(({ severity }) => severity)).toEqual(['warning', 'warning']);
  expect(found[0]?.message).toContain(said);
  expect((await read(page('costs 5 $'))).diagnostics).toEqual([]);
});

test('a time to wait for a lock says nothing where nobody waits', async () => {
  const page = (more: string): string => `---\nlock: { wait: 5m${more} }\n---\n# T\n\n${fence('')}`;
  const said = async (more: string): Promise<string> =>
    (await read(page(more))).diagnostics.map(({ message }) => message).join();
  expect(await said('')).toContain('means nothing beside `policy: skip`');
  expect(await said(', policy: wait')).toBe('');
});

const WITH_INPUTS =
  '---\ninputs: { env: { choices: [dev, prod] }, count: { type: number } }\n---\n\n';
const comparing = (condition: string): string =>
  `${WITH_INPUTS}# T\n\n~~~bash when="${condition}"\necho {{env}} {{count}} {{other}}\n~~~\n`;

async function comparedIn(condition: string): Promise<readonly string[]> {
  const { diagnostics } = await read(comparing(condition));
  return diagnostics.flatMap(({ message }) => (message.includes('compares') ? [message] : []));
}

test.each(['env = staging', 'not env = staging', 'env in (dev, staging)', 'count = many'])(
  '`%s` compares an input with what it can never be, and is told',
  async (condition) => {
    expect(await comparedIn(condition)).toHaveLength(1);
  },
);

test.each(['env = prod', 'count = 3', 'other = whatever', "env = ''", 'count > 3'])(
  '`%s` compares with what may be',
  async (condition) => {
    expect(await comparedIn(condition)).toEqual([]);
  },
);
