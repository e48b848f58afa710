import { setTimeout } from 'node:timers/promises';
import type { RunReader } from '../../engine/contracts/run-store.ts';
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
  const chainNote = broken === null ? '' : `; runs.jsonl: ${broken.message}`;
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
  return ledger === undefined ? null : { ledger, verdict: verifyLedger(ledger, 'incidents') };
}

/** Verifies an incident's log against the chain of all incidents. `line` is that of the first alteration. */
export async function verifyIncident(
  records: Records,
  name: string,
  of: IncidentChain | null,
): Promise<IncidentVerdict> {
  const { isAtOdds, ...found } = await lookAt(records, name, of);
  if (!isAtOdds) return found;
  // Somebody may be noting something just now: a log is sealed before the chain of all incidents says so.
  await setTimeout(MEANWHILE_MS);
  const { isAtOdds: _, ...again } = await lookAt(records, name, of);
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
): Promise<IncidentVerdict & { readonly isAtOdds: boolean }> {
  const chain = new LogLines();
  const seals = new Set<string>();
  for await (const line of incidents?.lines(name) ?? []) {
    const read = chain.take(line);
    if (read?.type === 'run.sealed') seals.add(read.sha256);
  }
  const { verdict, sound, head, lines: events } = chain.verdict();
  const known = (await incidents?.lastSealed(name)) ?? null;
  if (sound && known !== head) {
    const words = unknownEnd(known, seals, of);
    if (words !== undefined)
      return { sound: false, verdict: words, events, line: null, isAtOdds: true };
  }
  const line = /^altered at line (\d+)$/.exec(verdict)?.[1];
  return {
    sound,
    verdict,
    events,
    line: line === undefined ? null : Number(line),
    isAtOdds: false,
  };
}

/** What a sound log is whose last seal is not the one that the chain of all incidents has last. */
function unknownEnd(
  known: string | null,
  seals: ReadonlySet<string>,
  of: IncidentChain | null,
): string | undefined {
  if (known === null)
    return of === null || of.ledger.end.size === 0
      ? undefined
      : 'unlisted: incidents.jsonl does not know this incident';
  return seals.has(known)
    ? 'unlisted: incidents.jsonl does not know its last seal: whoever wrote was lost just then, or somebody else wrote the end'
    : 'truncated: incidents.jsonl knows a later seal';
}
