import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { expect, test } from 'vitest';
import { plainText } from '../../../src/engine/reading/plain-text.ts';
import { withWholeCells } from '../../../src/engine/reading/whole-cells.ts';
import { read } from '../../support/read.ts';

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
  ['| Ticks | ``echo `date` | wc -l`` | 5 |', ['Ticks', 'echo `date` | wc -l', '5']],
  ['| Blanks | `` `id` | tr a ` | wc `` | 6 |', ['Blanks', '`id` | tr a ` | wc', '6']],
  ['| Three ```x | ``y`` | z``` | `p | q` | 7 |', ['Three x | ``y`` | z', 'p | q', '7']],
];
for (const [row, cells] of rows) {
  test(`the cells of ${row} are what its author meant`, () => {
    expect(cellsOf(`${HEAD}${row}\n`)[1]).toEqual(cells);
  });
}

test.each([
  ['``echo `date` | wc -l``', 'echo `date` | wc -l'],
  ['`who | wc -l`', 'who | wc -l'],
  ['```a `b` ``c`` | wc -l```', 'a `b` ``c`` | wc -l'],
])('a row whose command is spelled %s runs it, in a quote, too', async (cell, command) => {
  for (const quote of ['', '> ']) {
    const page = `# T\n\nRun each:\n\n${HEAD.replace('How', 'Command')}| Disk | ${cell} | < 80 |\n`;
    const { steps } = await read(page.replace(/^\|/gm, `${quote}|`));
    expect(steps.map(({ text }) => text)).toEqual([command]);
  }
});

test('a row with more cells than columns among rows that run is said to be one', async () => {
  const { diagnostics } = await read(
    `# T\n\nRun each:\n\n${HEAD.replace('How', 'Command')}| Disk | \`df -h\` | < 80 |\n| Users | who | wc -l | < 9 |\n| Lone \`tick | \`who | wc -l\` | < 9 |\n`,
  );
  expect(diagnostics.filter(({ rule }) => rule === 'split-cell').map(({ line }) => line)).toEqual([
    8, 9,
  ]);
});
