import path from 'node:path';
import type { RunOutcome } from '../../engine/model/outcome.ts';
import { readLedger } from '../../engine/record/ledger.ts';
import { newestBegun } from '../../engine/record/runs.ts';
import { verifyRun } from '../../engine/record/verify.ts';
import type { CliContext } from '../context.ts';
import { openStore } from '../open-store.ts';
import { type RunSummary, summaries } from '../run-summaries.ts';

/** How the runs of one procedure stand. */
export interface Measured {
  /** Absolute path. */
  readonly runbook: string;
  /** Ids, with `+` between them; `''` for the whole runbook. */
  readonly procedure: string;
  /** `null`: it never ran. */
  readonly lastAt: string | null;
  readonly lastOutcome: RunOutcome | null;
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

const MOST_PROCEDURES = 200;
const MOST_VERIFIED = 20;

/**
 * Looks through all runs of the store, by how their logs begin and end; with the folder of the runbooks, what never ran is told as well, behind
 * what did.
 */
export async function measure(context: CliContext, docs?: string): Promise<Measures> {
  const store = openStore(context);
  const byName = new Map<string, Measured>();
  const left = new Set<string>();
  for await (const run of summaries(store)) {
    const procedure = run.procedures.join('+');
    const name = JSON.stringify([run.runbook, procedure]);
    const newer = byName.get(name);
    if (newer === undefined && byName.size >= MOST_PROCEDURES) left.add(name);
    else byName.set(name, await together(newer, run, procedure));
  }
  for (const one of docs === undefined ? [] : await neverRun(docs, context, byName.values())) {
    const name = JSON.stringify([one.runbook, one.procedure]);
    if (byName.size >= MOST_PROCEDURES) left.add(name);
    else byName.set(name, { ...NEVER, ...one });
  }
  const procedures = [...byName.values()].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return { state: store.where, procedures, left: left.size, ...(await verdicts(context)) };
}

const NEVER = {
  lastAt: null,
  lastOutcome: null,
  lastDurationMs: null,
  lastPassedAt: null,
  waiting: 0,
} as const;

/** Procedures of a folder's runbooks that no run was of, neither of them nor of what is above or below them. */
async function neverRun(
  docs: string,
  context: CliContext,
  ran: Iterable<Measured>,
): Promise<readonly Pick<Measured, 'runbook' | 'procedure'>[]> {
  const [{ readAlertPages }, { untouched }] = await Promise.all([
    import('../alerts/pages.ts'),
    import('../../alerts/leads.ts'),
  ]);
  const ranOf = Map.groupBy(ran, ({ runbook }) => runbook);
  return (await readAlertPages(docs, context)).flatMap((page) => {
    const runbook = path.join(docs, page.path);
    const ids = new Set(
      (ranOf.get(runbook) ?? []).flatMap(({ procedure }) => procedure.split('+')),
    );
    if (ids.has('') || page.runbook.steps.length === 0) return [];
    if (page.runbook.kind === 'runbook' && ids.size === 0) return [{ runbook, procedure: '' }];
    return untouched(page.runbook, ids).map(({ id }) => ({ runbook, procedure: id }));
  });
}

function keyOf({ runbook, procedure }: Measured): string {
  return `${runbook}\0${procedure}`;
}

/** What is known of a procedure with one more run, which is older. Only a run that says something new is read whole. */
async function together(
  newer: Measured | undefined,
  run: RunSummary,
  procedure: string,
): Promise<Measured> {
  const { runbook, startedAt, outcome } = run;
  const isFirstPassed = outcome === 'passed' && (newer?.lastPassedAt ?? null) === null;
  const report = newer === undefined || isFirstPassed ? await run.report() : undefined;
  const at = report?.endedAt ?? startedAt;
  const base = newer ?? {
    runbook,
    procedure,
    lastAt: at,
    lastOutcome: outcome,
    lastDurationMs: report?.durationMs ?? null,
    lastPassedAt: null,
    waiting: 0,
  };
  return {
    ...base,
    lastPassedAt: isFirstPassed ? at : base.lastPassedAt,
    waiting: base.waiting + (outcome === 'waiting' ? 1 : 0),
  };
}

/** The newest runs against their record: all of them would take longer the longer a host is in use. */
async function verdicts(context: CliContext): Promise<Pick<Measures, 'verified' | 'unsound'>> {
  const store = openStore(context);
  const { byRun } = await readLedger(store.ledger());
  let [verified, unsound] = [0, 0];
  for await (const reader of newestBegun(store, MOST_VERIFIED)) {
    if (await reader.live()) continue;
    const { name } = await verifyRun(reader, byRun.get(reader.run) ?? []);
    verified += 1;
    if (name !== 'sound' && name !== 'unsealed' && name !== 'crash tail') unsound += 1;
  }
  return { verified, unsound };
}
