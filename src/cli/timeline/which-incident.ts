import type { IncidentStore } from '../../engine/contracts/incident-store.ts';
import type { RunReader, RunStore } from '../../engine/contracts/run-store.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { findResumable } from '../../engine/record/runs.ts';
import { textOf } from '../../engine/timeline/draft.ts';
import { isObject } from '../../engine/timeline/log-lines.ts';
import type { CliContext } from '../context.ts';

/** The incident that is named, else that of HANDRAIL_INCIDENT, else the open one of the state folder; `null`: none. */
export async function incidentOf(
  given: string | undefined,
  { env }: Pick<CliContext, 'env'>,
  incidents: IncidentStore | null,
): Promise<string | null> {
  return given ?? (env['HANDRAIL_INCIDENT'] || (await incidents?.current())) ?? null;
}

/**
 * Where a note goes when no incident is named or open: to the incident of the run that can be gone on
 * with, or to that run itself. Throws INCIDENT_NEEDED when there is none.
 */
export async function openRunOf(store: RunStore): Promise<string> {
  const reader = await findResumable(store).catch(() => undefined);
  if (reader) return (await incidentOfRun(reader)) ?? reader.run;
  const message =
    'There is no open incident and no open run for the note to go to. Name one with --incident, or `handrail incident open NAME`.';
  throw new HandrailError('INCIDENT_NEEDED', { message });
}

async function incidentOfRun(reader: RunReader): Promise<string | null> {
  for await (const { raw } of reader.lines()) {
    const event: unknown = JSON.parse(Buffer.from(raw).toString());
    return isObject(event) ? textOf(event['incident']) || null : null;
  }
  return null;
}
