/**
 * Strikes requested runs of a team: `npm run faults -- team` with every fault at every point, into `docs/faults.md`;
 * `npm run faults -- chaos [TIMES] [SEED] [MINUTES]` at random times.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chaos } from '../test/support/team-faults/chaos.ts';
import { ALLOWED_STATES } from '../test/support/team-faults/points.ts';
import {
  strikeTeams,
  type TeamStruck,
  teamFaultTable,
} from '../test/support/team-faults/strike.ts';

const BEGIN = '<!-- table: npm run faults -- team -->';
const END = '<!-- end of the team -->';

const say = (line: string): unknown => process.stdout.write(`${line}\n`);

/** Whether one fault came to what is promised. */
function isAsPromised({ states, outcome, begun, mirrored, verdict, conflicts, asked }: TeamStruck) {
  return (
    states.every((state) => ALLOWED_STATES.has(state)) &&
    outcome === 'passed' &&
    begun.every((count) => count === 1 || (count === 2 && asked > 0)) &&
    mirrored === 'the same' &&
    verdict === 0 &&
    conflicts === 0
  );
}

/** Strikes each point and writes the table. */
export async function strikeTheTeam(): Promise<boolean> {
  const all = await strikeTeams((one) => say(JSON.stringify(one)));
  const file = join(import.meta.dirname, '../docs/faults.md');
  const text = readFileSync(file, 'utf8');
  const [head = ''] = text.split(BEGIN);
  const [, tail = ''] = text.split(END);
  writeFileSync(file, `${head}${BEGIN}\n\n${teamFaultTable(all)}\n\n${END}${tail}`);
  const broken = all.filter((one) => !isAsPromised(one));
  say(`${all.length} faults of a team, ${broken.length} not as promised`);
  return broken.length === 0;
}

const MINUTE_MS = 60_000;

/** Strikes at random. */
export async function strikeAtRandom([
  times = '200',
  seed = '1',
  minutes = '60',
]: readonly string[]) {
  const untilMs = Date.now() + Number(minutes) * MINUTE_MS;
  const came = await chaos({ times: Number(times), seed: Number(seed), untilMs }, say);
  say(JSON.stringify(came, null, 2));
  return came.broken.length === 0;
}
