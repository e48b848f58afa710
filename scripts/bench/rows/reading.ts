import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { manualOf } from '../pages.ts';
import { type Bench, type Group, type Row, ratio } from '../row.ts';

const COMMANDS = ['show', 'check', 'list'] as const;

/** What only looks at pages: known ones and new ones. */
export const reading: Group = {
  name: 'reading',
  rows: [...COMMANDS.flatMap((name) => [`${name}-read`, `${name}-new`]), 'list-sixty'],
  measure(bench) {
    const empty = bench.file('empty.cjs', '');
    folderIn(bench, 'known');
    const known = bench.file('known/manual.md', manualOf(40_000));
    let edition = 0;
    const renew = (): void => {
      edition += 1;
      writeFileSync(
        path.join(folderIn(bench, 'fresh'), 'manual.md'),
        manualOf(40_000, `M ${edition}`),
      );
    };
    renew();
    const sixty = folderIn(bench, 'sixty');
    for (let number = 1; number <= 60; number += 1)
      bench.file(path.join('sixty', `page-${number}.md`), manualOf(8000, `Page ${number}`));
    const call = (name: (typeof COMMANDS)[number], folder: string): readonly string[] =>
      bench.handrail(name, name === 'list' ? folder : path.join(folder, 'manual.md'));
    // What other groups have recorded is no part of it: a list tells the last run of each page.
    const env = { HANDRAIL_HOME: folderIn(bench, 'no-runs') };
    const times = bench.race([
      { name: 'E', argv: [bench.node, empty] },
      ...COMMANDS.flatMap((name) => [
        { name: `${name}-read`, argv: call(name, path.dirname(known)), env, alsoFine: [65] },
        {
          name: `${name}-new`,
          argv: call(name, folderIn(bench, 'fresh')),
          env,
          before: renew,
          alsoFine: [65],
        },
      ]),
      { name: 'list-sixty', argv: bench.handrail('list', sixty), env },
    ]);
    const row = (name: string, what: string, goal: number): Row =>
      ratio({ name, what, goal }, times, [name], ['E']);
    return [
      ...COMMANDS.flatMap((name) => [
        row(`${name}-read`, `\`${name}\` of a 40 KB page, read before`, 1.6),
        row(`${name}-new`, `… never read`, 4),
      ]),
      row('list-sixty', '`list` of 60 pages, read before', 2.5),
    ];
  },
};

function folderIn({ folder }: Bench, name: string): string {
  const full = path.join(folder, name);
  mkdirSync(full, { recursive: true });
  return full;
}
