import type { RunReader } from '../../engine/contracts/run-store.ts';
import { SIGNATURE } from '../../engine/record/files.ts';
import { readEvent } from '../../engine/record/read-event.ts';
import { LogLines } from '../../engine/timeline/log-lines.ts';
import { type SignatureVerdict, sshSign, sshVerify } from '../../host/ssh-signature.ts';

/** What signatures of seals are for: one made for something else does not count. */
const NAMESPACE = 'handrail-run';

/** A seal of a run: the number of lines up to it, and the hash of the seal's own line. */
export interface Seal {
  readonly run: string;
  readonly lines: number;
  readonly head: string;
}

/**
 * What a run's signature is worth. `missing`: the run was begun, or gone on with, with the wish to be signed, and its last seal is not; `signer`:
 * an earlier one is. `lines` says how far it reaches: a run that was resumed has lines behind it.
 */
export type SealVerdict = (
  | SignatureVerdict
  | { readonly verdict: 'missing'; readonly signer?: string }
) & {
  readonly lines: number;
  readonly of: number;
};

/** A run that was resumed has a seal for each time; older ones than these are not looked at. */
const MOST_SEALS = 20;

/** The last seal of a log whose chain holds, `null` when it is not sealed or does not. */
export async function sealOf(reader: Pick<RunReader, 'run' | 'lines'>): Promise<Seal | null> {
  const { seals, isSealed } = await sealsOf(reader);
  return isSealed ? (seals.at(-1) ?? null) : null;
}

/** Signs a seal with an SSH key; what it returns is to be kept beside the log. Throws SIGNING_FAILED. */
export function signSeal(seal: Seal, key: string): Promise<string> {
  return sshSign(statementOf(seal), key, NAMESPACE);
}

/** Checks the signature of a run, newest seal first; `null`: it has none, and was to have none. It never fits a log whose chain is broken. */
export async function verifySeal(
  reader: Pick<RunReader, 'run' | 'lines' | 'file'>,
  allowedSigners: string | null,
): Promise<SealVerdict | null> {
  const file = await reader.file(SIGNATURE);
  if (file === undefined) {
    if (!(await isToBeSigned(reader))) return null;
    const { isSealed, lines } = await sealsOf(reader);
    return isSealed ? { verdict: 'missing', lines: 0, of: lines } : null;
  }
  const signature = Buffer.from(file).toString();
  const { seals, isSealed, lines: of } = await sealsOf(reader);
  for (const seal of seals.toReversed()) {
    const found = await sshVerify(statementOf(seal), signature, NAMESPACE, allowedSigners);
    if (found.verdict === 'wrong') continue;
    const { lines } = seal;
    // The signature of an earlier seal, put in the place of the last one's, would hide that this is gone.
    const isLast = lines === of || !isSealed;
    if (found.verdict !== 'good' || isLast || !(await isToBeSigned(reader)))
      return { ...found, lines, of };
    return { verdict: 'missing', signer: found.signer, lines, of };
  }
  return { verdict: 'wrong', lines: 0, of };
}

/** A signature's worth in words. */
export function saySeal(found: SealVerdict): string {
  if (found.verdict === 'missing' && found.signer !== undefined)
    return `signature missing: the run was to be signed, and is by ${found.signer} up to line ${found.lines} of ${found.of} alone; who went on with it did not sign, or that signature was taken away`;
  if (found.verdict === 'missing')
    return 'signature missing: the run was to be signed; it was taken away, or was never made since the engine was lost or its key could not be used';
  const reach = found.lines === found.of ? '' : ` up to line ${found.lines} of ${found.of}`;
  if (found.verdict === 'good') return `signed by ${found.signer}${reach}`;
  if (found.verdict === 'wrong') return 'signature wrong: it fits no seal of this log';
  return `signature unknown: no allowed signer has the key ${found.key}`;
}

/** As its first line has it, which the chain of all runs binds, or that of a leg which asked for it anew. */
async function isToBeSigned(reader: Pick<RunReader, 'lines'>): Promise<boolean> {
  for await (const line of reader.lines()) {
    // Most runs are not to be signed, and most lines are others: to look at every event of every run would double the work.
    if (!Buffer.from(line.raw).includes(WISH)) continue;
    const event = readEvent(line);
    if (event?.type === 'run.started' && event.request['signed'] === true) return true;
    if (event?.type === 'run.resumed' && event.signed === true) return true;
  }
  return false;
}

const WISH = '"signed":true';

interface Seals {
  readonly seals: readonly Seal[];
  readonly isSealed: boolean;
  readonly lines: number;
}

async function sealsOf(reader: Pick<RunReader, 'run' | 'lines'>): Promise<Seals> {
  const { run } = reader;
  const chain = new LogLines();
  const seals: Seal[] = [];
  for await (const raw of reader.lines()) {
    const line = chain.take(raw);
    if (line?.type === 'run.sealed') seals.push({ run, lines: line.line, head: line.sha256 });
    if (seals.length > MOST_SEALS) seals.shift();
  }
  const { verdict, sound, lines: count } = chain.verdict();
  return { seals: verdict.startsWith('altered') ? [] : seals, isSealed: sound, lines: count };
}

/** The text that is signed. Anybody can write it down from the log and check it with ssh-keygen alone. */
export function statementOf({ run, lines, head }: Seal): string {
  return `handrail seal v1\nrun ${run}\nlines ${lines}\nhead ${head}\n`;
}
