import { HandrailError } from '../engine/model/errors.ts';

/** A run is carried out once under its id: a second one would take the place of its record. */
export function usedRun(where: string, run: string, cause?: unknown): HandrailError {
  const data = {
    path: where,
    why: `there is a run \`${run}\` already`,
    remedy: 'give an id that was never used, or none',
  };
  return new HandrailError('LOG_UNWRITABLE', data, { cause });
}
