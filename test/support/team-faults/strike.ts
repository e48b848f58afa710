import { closeGate } from './gate.ts';
import { type FaultPlace, faultPlace } from './place.ts';
import { TEAM_FAULTS, TEAM_POINTS, type TeamFault, type TeamPoint } from './points.ts';

/** What came of one fault. */
export interface TeamStruck {
  readonly point: TeamPoint;
  readonly fault: TeamFault;
  /** SQLSTATEs of what the server refused or ended from the fault on, without repetitions. */
  readonly states: readonly string[];
  /** Exit code of the approval: the first one, and of the one that was said again when that failed. */
  readonly approved: readonly number[];
  /** How the run ended at last. */
  readonly outcome: string;
  /** How often a person was asked what became of a step. */
  readonly asked: number;
  /** How often each of the three steps began. */
  readonly begun: readonly number[];
  readonly mirrored: string;
  /** Exit code of `handrail verify`. */
  readonly verdict: number;
  /** Rows in the record that say that something was sent in two versions, and claims of the request. */
  readonly conflicts: number;
}

/** Strikes one requested run, in a place of its own. */
export async function strikeTeam(point: TeamPoint, fault: TeamFault): Promise<TeamStruck> {
  const place = await faultPlace();
  try {
    return await struck(place, point, fault);
  } finally {
    await place.close();
  }
}

async function struck(place: FaultPlace, point: TeamPoint, fault: TeamFault): Promise<TeamStruck> {
  const id = await place.ask();
  const gate = await closeGate(place.urls.admin, point);
  let worker = place.worker();
  await worker.says('takes requests from');
  const approving = place.approving(id);
  const backend = await gate.reached();
  const from = place.server.log().length;
  if (fault === 'host engine') {
    const victim = point === 'approval' ? approving.process : worker.process;
    victim.kill('SIGKILL');
  }
  if (fault === 'network') place.proxy.swallow();
  if (fault === 'connection') await gate.terminate(backend);
  if (fault === 'database') await place.server.crash();
  await gate.open();
  if (fault === 'database') await place.server.restart();
  if (fault === 'network') await place.stored(point, id);
  place.proxy.pass();
  const approved = [await approving.ended];
  if (approved[0] !== 0) approved.push(await place.approve(id));
  if (fault === 'host engine' && point !== 'approval') {
    await worker.ended;
    worker = place.worker();
  }
  const { outcome, asked } = await place.settled(id);
  await place.sync();
  const mirrored = await place.mirrored(id);
  const states = place.server
    .log()
    .slice(from)
    .filter((line) => /^\w{5} (?:ERROR|FATAL|PANIC):/.test(line))
    .map((line) => line.slice(0, 5));
  return {
    point,
    fault,
    states: [...new Set(states)].toSorted(),
    approved,
    outcome,
    asked,
    begun: place.begun(id),
    mirrored,
    verdict: await place.verify(id),
    conflicts: await place.conflicts(),
  };
}

/** Every fault at every point, one after the other. */
export async function strikeTeams(
  told: (struck: TeamStruck) => void = () => undefined,
): Promise<readonly TeamStruck[]> {
  const all: TeamStruck[] = [];
  for (const point of TEAM_POINTS)
    for (const fault of TEAM_FAULTS) {
      const one = await strikeTeam(point, fault);
      told(one);
      all.push(one);
    }
  return all;
}

/** The table in the documentation: a row for each point, a column for each fault. */
export function teamFaultTable(all: readonly TeamStruck[]): string {
  const cell = (point: TeamPoint, fault: TeamFault): string => {
    const one = all.find((each) => each.point === point && each.fault === fault);
    if (one === undefined) return '';
    const states = one.states.length === 0 ? 'no answer' : one.states.join(' ');
    const approvals = one.approved.length > 1 ? `, approved ${one.approved.join(' then ')}` : '';
    const asked = one.asked === 0 ? '' : `, asked ${one.asked}×`;
    return `${states}${approvals} → ${one.outcome}${asked}; ${one.begun.join(' ')}×`;
  };
  return [
    `| the server is about to store | ${TEAM_FAULTS.join(' | ')} |`,
    `|---|${'---|'.repeat(TEAM_FAULTS.length)}`,
    ...TEAM_POINTS.map(
      (point) => `| ${point} | ${TEAM_FAULTS.map((fault) => cell(point, fault)).join(' | ')} |`,
    ),
  ].join('\n');
}
