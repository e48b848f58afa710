import { describe, expect, test } from 'vitest';
import { csvLine, psqlWidth, renderTable } from '../../../src/steps/sql/table.ts';

const TEXT = 25;
const INT4 = 23;

/** A result of one row of text after the other. */
const shown = (names: readonly string[], ...rows: readonly (string | null)[][]): string =>
  renderTable({
    columns: names.map((name) => ({ name, type: name.startsWith('#') ? INT4 : TEXT })),
    rows,
    total: rows.length,
  }).text;

test.each([
  ['abc', 3],
  ['Ωμέγα', 5],
  ['снег', 4],
  ['e\u0301', 1],
  ['東京', 4],
  ['서울', 4],
  ['｡', 1],
  ['！', 2],
  ['🚒', 2],
  ['', 0],
])('%j takes %i columns of a terminal', (text, columns) => {
  expect(psqlWidth(text)).toBe(columns);
});

describe('a result is the table that psql prints', () => {
  test('with names in the middle, numbers on the right, and columns as wide as their widest cell', () => {
    expect(shown(['city', '#people'], ['東京', '37'], ['Ωμέγα', '1200'], [null, null])).toBe(
      [
        ' city  | #people',
        '-------+---------',
        ' 東京  |      37',
        ' Ωμέγα |    1200',
        '       |',
        '(3 rows)',
        '',
      ].join('\n'),
    );
  });

  test.each([
    [[], '(0 rows)'],
    [[['a']], '(1 row)'],
    [[['a'], ['b']], '(2 rows)'],
  ])('%j ends with %s', (rows, end) => {
    expect(
      shown(['name'], ...rows)
        .trimEnd()
        .split('\n')
        .at(-1),
    ).toBe(end);
  });

  test('with what could drive a terminal, or would begin a line, shown as an escape', () => {
    expect(shown(['name'], ['a\u001b[2Jb\nc'])).toContain(' a\\x1b[2Jb\\nc\n');
  });

  test('and says when it is not whole', () => {
    const columns = [{ name: 'n', type: TEXT }];
    const of = (rows: string[][], total: number) => renderTable({ columns, rows, total });
    expect(of([['a']], 9)).toMatchObject({ complete: false });
    expect(of([['a']], 9).text).toContain('(9 rows, the first 1 shown)');
    expect(of([['x'.repeat(121)]], 1)).toMatchObject({ complete: false });
    expect(of([['x'.repeat(120)]], 1)).toMatchObject({ complete: true });
    expect(of([['a\tb']], 1)).toMatchObject({ complete: false });
  });
});

test('in CSV, no value is an empty field, and an empty text is quoted', () => {
  expect(csvLine([null, '', 'a', 'b,c', 'd"e', 'f\ng'])).toBe(',"",a,"b,c","d""e","f\ng"\r\n');
});
