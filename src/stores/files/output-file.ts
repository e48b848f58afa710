import { createHash, hash } from 'node:crypto';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import type { OutputWriter } from '../../engine/contracts/run-store.ts';
import { FILE_MODE, makeFolder, writeAll } from './disk.ts';

const MAX_NAME_BYTES = 180;

/** Opens the file of one attempt's output; `lost` says what a failure means for the run. */
export function openOutputFile(
  runFolder: string,
  stepId: string,
  attempt: number,
  lost: (error: unknown) => Error,
): OutputWriter {
  const path = outputPathOf(stepId, attempt);
  const digest = createHash('sha256');
  let bytes = 0;
  const attempted = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      throw lost(error);
    }
  };
  const fd = attempted(() => {
    makeFolder(join(runFolder, 'output'));
    return openSync(join(runFolder, path), 'w', FILE_MODE);
  });
  return {
    write(chunk) {
      attempted(() => writeAll(fd, chunk));
      digest.update(chunk);
      bytes += chunk.length;
    },
    async close() {
      attempted(() => closeSync(fd));
      return { path, bytes, sha256: digest.digest('hex') };
    },
  };
}

/** Where an attempt's output stands, relative to the run's folder. */
export function outputPathOf(stepId: string, attempt: number): string {
  return `output/${fileNameOf(stepId)}-${attempt}.log`;
}

/** Letters and digits of any script stay; a name too long for a file keeps its beginning and a hash. */
function fileNameOf(stepId: string): string {
  const name = stepId.replaceAll('/', '~').replace(/[^\p{L}\p{N}._~-]/gu, '_');
  const safe = name.startsWith('.') ? `_${name}` : name;
  if (Buffer.byteLength(safe) <= MAX_NAME_BYTES) return safe;
  const head = Buffer.from(safe)
    .subarray(0, 120)
    .toString()
    .replace(/\uFFFD+$/u, '');
  return `${head}-${hash('sha256', stepId, 'hex').slice(0, 12)}`;
}
