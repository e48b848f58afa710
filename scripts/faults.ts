/**
 * Strikes runs with every fault at every point and writes the tables into `docs/faults.md`: `npm run faults`, the second
 * one alone with `-- other`, the third with `-- moments` (some kills of it; every one with `-- moments --all`); those of a team with `-- team`, at random times with `-- chaos`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COMBINATIONS, promised } from '../test/support/faults/expected.ts';
import { otherTable } from '../test/support/faults/others.ts';
import { momentTable } from '../test/support/faults/shower.ts';
import { faultTable, strikeAll } from '../test/support/faults/table.ts';
import { sayHelp } from './say-help.ts';

const PARALLEL = 2;
const BEGIN = '<!-- table: npm run faults -->';
const END = '<!-- end of table -->';

const OTHER = '<!-- table: npm run faults -- other -->';
const END_OF_OTHER = '<!-- end of others -->';

const MOMENTS = '<!-- table: npm run faults -- moments -->';
const END_OF_MOMENTS = '<!-- end of moments -->';

/** What is no fault at a point of a run. */
async function strikeOthers(): Promise<boolean> {
  return written(await otherTable(), OTHER, END_OF_OTHER);
}

/** Kills at changes of the disk: at some of them, with `--all` at every one. */
async function strikeMoments(all: boolean): Promise<boolean> {
  return written(await momentTable(all), MOMENTS, END_OF_MOMENTS);
}

function written(
  { text: table, broken }: { readonly text: string; readonly broken: readonly string[] },
  begin: string,
  end: string,
): boolean {
  const file = join(import.meta.dirname, '../docs/faults.md');
  const text = readFileSync(file, 'utf8');
  const [head = ''] = text.split(begin);
  const [, tail = ''] = text.split(end);
  writeFileSync(file, `${head}${begin}\n\n${table}\n\n${end}${tail}`);
  for (const one of broken) process.stdout.write(`not as promised: ${one}\n`);
  return broken.length === 0;
}

async function strikeRuns(): Promise<boolean> {
  const struck = await strikeAll(COMBINATIONS, PARALLEL);
  const broken = COMBINATIONS.filter((combination, index) => {
    const { exitCode, resumed } = promised(combination);
    const one = struck[index];
    return one?.exitCode !== exitCode || !resumed.includes(one.resumed);
  });
  const file = join(import.meta.dirname, '../docs/faults.md');
  const text = readFileSync(file, 'utf8');
  const [head = ''] = text.split(BEGIN);
  const [, tail = ''] = text.split(END);
  writeFileSync(file, `${head}${BEGIN}\n\n${faultTable(struck)}\n\n${END}${tail}`);
  process.stdout.write(`${struck.length} faults, ${broken.length} not as promised\n`);
  for (const { point, effect, kind } of broken)
    process.stdout.write(`not as promised: ${point}, ${effect ?? "a person's step"}, ${kind}\n`);
  return broken.length === 0;
}

async function strikeAllOfThem(): Promise<boolean> {
  const all = [await strikeRuns(), await strikeOthers(), await strikeMoments(false)];
  return all.every(Boolean);
}

sayHelp(import.meta.filename);

const [what, ...more] = process.argv.slice(2);
const { strikeAtRandom, strikeTheTeam } = await import('./team-faults.ts');
const isGood = await (what === 'team'
  ? strikeTheTeam()
  : what === 'chaos'
    ? strikeAtRandom(more)
    : what === 'other'
      ? strikeOthers()
      : what === 'moments'
        ? strikeMoments(more.includes('--all'))
        : strikeAllOfThem());
process.exit(isGood ? 0 : 1);
