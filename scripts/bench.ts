/**
 * Measures handrail against what this machine can do: `npm run bench`. Every figure is CPU time (user and system, of the
 * whole tree), the least of interleaved rounds, as a multiple of a limit measured in the same rounds: what else runs on
 * the machine is not in it. `--help` has the options.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { peakMb, race } from './bench/race.ts';
import type { Bench, Group, Row } from './bench/row.ts';
import { manySteps } from './bench/rows/many-steps.ts';
import { output } from './bench/rows/output.ts';
import { parsing } from './bench/rows/parsing.ts';
import { peers } from './bench/rows/peers.ts';
import { reading } from './bench/rows/reading.ts';
import { records } from './bench/rows/records.ts';
import { site } from './bench/rows/site.ts';
import { sql } from './bench/rows/sql.ts';
import { start } from './bench/rows/start.ts';
import { timeline } from './bench/rows/timeline.ts';
import { isWorse, lineOf, markdownTable, type Report, sameRow } from './bench/table.ts';

const GROUPS: readonly Group[] = [
  start,
  manySteps,
  reading,
  parsing,
  output,
  records,
  site,
  timeline,
  sql,
  peers,
];

const USAGE = `Usage: npm run bench -- [options]

  --only NAME…    these rows or groups: ${GROUPS.map(({ name }) => name).join(', ')}
  --quick         5 rounds instead of 15, and less of everything
  --rounds N      so many rounds
  --json FILE     writes what was found
  --against FILE  says what became of it since; exit code 1 where a row is worse by more than a tenth
  --docs          puts these rows into the table of docs/performance.md; with --against, what they were before
  --load N        so many processes keep the processors busy meanwhile
`;

const ROUNDS = 15;
const QUICK_ROUNDS = 5;
/** A race begins no further round that would end after this, however slow the machine is; each has two, and the first does not count. */
const GROUP_LIMIT_MS = 8 * 60_000;
/** The same for a first look, and for a machine that is kept busy: there a row is to show that it ends, and what it is about. */
const QUICK_LIMIT_MS = 60_000;
const BEGIN = '<!-- table: npm run bench -- --docs -->';
const END = '<!-- end of table -->';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', multiple: true, default: [] },
    quick: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    json: { type: 'string' },
    against: { type: 'string' },
    docs: { type: 'boolean', default: false },
    load: { type: 'string', default: '0' },
    help: { type: 'boolean', default: false },
  },
});

const root = path.dirname(import.meta.dirname);
const wanted = [...values.only, ...positionals];
if (values.help) process.stdout.write(USAGE);
else process.exitCode = await main();

async function main(): Promise<number> {
  const unknown = wanted.filter((word) => !GROUPS.some((group) => namesOf(group).includes(word)));
  if (unknown.length > 0) {
    process.stderr.write(`There is no row ${unknown.join(', ')}.\n\n${USAGE}`);
    return 64;
  }
  const before = values.against === undefined ? undefined : reportIn(values.against);
  const load = Number(values.load);
  const busy = Array.from({ length: load }, keepBusy);
  const folder = mkdtempSync(path.join(tmpdir(), 'handrail-bench-'));
  const rows: Row[] = [];
  try {
    for (const group of GROUPS)
      for (const row of await measured(group, benchIn(folder))) {
        rows.push(row);
        process.stdout.write(`${lineOf(row, sameRow(before, row))}\n`);
      }
  } finally {
    for (const one of busy) one.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
  const now: Report = { node: process.versions.node, cpus: availableParallelism(), load, rows };
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(now, null, 2)}\n`);
  if (values.docs) writeDocs(now, before);
  return rows.some((row) => isWorse(row, sameRow(before, row))) ? 1 : 0;
}

/** The rows of a group that are wanted. One that cannot be measured says why, and the others go on. */
async function measured(group: Group, bench: Bench): Promise<readonly Row[]> {
  const isWanted = (name: string): boolean =>
    wanted.length === 0 || wanted.includes(group.name) || wanted.includes(name);
  if (!group.rows.some(isWanted)) return [];
  try {
    const rows = await group.measure(bench);
    return rows.filter(({ name }) => isWanted(name));
  } catch (error) {
    const seen = `not measured: ${String(error)}`;
    return [{ name: group.name, what: group.name, goal: null, unit: '', value: null, seen }];
  }
}

function benchIn(folder: string): Bench {
  const node = process.execPath;
  const state = path.join(folder, '.handrail');
  mkdirSync(state, { recursive: true });
  // Caches of its own: what the bench reads is in nobody's way, and was not read by anybody before.
  const env = {
    HANDRAIL_HOME: state,
    XDG_CACHE_HOME: path.join(folder, 'cache'),
    NO_COLOR: '1',
    NODE_COMPILE_CACHE: '',
  };
  const rounds = Number(values.rounds ?? (values.quick ? QUICK_ROUNDS : ROUNDS));
  return {
    folder,
    state,
    node,
    isQuick: values.quick,
    file(name, text) {
      const full = path.join(folder, name);
      writeFileSync(full, text);
      return full;
    },
    handrail: (...args) => [node, path.join(root, 'dist/handrail.js'), ...args],
    race: (contenders, own = rounds) =>
      race(contenders, {
        cwd: folder,
        env,
        rounds: own,
        limitMs: values.quick || values.load !== '0' ? QUICK_LIMIT_MS : GROUP_LIMIT_MS,
      }),
    peakMb: (argv) => peakMb(argv, { cwd: folder, env }),
  };
}

function namesOf({ name, rows }: Group): readonly string[] {
  return [name, ...rows];
}

function keepBusy(): ChildProcess {
  return spawn(
    'bash',
    [
      '-c',
      'while kill -0 "$1" 2>&-; do for ((i = 0; i < 100000; i += 1)); do :; done; done',
      'bash',
      String(process.pid),
    ],
    { stdio: 'ignore' },
  );
}

function reportIn(file: string): Report {
  return JSON.parse(readFileSync(file, 'utf8'));
}

function writeDocs(now: Report, before: Report | undefined): void {
  const file = path.join(root, 'docs/performance.md');
  const text = readFileSync(file, 'utf8');
  const [head = '', table = ''] = text.split(BEGIN);
  const [, tail = ''] = text.split(END);
  const order = GROUPS.flatMap(({ rows }) => rows);
  const made = markdownTable(table, now, before, order);
  writeFileSync(file, `${head}${BEGIN}\n\n${made}\n\n${END}${tail}`);
}
