import { existsSync } from 'node:fs';
import path from 'node:path';
import type { RunReader } from '../../engine/contracts/run-store.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { LOG, SIGNATURE } from '../../engine/record/files.ts';
import type { Handrail } from '../../library.ts';
import type { Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';

/** The SSH key of `--sign`, there before anything runs; `null`: none is asked for. Throws SIGNING_FAILED. */
export function signingKey(invocation: Invocation, { cwd }: CliContext): string | null {
  const given = invocation.text('sign');
  if (given === undefined) return null;
  const key = path.resolve(cwd, given);
  if (existsSync(key)) return key;
  const message = `There is no SSH key at \`${key}\`. Give the path of one with --sign; nothing was run.`;
  throw new HandrailError('SIGNING_FAILED', { message });
}

/** Signs the seal of a run that has ended, when a key was given. Throws SIGNING_FAILED. */
export async function signIfAsked(
  handrail: Handrail,
  run: string,
  key: string | null,
): Promise<void> {
  if (key === null) return;
  await signRun(await handrail.find(run), key);
}

/** Signs a run's seal and keeps the signature beside its log, for the owner alone. Throws SIGNING_FAILED. */
async function signRun(reader: RunReader, key: string): Promise<void> {
  const { sealOf, signSeal } = await import('./seal-signature.ts');
  const seal = await sealOf(reader);
  if (seal === null) throw unsignable(`run ${reader.run} is not sealed`);
  if (!existsSync(path.join(reader.where, LOG))) {
    throw unsignable(`run ${reader.run} is not kept in a folder`);
  }
  const { replaceFile } = await import('../../stores/files/disk.ts');
  replaceFile(path.join(reader.where, SIGNATURE), await signSeal(seal, key));
}

function unsignable(why: string): HandrailError {
  return new HandrailError('SIGNING_FAILED', { message: `No signature was made: ${why}.` });
}
