import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { manualOf } from '../pages.ts';
import { type Group, ratio } from '../row.ts';

const rehype = fileURLToPath(new URL('../limits/rehype.ts', import.meta.url));

/** A site of 66 pages, made at first and made again. */
export const site: Group = {
  name: 'site',
  rows: ['site-cold', 'site-unchanged'],
  measure(bench) {
    const empty = bench.file('empty.cjs', '');
    const from = path.join(bench.folder, 'handbook');
    mkdirSync(from, { recursive: true });
    for (let number = 1; number <= 66; number += 1)
      bench.file(path.join('handbook', `page-${number}.md`), manualOf(8000, `Page ${number}`));
    const [cold, kept] = ['site-cold', 'site-kept'].map((name) => path.join(bench.folder, name));
    const nobody = path.join(bench.folder, 'nobody');
    const build = (out = ''): readonly string[] =>
      bench.handrail('site', 'build', from, '--out', out);
    const times = bench.race([
      { name: 'E', argv: [bench.node, empty] },
      { name: 'R', argv: [bench.node, rehype, from, path.join(bench.folder, 'raw')] },
      {
        name: 'cold',
        argv: build(cold),
        env: { HANDRAIL_HOME: nobody, XDG_CACHE_HOME: nobody },
        before: () => {
          rmSync(nobody, { recursive: true, force: true });
          rmSync(cold ?? '', { recursive: true, force: true });
        },
      },
      { name: 'kept', argv: build(kept) },
    ]);
    return [
      ratio(
        { name: 'site-cold', what: 'site of 66 pages, cold', goal: 1.3 },
        times,
        ['cold'],
        ['R'],
      ),
      ratio({ name: 'site-unchanged', what: '… nothing changed', goal: 2 }, times, ['kept'], ['E']),
    ];
  },
};
