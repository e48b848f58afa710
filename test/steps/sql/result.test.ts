import { expect, test } from 'vitest';
import { asPsql } from '../../../src/steps/sql/result.ts';
import type { SqlRow } from '../../../src/steps/sql/table.ts';

const INT = 23;
const TEXT = 25;
const answer = (types: Readonly<Record<string, number>>, ...rows: readonly SqlRow[]) => ({
  tag: `SELECT ${rows.length}`,
  columns: Object.entries(types).map(([name, type]) => ({ name, type })),
  rows,
  total: rows.length,
});

// What psql 15 printed, white space at line ends aside.
test.each([
  [
    'NULL is empty',
    [answer({ id: INT, note: TEXT, ok: TEXT }, ['1', null, 't'])],
    ' id | note | ok\n----+------+----\n  1 |      | t\n(1 row)\n',
  ],
  [
    'a value of several lines goes on below itself',
    [answer({ id: INT, note: TEXT, n: INT }, ['1', 'a\nbcd\n', '2'], ['20', 'e', '3'])],
    ' id | note | n\n----+------+---\n  1 | a   +| 2\n    | bcd +|\n    |      |\n 20 | e    | 3\n(2 rows)\n',
  ],
  [
    'so does a name',
    [answer({ 'two\nlines': TEXT, b: INT }, ['x', '1'])],
    '  two +| b\n lines |\n-------+---\n x     | 1\n(1 row)\n',
  ],
  [
    'tabs are blanks, other controls are spelled out, wide letters take two columns',
    [answer({ a: TEXT, b: TEXT }, ['x\ty', '\r\u0001'], ['日本', ''])],
    '     a     |   b\n-----------+--------\n x       y | \\r\\x01\n 日本      |\n(2 rows)\n',
  ],
  [
    'what returns no rows says its tag',
    [{ tag: 'DELETE 1', columns: [], rows: [], total: 0 }, answer({ a: INT })],
    'DELETE 1\n a\n---\n(0 rows)\n',
  ],
])('%s', (_what, answers, printed) => {
  expect(asPsql(answers, '')).toBe(printed);
});

test('is like what it is compared with: NULL spelled out, a blank line behind tables', () => {
  const answers = [answer({ a: TEXT }, [null]), answer({ b: TEXT }, ['x'])];
  expect(asPsql(answers, ' a\n---\n NULL\n(1 row)\n\n b\n')).toBe(
    '  a\n------\n NULL\n(1 row)\n\n b\n---\n x\n(1 row)\n\n',
  );
});
