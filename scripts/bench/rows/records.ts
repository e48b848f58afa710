import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyRun, longRun } from '../make-runs.ts';
import { steps } from '../pages.ts';
import { type Bench, figure, type Group, ms, type Row, ratio } from '../row.ts';

const replay = fileURLToPath(new URL('../limits/replay.ts', import.meta.url));
const library = fileURLToPath(new URL('../../../dist/index.js', import.meta.url));

const COMMANDS = {
  runs: ['runs'],
  verify: ['verify'],
  status: ['status'],
  list: ['list'],
  prune: ['prune', '--keep', '1d', '--dry-run'],
} as const;

/** Reading what was recorded: a long log, and many runs. */
export const records: Group = {
  name: 'records',
  rows: ['verify-event', 'replay-event', 'verify-memory', 'many-runs', 'many-linear'],
  async measure(bench) {
    const run = realRun(bench);
    return [...(await oneLongLog(bench, run)), ...(await manyRuns(bench, run))];
  },
};

/** The folder of a run that was carried out. */
function realRun(bench: Bench): string {
  const state = path.join(bench.folder, 'real');
  const page = bench.file('one.md', steps(1, 'true'));
  const [command = '', ...args] = bench.handrail('run', page, '--unattended', '--state', state);
  const { status } = spawnSync(command, args, { stdio: 'ignore' });
  const [name = ''] = readdirSync(path.join(state, 'runs'));
  if (status !== 0) throw new Error(`the run to copy ended with ${status}`);
  return path.join(state, 'runs', name);
}

async function oneLongLog(bench: Bench, run: string): Promise<readonly Row[]> {
  const events = bench.isQuick ? 100_000 : 1_000_000;
  const [long = '', short = ''] = ['long', 'short'].map((name) => path.join(bench.folder, name));
  await longRun(run, events, long);
  await longRun(run, 2, short);
  const verify = (state: string) => bench.handrail('verify', 'last', '--state', state);
  const times = bench.race([
    { name: 'long', argv: verify(long) },
    { name: 'short', argv: verify(short) },
    { name: 'replay', argv: [bench.node, replay, library, long], measuresItself: true },
  ]);
  const least = (name: string): number => times.get(name)?.cpuMs ?? Number.NaN;
  const each = (name: string, what: string, cpuMs: number): Row =>
    figure(
      { name, what, goal: 3 },
      (cpuMs * 1000) / events,
      'µs',
      `${ms(cpuMs)}, ${events} events`,
    );
  const [more, less] = [await bench.peakMb(verify(long)), await bench.peakMb(verify(short))];
  return [
    each('verify-event', 'verify an event', least('long') - least('short')),
    each('replay-event', 'replay an event', least('replay')),
    figure(
      { name: 'verify-memory', what: `memory of verifying ${events} events`, goal: 2 },
      more / less,
      '× two events',
      `${more.toFixed(0)} MB to ${less.toFixed(0)} MB`,
    ),
  ];
}

/** What each command costs at so many runs, and whether twice as many cost about twice as much. */
async function manyRuns(bench: Bench, run: string): Promise<readonly Row[]> {
  const count = bench.isQuick ? 1000 : 10_000;
  const [many = '', half = ''] = ['many', 'half'].map((name) => path.join(bench.folder, name));
  for (const folder of [many, half]) mkdirSync(folder);
  await copyRun(run, count, many);
  await copyRun(run, count / 2, half);
  const empty = bench.file('empty.cjs', '');
  const times = bench.race([
    { name: 'E', argv: [bench.node, empty] },
    ...Object.entries(COMMANDS).flatMap(([name, words]) =>
      [many, half].map((state) => ({
        name: state === many ? name : `${name}-half`,
        argv: bench.handrail(...words, '--state', state),
        alsoFine: [1, 2, 3, 4, 5, 6, 7, 8],
      })),
    ),
  ]);
  return Object.keys(COMMANDS).flatMap((name) => [
    ratio(
      {
        name: 'many-runs',
        what: `\`${name}\` over ${count} runs`,
        goal: name === 'runs' ? 3 : null,
      },
      times,
      [name],
      ['E'],
    ),
    ratio(
      { name: 'many-linear', what: `… to half as many`, goal: 2.5 },
      times,
      [name],
      [`${name}-half`],
      '×',
    ),
  ]);
}
