import { existsSync } from 'node:fs';
import path from 'node:path';
import type { RunReader } from '../../engine/contracts/run-store.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { LOG, SIGNATURE } from '../../engine/record/files.ts';
import { replaceFile } from '../../stores/files/disk.ts';
import { sealOf, signSeal } from './seal-signature.ts';

/** Signs a run's seal and keeps the signature beside its log, for the owner alone. Throws SIGNING_FAILED. */
export async function signRun(reader: RunReader, key: string): Promise<void> {
  const seal = await sealOf(reader);
  if (seal === null) throw unsignable(`run ${reader.run} is not sealed`);
  if (!existsSync(path.join(reader.where, LOG))) {
    throw unsignable(`run ${reader.run} is not kept in a folder`);
  }
  replaceFile(path.join(reader.where, SIGNATURE), await signSeal(seal, key));
}

function unsignable(why: string): HandrailError {
  return new HandrailError('SIGNING_FAILED', { message: `No signature was made: ${why}.` });
}
