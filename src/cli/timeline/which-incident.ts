import type { IncidentStore } from '../../engine/contracts/incident-store.ts';
import type { RunReader, RunStore } from '../../engine/contracts/run-store.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { openRuns } from '../../engine/record/runs.ts';
import { textOf } from '../../engine/timeline/draft.ts';
import { isObject } from '../../engine/timeline/log-lines.ts';
import type { CliContext } from '../context.ts';

/**
 * The incident that is named, else that of HANDRAIL_INCIDENT, else the open one of the state folder; `null`: none. Where
 * two are open and none is named, nobody can know which is meant, to write as to tell: throws INCIDENT_NEEDED then.
 */
export async function theOneIncident(
  given: string | undefined,
  { env }: Pick<CliContext, 'env'>,
  incidents: IncidentStore | null,
): Promise<string | null> {
  const named = given ?? env['HANDRAIL_INCIDENT'];
  if (named) return named;
  const open = incidents === null ? [] : await openIncidentsOf(incidents);
  if (open.length < 2) return open[0] ?? (await incidents?.current()) ?? null;
  const message = `${open.length} incidents are open (${open.join(', ')}), so it must be said which this is about: give --incident ${open[0]}, or another.`;
  throw new HandrailError('INCIDENT_NEEDED', { message });
}

/** Names of incidents that were opened and not closed since. */
export async function openIncidentsOf(incidents: IncidentStore): Promise<readonly string[]> {
  const open: string[] = [];
  for (const { name } of await incidents.incidents())
    if (await isOpen(incidents.lines(name))) open.push(name);
  return open;
}

async function isOpen(lines: ReturnType<IncidentStore['lines']>): Promise<boolean> {
  let state = false;
  for await (const { raw, complete } of lines) {
    const text = complete ? Buffer.from(raw).toString() : '';
    if (/"type":"incident\.(?:opened|closed)"/.test(text))
      state = text.includes('"type":"incident.opened"');
  }
  return state;
}

/**
 * Where a note goes when no incident is named or open: to the incident of the newest run that is not over, or to that
 * run itself. Throws INCIDENT_NEEDED when there is none.
 */
export async function openRunOf(store: RunStore): Promise<string> {
  for await (const reader of openRuns(store)) return (await incidentOfRun(reader)) ?? reader.run;
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
