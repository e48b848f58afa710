import { setTimeout } from 'node:timers/promises';
import type { LedgerEntry, RunReader } from '../../engine/contracts/run-store.ts';
import { type IncidentReading, wrongIncident } from '../../engine/record/disagreement.ts';
import { CHAIN, INCIDENT_CHAIN, INCIDENTS } from '../../engine/record/files.ts';
import type { Verdict } from '../../engine/record/verdict.ts';
import {
  incidentLedgerOf,
  type Ledger,
  ledgerOf,
  verifyLedger,
  verifyRun,
} from '../../engine/record/verify.ts';
import { LogLines } from '../../engine/timeline/log-lines.ts';
import { saySeal, verifySeal } from '../proof/seal-signature.ts';
import type { Records } from './logs.ts';

/** What verifying a source said. */
export interface SourceVerdict {
  readonly sound: boolean;
  readonly verdict: string;
}

/** Verifies runs of one folder, each against its chain of all runs and its signature. */
export async function runVerifier(
  { store }: Records,
  allowedSigners: string | null,
): Promise<(reader: RunReader) => Promise<SourceVerdict>> {
  const ledger = await ledgerOf(store);
  const broken = verifyLedger(ledger);
  const chainNote = broken === null ? '' : `; ${CHAIN}: ${broken.message}`;
  return async (reader) => {
    const { name, message } = await verifyRun(reader, ledger.byRun.get(reader.run) ?? []);
    if (name !== 'sound') return { sound: false, verdict: `${message}${chainNote}` };
    const signature = await verifySeal(reader, allowedSigners);
    if (signature === null) return { sound: broken === null, verdict: `sound${chainNote}` };
    const isGood = signature.verdict === 'good';
    const words = saySeal(signature);
    return {
      sound: isGood && broken === null,
      verdict: `${isGood ? `sound, ${words}` : words}${chainNote}`,
    };
  };
}

/** The chain of all incidents, and what is wrong with it. */
export interface IncidentChain {
  readonly ledger: Ledger;
  readonly verdict: Verdict | null;
}

/** Reads the chain of all incidents; `null` where there is none, as in what was copied from elsewhere without it. */
export async function incidentChainOf({ incidents }: Records): Promise<IncidentChain | null> {
  const ledger = incidents === null ? undefined : await incidentLedgerOf(incidents);
  return ledger === undefined ? null : { ledger, verdict: verifyLedger(ledger, INCIDENTS) };
}

/** Verifies an incident's log against the chain of all incidents. `line` is that of the first alteration. */
export async function verifyIncident(
  records: Records,
  name: string,
  of: IncidentChain | null,
): Promise<IncidentVerdict> {
  const known = of?.ledger.byRun.get(name) ?? (await records.incidents?.entries(name)) ?? [];
  const { isAtOdds, ...found } = await lookAt(records, name, of, known);
  if (!isAtOdds) return found;
  // Somebody may be noting something just now: the chain of all incidents is told before the log is written.
  await setTimeout(MEANWHILE_MS);
  const entries = (await records.incidents?.entries(name)) ?? [];
  const { isAtOdds: _, ...again } = await lookAt(records, name, of, entries);
  return again;
}

const MEANWHILE_MS = 50;

interface IncidentVerdict extends SourceVerdict {
  readonly events: number;
  readonly line: number | null;
}

async function lookAt(
  { incidents }: Records,
  name: string,
  of: IncidentChain | null,
  entries: readonly LedgerEntry[],
): Promise<IncidentVerdict & { readonly isAtOdds: boolean }> {
  const wanted = new Set(entries.flatMap(({ head, after = head }) => [head, after]));
  const lineOf = new Map<string, number>();
  const seals: number[] = [];
  const log = new LogLines();
  for await (const raw of incidents?.lines(name) ?? []) {
    const read = log.take(raw);
    if (read?.type === 'run.sealed') seals.push(read.line);
    if (read !== undefined && wanted.has(read.sha256)) lineOf.set(read.sha256, read.line);
  }
  const { verdict: own, sound, lines: events } = log.verdict();
  const holds = sound || own === 'unsealed';
  const wrong = holds ? wrongAtAll({ lines: events, lineOf, seals }, entries, of) : own;
  const verdict = wrong ?? own;
  const line = /^altered at line (\d+)/.exec(verdict)?.[1];
  return {
    sound: wrong === undefined && sound,
    verdict,
    events,
    line: line === undefined ? null : Number(line),
    isAtOdds: wrong !== undefined,
  };
}

/** Without a chain of all incidents, as in what was copied from elsewhere, a log vouches for itself alone. */
function wrongAtAll(
  reading: IncidentReading,
  entries: readonly LedgerEntry[],
  of: IncidentChain | null,
): string | undefined {
  if (entries.length > 0) return wrongIncident(reading, entries);
  return of === null || of.ledger.end.size === 0
    ? undefined
    : `unlisted: ${INCIDENT_CHAIN} does not know this incident`;
}
