import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { steps } from '../pages.ts';
import { type Bench, figure, type Group, type Row, ratio } from '../row.ts';

/** What each further step costs, and what the disk does. */
export const manySteps: Group = {
  name: 'steps',
  rows: ['steps', 'steps-memory', 'run-memory', 'F'],
  async measure(bench) {
    const count = bench.isQuick ? 100 : 1000;
    const many = bench.file('many.md', steps(count, 'true'));
    const one = bench.file('one.md', steps(1, 'true'));
    const loop = `for ((i = 0; i < ${count}; i += 1)); do bash -c true; done`;
    const run = (file: string) => bench.handrail('run', file, '--all', '--unattended');
    const times = bench.race([
      { name: 'L', argv: ['bash', '-c', loop] },
      { name: 'many', argv: run(many) },
    ]);
    const memory = async (name: string, what: string, goal: number, file: string): Promise<Row> => {
      // Once before, so that the page was read whichever rows were asked for.
      await bench.peakMb(run(file));
      return figure({ name, what, goal }, await bench.peakMb(run(file)), 'MB');
    };
    return [
      ratio({ name: 'steps', what: `${count} steps, each`, goal: 2 }, times, ['many'], ['L']),
      await memory('steps-memory', `memory of ${count} steps`, 100, many),
      await memory('run-memory', 'memory of one step', 60, one),
      sync(bench),
    ];
  },
};

function sync({ folder }: Bench): Row {
  const times: number[] = [];
  const fd = openSync(path.join(folder, 'sync'), 'w');
  for (let round = 0; round < 200; round += 1) {
    const from = performance.now();
    writeSync(fd, `${'x'.repeat(300)}\n`);
    fdatasyncSync(fd);
    times.push(performance.now() - from);
  }
  closeSync(fd);
  times.sort((a, b) => a - b);
  const seen = `wall, median of 200; the 99th of 100 takes ${times[197]?.toFixed(2)} ms`;
  return figure(
    { name: 'F', what: 'F: write and fdatasync', goal: null },
    times[100] ?? 0,
    'ms',
    seen,
  );
}
