import type { RunReader } from '../../engine/contracts/run-store.ts';
import { ledgerOf, verifyLedger, verifyRun } from '../../engine/record/verify.ts';
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

/** Verifies an incident's log against the chain of all incidents. `line` is that of the first alteration. */
export async function verifyIncident(
  { incidents }: Records,
  name: string,
): Promise<SourceVerdict & { readonly events: number; readonly line: number | null }> {
  const chain = new LogLines();
  for await (const line of incidents?.lines(name) ?? []) chain.take(line);
  const { verdict, sound, head, lines: events } = chain.verdict();
  const known = (await incidents?.lastSealed(name)) ?? null;
  if (sound && known !== null && known !== head) {
    const words = 'truncated: incidents.jsonl knows a later seal';
    return { sound: false, verdict: words, events, line: null };
  }
  const line = /^altered at line (\d+)$/.exec(verdict)?.[1];
  return { sound, verdict, events, line: line === undefined ? null : Number(line) };
}
