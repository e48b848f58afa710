import { existsSync } from 'node:fs';
import path from 'node:path';
import type { RunReader } from '../../engine/contracts/run-store.ts';
import { LogLines } from '../../engine/timeline/log-lines.ts';
import { type SignatureVerdict, sshSign, sshVerify } from './ssh-signature.ts';

/** The file of a run that holds the signature of its seal. */
export const SIGNATURE_FILE = 'seal.sig';
/** What signatures of seals are for: one made for something else does not count. */
const NAMESPACE = 'handrail-run';

/** A run's last seal: the number of its lines, and the hash of the seal's own line. */
export interface Seal {
  readonly run: string;
  readonly lines: number;
  readonly head: string;
}

/** The last seal of a log whose chain holds, `null` when it is not sealed or does not. */
export async function sealOf(reader: Pick<RunReader, 'run' | 'lines'>): Promise<Seal | null> {
  const chain = new LogLines();
  for await (const line of reader.lines()) chain.take(line);
  const { sound, head, lines } = chain.verdict();
  return sound && head !== null ? { run: reader.run, lines, head } : null;
}

/** Signs a seal with an SSH key; what it returns is to be kept as `seal.sig` beside the log. Throws SIGNING_FAILED. */
export function signSeal(seal: Seal, key: string): Promise<string> {
  return sshSign(statementOf(seal), key, NAMESPACE);
}

/** Checks the signature of a run's seal; `null`: it has none. A log that is not sealed soundly has no right one. */
export async function verifySeal(
  reader: Pick<RunReader, 'run' | 'lines' | 'file'>,
  allowedSigners: string | null,
): Promise<SignatureVerdict | null> {
  const signature = await reader.file(SIGNATURE_FILE);
  if (signature === undefined) return null;
  const seal = await sealOf(reader);
  if (seal === null) return { verdict: 'wrong' };
  return sshVerify(statementOf(seal), Buffer.from(signature).toString(), NAMESPACE, allowedSigners);
}

/** The allowed-signers file: as given, else HANDRAIL_ALLOWED_SIGNERS, else `allowed_signers` in the state folder. */
export function allowedSignersFile(
  given: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  state: string,
): string | null {
  const named = given ?? env['HANDRAIL_ALLOWED_SIGNERS'];
  if (named) return path.resolve(named);
  const own = path.join(state, 'allowed_signers');
  return existsSync(own) ? own : null;
}

/** The text that is signed. Anybody can write it down from the log and check it with ssh-keygen alone. */
export function statementOf({ run, lines, head }: Seal): string {
  return `handrail seal v1\nrun ${run}\nlines ${lines}\nhead ${head}\n`;
}
