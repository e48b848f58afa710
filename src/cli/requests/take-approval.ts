import { existsSync } from 'node:fs';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { runFolder } from '../../engine/record/files.ts';
import { readDocument } from '../../team/documents.ts';
import { keepApproval } from '../../team/requests/run-approvals.ts';
import { readSigned } from '../../team/signed.ts';
import type { CliContext } from '../context.ts';
import { stateFolder } from '../state-folder.ts';

/** Puts a signed approval that came as a file beside the run that it is about. Throws DOCUMENT_UNREADABLE or RUN_NOT_FOUND. */
export function takeApproval(file: string, context: CliContext): void {
  const signed = readSigned(path.resolve(context.cwd, file));
  const { subject } = readDocument('approval', signed.document);
  const state = stateFolder(context);
  const folder = runFolder(state, subject);
  if (!existsSync(folder)) throw new HandrailError('RUN_NOT_FOUND', { name: subject, state });
  keepApproval(folder, signed);
}
