import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { expect, test } from 'vitest';
import { plainText } from '../../../src/engine/reading/plain-text.ts';
import { withWholeCells } from '../../../src/engine/reading/whole-cells.ts';

const cellsOf = (source: string): string[][] => {
  const { children } = unified().use(remarkParse).use(remarkGfm).parse(source);
  const [table] = withWholeCells(children, source.split('\n'));
  return table?.type === 'table'
    ? table.children.map((row) => row.children.map((cell) => plainText(cell)))
    : [];
};
const HEAD = '| What | How | Wanted |\n|---|---|--:|\n';

const rows: readonly (readonly [row: string, cells: readonly string[]])[] = [
  ['| Disk | `df -h | tail -1` | 80 |', ['Disk', 'df -h | tail -1', '80']],
  ['| Two | `a | b | c` | 1 |', ['Two', 'a | b | c', '1']],
  ['| Both `x | y` | run `p | q` now | 2 |', ['Both x | y', 'run p | q now', '2']],
  ['| Escaped | `who \\| wc -l` | 3 |', ['Escaped', 'who | wc -l', '3']],
  ['| Lone ` tick | b | 4 |', ['Lone ` tick', 'b', '4']],
];
for (const [row, cells] of rows) {
  test(`the cells of ${row} are what its author meant`, () => {
    expect(cellsOf(`${HEAD}${row}\n`)[1]).toEqual(cells);
  });
}
