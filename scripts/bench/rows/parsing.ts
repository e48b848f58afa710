import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { manualOf } from '../pages.ts';
import { figure, type Group, type Row, ratio } from '../row.ts';

const limits = fileURLToPath(new URL('../limits', import.meta.url));
const library = fileURLToPath(new URL('../../../dist/index.js', import.meta.url));

/** Reading markdown itself, without a start. */
export const parsing: Group = {
  name: 'parsing',
  rows: ['parse', 'parse-linear', 'parse-fences', 'parse-hostile'],
  measure(bench) {
    const large = bench.file('large.md', manualOf(bench.isQuick ? 1_000_000 : 10_000_000));
    const small = bench.file('small.md', manualOf(bench.isQuick ? 100_000 : 1_000_000));
    const fences = bench.file(
      'fences.md',
      `# List\n\n${'1. Do it:\n   ```bash\n   true\n   ```\n'.repeat(1200)}`,
    );
    const hostile = bench.file('hostile.md', `# Hostile\n\n${'- '.repeat(12_500)}x\n`);
    const parse = (name: string, file: string) => ({
      name,
      argv: [bench.node, path.join(limits, 'parse.ts'), library, file],
      measuresItself: true,
    });
    const times = bench.race([
      { name: 'P', argv: [bench.node, path.join(limits, 'mdast.ts'), small], measuresItself: true },
      parse('small', small),
      parse('large', large),
      parse('fences', fences),
      parse('hostile', hostile),
    ]);
    const seconds = (name: string, what: string, goal: number, got: string): Row =>
      figure({ name, what, goal }, (times.get(got)?.cpuMs ?? Number.NaN) / 1000, 's');
    return [
      ratio(
        { name: 'parse', what: `parse ${bench.isQuick ? '.1' : '1'} MB`, goal: 1.2 },
        times,
        ['small'],
        ['P'],
      ),
      ratio(
        { name: 'parse-linear', what: 'ten times as much', goal: 12 },
        times,
        ['large'],
        ['small'],
        '×',
      ),
      seconds('parse-fences', 'a list of 1,200 fences', 0.3, 'fences'),
      seconds('parse-hostile', 'hostile 25 KB', 1, 'hostile'),
    ];
  },
};
