import type { RunReader } from '../../engine/contracts/run-store.ts';
import { LogLines } from '../../engine/timeline/log-lines.ts';
import { verifyRun } from '../../engine/verify.ts';
import { readLedger } from '../../engine/verifying/ledger.ts';
import { verifySeal } from '../signing/seal-signature.ts';
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
  const { entries, alteredAt } = await readLedger(store.ledger());
  const chainNote = alteredAt === null ? '' : `; runs.jsonl is altered at line ${alteredAt}`;
  return async (reader) => {
    const sealed = entries.filter(({ run, what }) => run === reader.run && what === 'sealed');
    const { name, message } = await verifyRun(reader, sealed);
    if (name !== 'sound') return { sound: false, verdict: `${message}${chainNote}` };
    const signature = await verifySeal(reader, allowedSigners);
    if (signature === null) return { sound: alteredAt === null, verdict: `sound${chainNote}` };
    if (signature.verdict === 'wrong')
      return { sound: false, verdict: `signature wrong${chainNote}` };
    const by =
      signature.verdict === 'good'
        ? `signed by ${signature.signer}`
        : `signed by an unknown key, ${signature.key}`;
    const known = signature.verdict === 'good' || allowedSigners === null;
    return { sound: known && alteredAt === null, verdict: `sound, ${by}${chainNote}` };
  };
}

/** Verifies an incident's log against the chain of all incidents. */
export async function verifyIncident({ incidents }: Records, name: string): Promise<SourceVerdict> {
  if (incidents === null) return { sound: false, verdict: 'there is no such log' };
  const chain = new LogLines();
  for await (const line of incidents.lines(name)) chain.take(line);
  const { verdict, sound, head } = chain.verdict();
  const known = await incidents.lastSealed(name);
  if (sound && known !== null && known !== head) {
    return { sound: false, verdict: 'truncated: incidents.jsonl knows a later seal' };
  }
  return { sound, verdict };
}
