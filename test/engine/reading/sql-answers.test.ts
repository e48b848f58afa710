import { expect, test } from 'vitest';
import { read, stepOf } from '../../support/read.ts';

const fenced = (text: string, tag = 'sql'): string => `# X\n\n\`\`\`${tag}\n${text}\n\`\`\`\n`;
const TABLE = ' n\n---\n 1\n(1 row)';

test.each([
  ['a tag at the end', 'DELETE FROM t WHERE id = 7;\nDELETE 1', 'DELETE 1'],
  ['a table', `SELECT n FROM t;\n${TABLE}`, TABLE],
  ['a tag and the clock', 'UPDATE t SET n = 1;\nUPDATE 3\nTime: 0.4 ms', 'UPDATE 3'],
  [
    'statements that say nothing between others',
    'BEGIN;\nDELETE FROM t WHERE id = 7;\nDELETE 1\nCOMMIT;',
    '...\nDELETE 1\n...',
  ],
  ['a table without its number of rows', 'SELECT n FROM t;\n n\n---\n 1', ' n\n---\n 1\n...'],
  [
    'rows that look like statements',
    'SELECT q FROM t;\n    q\n---------\n DROP TABLE t;\n(1 row)',
    '    q\n---------\n DROP TABLE t;\n(1 row)',
  ],
  [
    'answers of a session',
    `shop=# SELECT n FROM t;\n${TABLE}\n\nshop=# DELETE FROM t WHERE n = 1;\nDELETE 1`,
    `${TABLE}\nDELETE 1`,
  ],
])('%s in a fence is compared and never run', async (_what, text, expected) => {
  const step = await stepOf(fenced(text));
  expect(step.type).toBe('sql');
  expect(step.expectation).toMatchObject({ text: expected, advisory: false });
  for (const line of expected.split('\n').filter((each) => /\w/.test(each)))
    expect(step.text.split('\n')).not.toContain(line);
});

test.each([
  ['records', 'SELECT n FROM t;\n-[ RECORD 1 ]\nn | 1'],
  ['frames', 'SELECT n FROM t;\n+---+\n| n |\n+---+\n| 1 |\n+---+'],
])('%s only show a shape', async (_what, text) => {
  expect((await stepOf(fenced(text))).expectation).toMatchObject({ advisory: true });
});

test('statements go on below an answer', async () => {
  const { text } = await stepOf(
    fenced(`SELECT n FROM t;\n${TABLE}\n\nDELETE FROM t\nWHERE n = 1;\nDELETE 1`),
  );
  expect(text.split('\n').filter((line) => line !== '')).toEqual([
    'SELECT n FROM t;',
    'DELETE FROM t',
    'WHERE n = 1;',
  ]);
});

test('what COPY sends is no answer', async () => {
  const text = 'COPY t FROM stdin;\nDELETE 1\n\\.';
  expect(await stepOf(fenced(text))).toMatchObject({ text, expectation: null });
});

test('a statement that is answered before its end is a person’s', async () => {
  const step = await stepOf(fenced('DELETE FROM t\nWHERE id = 7\nDELETE 1'));
  expect(step).toMatchObject({
    type: 'manual',
    why: expect.stringContaining('answered before its'),
  });
});

test.each([
  ['bash', 'psql otherdb\nDELETE FROM t WHERE id = 7;'],
  ['console', '$ psql -h db2 -U ops shop\nshop=# DELETE FROM t WHERE id = 7;'],
  ['sql', '-- psql -d otherdb\nDELETE FROM t WHERE id = 7;'],
  ['', '$ sudo -u postgres psql postgres://db2/shop\nshop=# DELETE FROM t WHERE id = 7;'],
])('a client opened on a database by name in a fence `%s` makes it doubtful', async (tag, text) => {
  const doubtful = await stepOf(fenced(text, tag));
  expect(doubtful.doubtful?.or).toContain('another database');
  const said = await stepOf(fenced(text, `${tag || 'sql'} connection=other`));
  expect(said.doubtful).toBeUndefined();
});

test.each([
  ['bash', 'psql "$DATABASE_URL"\nDELETE FROM t WHERE id = 7;'],
  ['console', '$ sudo -u postgres psql -At\nshop=# DELETE FROM t WHERE id = 7;'],
  ['sql', 'shop=# DELETE FROM t WHERE id = 7;'],
])('a client that leaves the database open in a fence `%s` does not', async (tag, text) => {
  const { steps } = await read(fenced(text, tag));
  expect(steps.map(({ type, doubtful }) => [type, doubtful])).toEqual([['sql', undefined]]);
});

test('a fence of SQL that only lists what a table has is none to run', async () => {
  const list = '-- columns:\n- id (INTEGER)\n- name (TEXT)\n\n-- not there:\n- state (TEXT)';
  expect((await read(`# U\n\n\`\`\`sql\n${list}\n\`\`\`\n`)).steps).toEqual([]);
  const { steps } = await read('# U\n\n```sql\n-- look\nSELECT 1;\n```\n');
  expect(steps.map(({ type }) => type)).toEqual(['sql']);
});
