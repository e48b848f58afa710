import { describe, expect, test } from 'vitest';
import { read } from '../../support/read.ts';

const fence = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\`\n`;
const statement = "DELETE FROM jobs WHERE state = 'dead';";

async function doubtOf(before: string, language = 'sql'): Promise<string> {
  const { steps } = await read(
    `# Clean up\n\n${before}\n\nThen delete:\n\n${fence(language, statement)}`,
  );
  return steps.at(-1)?.doubtful?.or ?? '';
}

describe('SQL is meant for the database that the page spoke of last', () => {
  test.each([
    ['a prompt', fence('console', 'mysql> SELECT 1;')],
    ['a prompt of MariaDB', fence('', 'MariaDB [shop]> SELECT 1;')],
    ['a client', fence('bash', 'mysql -u root -p shop')],
    ['a client behind a prompt', fence('console', '$ sudo mysql shop')],
    ['another client', fence('bash', 'sqlite3 jobs.db')],
    ['a heading', '## MySQL'],
    ['a sentence', 'On the MariaDB primary the table grows.'],
  ])('by %s', async (_by, before) => {
    expect(await doubtOf(before)).toContain('which is not PostgreSQL');
  });

  test.each([
    ['nothing', 'The table grows.'],
    ['psql', fence('bash', 'psql -c "select 1"')],
    ['PostgreSQL after MySQL', 'The old MySQL is gone.\n\nPostgreSQL is up.'],
  ])('and is run behind %s', async (_by, before) => {
    expect(await doubtOf(before)).toBe('');
  });

  test('unless its own tag says whose it is', async () => {
    expect(await doubtOf('## MySQL', 'postgresql')).toBe('');
  });

  test('unless it names its connection', async () => {
    expect(await doubtOf('## MySQL', 'sql connection=shop')).toBe('');
  });
});

test('bullets that say what to do in which case are named', async () => {
  const text =
    '# Decide\n\nLook at both nodes.\n\n- neither answers → call the vendor\n- Both answer: restart the balancer\n- none of these → escalate to the network team\n- The nodes are in Berlin\n';
  const { diagnostics } = await read(text);
  const lines = diagnostics.filter(({ rule }) => rule === 'left-out').map(({ line }) => line);
  expect(lines).toEqual([5, 6, 7]);
});

test.each([
  ['systemctl restart web // so that it reads the file', true],
  ['ls //', false],
  ['curl -f http://localhost/health', false],
])('words behind // are handed to the program: %s', async (command, isDoubtful) => {
  const { steps } = await read(`# U\n\n\`\`\`bash\n${command}\n\`\`\`\n`);
  expect(steps.map(({ doubtful }) => Boolean(doubtful))).toEqual([isDoubtful]);
});
