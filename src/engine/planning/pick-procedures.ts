import { nearest } from '../../text/nearest.ts';
import { HandrailError } from '../model/errors.ts';
import type { Procedure, Runbook } from '../model/runbook.ts';

/** What of a runbook names procedures. */
type Named = Pick<Runbook, 'path' | 'procedures'>;

/**
 * The procedures of those names, in the order of the text. A name is an id, a title, or a trail of either
 * (`parent/child`). Throws PROCEDURE_NOT_FOUND with the nearest name.
 */
export function pickProcedures(runbook: Named, names: readonly string[]): readonly Procedure[] {
  const picked = new Set(names.map((name) => pick(runbook, name)));
  return runbook.procedures.filter((procedure) => picked.has(procedure));
}

/** Whether `inner` is `outer` or stands somewhere under it. */
export function isWithin(inner: Procedure, outer: Procedure): boolean {
  if (inner === outer) return true;
  return inner.line > outer.line && inner.endLine <= outer.endLine && inner.level > outer.level;
}

/** The procedure directly above, `undefined` at the top. */
export function parentOf(runbook: Named, procedure: Procedure): Procedure | undefined {
  return runbook.procedures.findLast((other) => other !== procedure && isWithin(procedure, other));
}

function pick(runbook: Named, name: string): Procedure {
  const exact = runbook.procedures.find((procedure) => procedure.id === name);
  const found = exact ?? byTrail(runbook, name);
  if (found) return found;
  const ids = runbook.procedures.map((procedure) => procedure.id);
  throw new HandrailError('PROCEDURE_NOT_FOUND', {
    path: runbook.path,
    name,
    nearest: nearest(name, ids),
  });
}

function byTrail(runbook: Named, name: string): Procedure | undefined {
  const segments = name.split('/').map((segment) => segment.trim());
  const whole = runbook.procedures.find((procedure) => isCalled(procedure, name));
  return whole ?? runbook.procedures.find((procedure) => isAt(runbook, procedure, segments));
}

/** The last segment calls the procedure, the others ancestors of it, from the outside in. */
function isAt(runbook: Named, procedure: Procedure, segments: readonly string[]): boolean {
  const own = segments.at(-1);
  if (own === undefined || !isCalled(procedure, own)) return false;
  let rest = segments.slice(0, -1);
  for (let above = parentOf(runbook, procedure); above && rest.length > 0; ) {
    const wanted = rest.at(-1);
    if (wanted !== undefined && isCalled(above, wanted)) rest = rest.slice(0, -1);
    above = parentOf(runbook, above);
  }
  return rest.length === 0;
}

/** By its id, with or without the number that tells equal headings apart, or by its title. */
function isCalled(procedure: Procedure, name: string): boolean {
  const wanted = name.toLowerCase();
  if (procedure.id === wanted || procedure.title.toLowerCase() === wanted) return true;
  return procedure.id.replace(/-\d+$/, '') === wanted;
}
