import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { manualOf, steps } from '../pages.ts';
import { type Group, ratio } from '../row.ts';

/** From the call to the end, for what is short: help, and a page with one step. */
export const start: Group = {
  name: 'start',
  rows: ['version', 'help', 'run-read', 'run-new', 'run-frontmatter', 'run-manual', 'ten-steps'],
  measure(bench) {
    const { node } = bench;
    const empty = bench.file('empty.cjs', '');
    const spawning = bench.file(
      'spawn.cjs',
      "require('node:child_process').spawn('bash', ['-c', 'true'], { stdio: 'pipe' });",
    );
    const one = bench.file('one.md', steps(1, 'true'));
    const front = bench.file('front.md', `---\ntitle: Bench\n---\n${steps(1, 'true')}`);
    const manual = bench.file('manual.md', manualOf(40_000));
    const ten = bench.file('ten.md', steps(10, 'true'));
    const fresh = path.join(bench.folder, 'fresh.md');
    let edition = 0;
    const renew = (): void => {
      edition += 1;
      writeFileSync(fresh, `${steps(1, 'true')}\nEdition ${edition}.\n`);
    };
    const run = (name: string, ...args: readonly string[]) => ({
      name,
      argv: bench.handrail('run', ...args, '--unattended'),
    });
    const times = bench.race([
      { name: 'E', argv: [node, empty] },
      { name: 'S', argv: [node, spawning] },
      { name: 'L', argv: ['bash', '-c', 'for ((i = 0; i < 100; i += 1)); do bash -c true; done'] },
      { name: 'version', argv: bench.handrail('--version') },
      { name: 'help', argv: bench.handrail('--help') },
      run('read', one),
      { ...run('new', fresh), before: renew },
      run('front', front),
      run('manual', `${manual}#part-3`),
      run('ten', ten, '--all'),
    ]);
    const against = (name: string, what: string, goal: number, got: string, limit: string) =>
      ratio({ name, what, goal }, times, [got], [limit]);
    return [
      against('version', '`--version`', 1.15, 'version', 'E'),
      against('help', '`--help`', 1.15, 'help', 'E'),
      against('run-read', 'one small step, read before', 1.5, 'read', 'S'),
      against('run-new', 'one small step, never read', 2, 'new', 'S'),
      against('run-frontmatter', '… with frontmatter, read before', 1.6, 'front', 'S'),
      against('run-manual', '… of a 40 KB manual, read before', 1.4, 'manual', 'S'),
      ratio(
        { name: 'ten-steps', what: 'ten steps, each', goal: 6 },
        times,
        ['ten', 10],
        ['L', 100],
      ),
    ];
  },
};
