import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Worker } from '../ops-team.ts';
import { type FaultPlace, faultPlace } from './place.ts';
import { TEAM_FAULTS, type TeamFault } from './points.ts';

/** What came of many faults at random times, over runs of one host. */
export interface Chaos {
  readonly seed: number;
  readonly runs: number;
  /** How often each fault came. */
  readonly struck: Readonly<Record<TeamFault, number>>;
  /** How often a person was asked what became of a step. */
  readonly asked: number;
  /** Lost when they were about to begin: nothing was done, and the queue says so. */
  readonly neverBegun: number;
  /** What was not as promised, in words. */
  readonly broken: readonly string[];
}

/** Latest moment after the approval at which a fault comes, in ms. */
const LATEST_MS = 1500;

/** Strikes a requested run each time, at a moment that the seed decides, until so many were struck or the time is over. */
export async function chaos(
  { seed, times, untilMs }: { readonly seed: number; readonly times: number; untilMs: number },
  told: (line: string) => void = () => undefined,
): Promise<Chaos> {
  const place = await faultPlace();
  const random = randomFrom(seed);
  const struck = Object.fromEntries(TEAM_FAULTS.map((fault) => [fault, 0])) as Record<
    TeamFault,
    number
  >;
  const broken: string[] = [];
  const ids: string[] = [];
  let asked = 0;
  let neverBegun = 0;
  try {
    let worker = place.worker();
    await worker.says('takes requests from');
    while (ids.length < times && Date.now() < untilMs) {
      const fault = TEAM_FAULTS[Math.floor(random() * TEAM_FAULTS.length)] ?? 'connection';
      const afterMs = Math.floor(random() * LATEST_MS);
      const id = await place.ask();
      ids.push(id);
      const approving = place.approving(id);
      await sleep(afterMs);
      worker = await strike(place, worker, fault);
      struck[fault] += 1;
      if ((await approving.ended) !== 0) while ((await place.approve(id)) !== 0) await sleep(100);
      const end = await place.settled(id);
      asked += end.asked;
      const ended = place.finished(id);
      const as = `${fault} ${afterMs} ms after the approval of ${id}`;
      if (end.outcome === 'never begun' && ended.every((count) => count === 0)) {
        neverBegun += 1;
        continue;
      }
      if (end.outcome !== 'passed') broken.push(`${as}: ${end.outcome}`);
      if (ended.some((count) => count !== 1)) broken.push(`${as}: steps done ${ended.join(' ')}×`);
      told(`${ids.length}: ${as}: ${end.outcome}, asked ${end.asked}, done ${ended.join(' ')}×`);
    }
    await place.sync();
    for (const id of ids.filter((one) => place.standing(one) !== 'none')) {
      const mirrored = await place.mirrored(id);
      if (mirrored !== 'the same') broken.push(`${id}: the record has ${mirrored}`);
      if ((await place.verify(id)) !== 0) broken.push(`${id}: not sound`);
    }
    const claims = await place.claims();
    if (claims !== ids.length) broken.push(`${claims} claims of ${ids.length} requests`);
    if ((await place.conflicts()) > 0) broken.push('something was sent in two versions');
    return { seed, runs: ids.length, struck, asked, neverBegun, broken };
  } finally {
    await place.close();
  }
}

async function strike(place: FaultPlace, worker: Worker, fault: TeamFault): Promise<Worker> {
  if (fault === 'connection') {
    const client = new pg.Client({ connectionString: place.urls.admin });
    await client.connect();
    await client.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'",
    );
    await client.end();
  }
  if (fault === 'database') {
    await place.server.crash();
    await place.server.restart();
  }
  if (fault === 'network') {
    place.proxy.swallow();
    await sleep(300);
    place.proxy.pass();
    place.proxy.cut();
  }
  if (fault !== 'host engine') return worker;
  worker.process.kill('SIGKILL');
  await worker.ended;
  return place.worker();
}

/** Numbers from 0 to 1 by a seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
