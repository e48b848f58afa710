import path from 'node:path';
import type { RunOutcome } from '../../engine/model/outcome.ts';
import type { RunReport } from '../../engine/model/report.ts';
import { readLedger } from '../../engine/record/ledger.ts';
import { verifyRun } from '../../engine/record/verify.ts';
import type { CliContext } from '../context.ts';
import { reports } from '../last-runs.ts';
import { openStore } from '../open-store.ts';

/** How the runs of one procedure stand. */
export interface Measured {
  /** Absolute path. */
  readonly runbook: string;
  /** Ids, with `+` between them; `''` for the whole runbook. */
  readonly procedure: string;
  readonly lastAt: string;
  readonly lastOutcome: RunOutcome;
  readonly lastDurationMs: number | null;
  readonly lastPassedAt: string | null;
  readonly waiting: number;
}

/** How all runs stand. */
export interface Measures {
  readonly state: string;
  readonly procedures: readonly Measured[];
  /** Procedures beyond the bound, of which nothing is told. */
  readonly left: number;
  /** Of the newest runs, how many were verified and how many of them are not sound. */
  readonly verified: number;
  readonly unsound: number;
}

const MOST_RUNS = 2000;
const MOST_PROCEDURES = 200;
const MOST_VERIFIED = 20;

/** Looks through the newest runs of the store. */
export async function measure(context: CliContext): Promise<Measures> {
  const store = openStore(context);
  const byName = new Map<string, Measured>();
  const left = new Set<string>();
  for await (const report of reports(context, MOST_RUNS)) {
    const own = measuredOf(report);
    const name = JSON.stringify([own.runbook, own.procedure]);
    const newer = byName.get(name);
    if (newer === undefined && byName.size >= MOST_PROCEDURES) left.add(name);
    else byName.set(name, newer === undefined ? own : together(newer, own));
  }
  const procedures = [...byName.values()].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return { state: store.where, procedures, left: left.size, ...(await verdicts(context)) };
}

function keyOf({ runbook, procedure }: Measured): string {
  return `${runbook}\0${procedure}`;
}

function measuredOf({ started, startedAt, endedAt, outcome, durationMs }: RunReport): Measured {
  return {
    runbook: path.resolve(started.who.cwd, started.runbook.path),
    procedure: started.procedures.join('+'),
    lastAt: endedAt ?? startedAt,
    lastOutcome: outcome,
    lastDurationMs: durationMs,
    lastPassedAt: outcome === 'passed' ? (endedAt ?? startedAt) : null,
    waiting: outcome === 'waiting' ? 1 : 0,
  };
}

function together(newer: Measured, older: Measured): Measured {
  return {
    ...newer,
    lastPassedAt: newer.lastPassedAt ?? older.lastPassedAt,
    waiting: newer.waiting + older.waiting,
  };
}

/** The newest runs against their record: all of them would take longer the longer a host is in use. */
async function verdicts(context: CliContext): Promise<Pick<Measures, 'verified' | 'unsound'>> {
  const store = openStore(context);
  const ids = (await store.runs()).toReversed().slice(0, MOST_VERIFIED);
  const { byRun } = await readLedger(store.ledger());
  let [verified, unsound] = [0, 0];
  for (const id of ids) {
    const reader = await store.read(id);
    if (reader === undefined || (await reader.live())) continue;
    const { name } = await verifyRun(reader, byRun.get(id) ?? []);
    verified += 1;
    if (name !== 'sound' && name !== 'unsealed' && name !== 'crash tail') unsound += 1;
  }
  return { verified, unsound };
}
