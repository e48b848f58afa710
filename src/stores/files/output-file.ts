import { createHash } from 'node:crypto';
import { closeSync, constants, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OutputWriter } from '../../engine/contracts/run-store.ts';
import { outputFile } from '../../engine/record/files.ts';
import { FILE_MODE, makeFolder, writeAll } from './disk.ts';

const FLAGS = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW;

/** Opens the file of one attempt's output; `lost` says what a failure means for the run. */
export function openOutputFile(
  runFolder: string,
  stepId: string,
  attempt: number,
  lost: (error: unknown) => Error,
): OutputWriter {
  const path = outputFile(stepId, attempt);
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
    makeFolder(dirname(join(runFolder, path)));
    return openSync(join(runFolder, path), FLAGS, FILE_MODE);
  });
  return {
    write(chunk) {
      attempted(() => writeAll(fd, chunk));
      digest.update(chunk);
      bytes += chunk.length;
    },
    // Of a copy: a digest can be taken only once.
    sum: () => ({ bytes, sha256: digest.copy().digest('hex') }),
    async close() {
      attempted(() => closeSync(fd));
      return { path, bytes, sha256: digest.copy().digest('hex') };
    },
  };
}
