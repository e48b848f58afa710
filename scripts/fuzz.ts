/**
 * Edits of stored runs by chance, against what `handrail verify` says of them:
 *
 *     npm run fuzz -- verify [EDITS [SEED]]   ten thousand edits from a seed by chance; fails on a wrong verdict
 */
import { rmSync } from 'node:fs';
import { fuzzVerify } from '../test/support/fuzzing/fuzz-verify.ts';
import { makeStoredRuns } from '../test/support/fuzzing/stored-runs.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { sayHelp } from './say-help.ts';

const MOST_SHOWN = 40;
const EVERY = 1000;

sayHelp(import.meta.filename);

const [what, edits = '10000', seed = String(Date.now() % 1_000_000_000)] = process.argv.slice(2);
if (what !== 'verify') {
  process.stderr.write('usage: npm run fuzz -- verify [EDITS [SEED]]\n');
  process.exit(64);
}
const database = await startPostgres();
const { folder, state } = await makeStoredRuns(database.url).finally(() => database.stop());
process.stdout.write(`${edits} edits of stored runs, seed ${seed}\n`);
const { provable, wrong } = await fuzzVerify(state, Number(seed), Number(edits), (done) => {
  if (done % EVERY === 0) process.stdout.write(`${done}\n`);
});
for (const one of wrong.slice(0, MOST_SHOWN)) process.stdout.write(`wrong: ${one}\n`);
process.stdout.write(
  `${edits} edits, ${provable} of them provable: ${wrong.length} wrong verdicts\n`,
);
if (wrong.length === 0) rmSync(folder, { recursive: true });
else process.stdout.write(`the runs are in ${folder}\n`);
process.exitCode = wrong.length === 0 ? 0 : 1;
