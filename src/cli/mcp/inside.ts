import { realpathSync } from 'node:fs';
import path from 'node:path';
import { HandrailError } from '../../engine/model/errors.ts';
import { findRunbook } from '../find-runbooks.ts';

/** A path below the folder that was opened, as it is found there. Throws RUNBOOK_NOT_FOUND for any other. */
export function inside(root: string, word: string): string {
  try {
    const place = realpathSync(path.resolve(root, word));
    const below = path.relative(realpathSync(root), place);
    if (below !== '..' && !below.startsWith(`..${path.sep}`) && !path.isAbsolute(below))
      return below === '' ? '.' : below;
  } catch {
    // It is not there.
  }
  throw new HandrailError('RUNBOOK_NOT_FOUND', { path: word });
}

/** A runbook below the folder by its path or name, with its procedure behind `#`. */
export async function runbookInside(
  root: string,
  word: string,
  procedure: string | undefined,
): Promise<string> {
  const found = await findRunbook(word, root);
  const id = procedure ?? found.procedure;
  const file = inside(root, found.path);
  return id === undefined ? file : `${file}#${id}`;
}
