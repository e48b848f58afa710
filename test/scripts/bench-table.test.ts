import { expect, test } from 'vitest';
import type { Row } from '../../scripts/bench/row.ts';
import { markdownTable, type Report, verdictOf } from '../../scripts/bench/table.ts';

const row = (name: string, what: string, value: number): Row => ({
  name,
  what,
  goal: 2,
  unit: 'E',
  value,
  seen: 'so',
});
const report = (...rows: readonly Row[]): Report => ({ node: '1.2.3', cpus: 2, load: 0, rows });
const ORDER = ['one', 'two', 'three'];
const rowsOf = (table: string): readonly string[] =>
  table.split('\n').filter((line) => line.includes('<!--'));

test('rows that were not measured stay, what was measured stands in its place with what it was', () => {
  const first = markdownTable(
    '',
    report(row('one', 'a', 1), row('three', 'c', 3)),
    undefined,
    ORDER,
  );
  const second = report(row('three', 'c', 1.5), row('two', 'b', 9));
  expect(rowsOf(markdownTable(first, second, undefined, ORDER))).toEqual([
    '| a | ≤ 2 E |  | 1.00 E | holds | so <!-- one --> |',
    '| b | ≤ 2 E |  | 9.00 E | SHORT | so <!-- two --> |',
    '| c | ≤ 2 E | 3.00 E | 1.50 E | holds | so <!-- three --> |',
  ]);
});

test('an earlier report says what a row was, rather than the table', () => {
  const first = markdownTable('', report(row('one', 'a', 1)), undefined, ORDER);
  const [line] = rowsOf(
    markdownTable(first, report(row('one', 'a', 2)), report(row('one', 'a', 7)), ORDER),
  );
  expect(line).toContain('| 7.00 E | 2.00 E |');
});

test('the rows of one name are told apart by what they say', () => {
  const both = report(row('one', 'a', 1), row('one', 'b', 2));
  const table = markdownTable('', both, undefined, ORDER);
  const again = rowsOf(markdownTable(table, both, undefined, ORDER));
  expect(again.map((line) => line.split('|')[3]?.trim())).toEqual(['1.00 E', '2.00 E']);
});

test.each([
  ['holds', { value: 1.9, usual: 2, rounds: 3 }],
  ['holds', { value: 1.9 }],
  ['unsure', { value: 1.9, usual: 2.1, rounds: 9 }],
  ['unsure', { value: 1.9, usual: 1.9, rounds: 1 }],
  ['SHORT', { value: 2.1, usual: 1.9, rounds: 9 }],
  ['SHORT', { value: Number.NaN }],
  ['', { value: null }],
])('a goal %s only where the usual figure of several rounds says so, too: %o', (verdict, seen) => {
  expect(verdictOf({ ...row('one', 'a', 1), ...seen })).toBe(verdict);
});
