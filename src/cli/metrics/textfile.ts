import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { dropClaim } from '../../stores/files/disk.ts';
import { sha256Of } from '../../text/sha256.ts';
import type { CliContext } from '../context.ts';
import { measure } from './measure.ts';
import { metricsText } from './text.ts';

/** Whoever scrapes is somebody else. */
const MODE = 0o644;

/**
 * Writes the metrics of a state folder into a folder that node_exporter reads, one file for each state folder, whole
 * or not at all; its path. Throws CONFIGURATION when it cannot.
 */
export async function writeTextfile(
  folder: string,
  context: CliContext,
  docs?: string,
): Promise<string> {
  const measures = await measure(context, docs);
  const text = metricsText(measures, Date.now());
  const name = `handrail-${sha256Of(measures.state).slice(0, 8)}`;
  const file = path.join(folder, `${name}.prom`);
  const draft = path.join(folder, `.${name}.${randomUUID()}.draft`);
  try {
    if (!statSync(folder).isDirectory()) throw new Error('it is no folder');
    const handle = openSync(draft, 'wx', MODE);
    try {
      // Of a nearly full disk the first call alone takes a part, and says nothing of the rest.
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
    // A umask of 077 would hide it from the exporter.
    chmodSync(draft, MODE);
    renameSync(draft, file);
    return file;
  } catch (error) {
    dropClaim(draft);
    throw unwritable(folder, error);
  }
}

function unwritable(folder: string, error: unknown): HandrailError {
  const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  const message = `The metrics cannot be written into \`${folder}\` (${why}). Give the folder that node_exporter reads with --collector.textfile.directory.`;
  return new HandrailError('CONFIGURATION', { message }, { cause: error });
}
