import path from 'node:path';
import { readOwn } from '../../stores/files/disk.ts';
import type { Invocation } from '../command.ts';
import type { CliContext } from '../context.ts';
import type { Walkthrough } from '../walkthrough/walkthrough.ts';

/** What a run belongs to, as far as it is known before anybody is asked. */
export interface RunIncident {
  readonly name: string | null;
  /** All that are open, where that is more than one and none was named: nobody can know which is meant. */
  readonly open: readonly string[];
}

/** The incident that is named, else that of HANDRAIL_INCIDENT, else the only open one where the run is kept. */
export async function incidentOfRun(
  invocation: Invocation,
  { env, state }: CliContext,
): Promise<RunIncident> {
  const named = invocation.text('incident') || env['HANDRAIL_INCIDENT'];
  if (named) return { name: named, open: [] };
  if (state === undefined || openIncident(state) === null) return { name: null, open: [] };
  const [{ openIncidents }, { openIncidentsOf }, { systemClock }] = await Promise.all([
    import('../../timelines.ts'),
    import('../timeline/which-incident.ts'),
    import('../../host/system-clock.ts'),
  ]);
  const open = await openIncidentsOf(openIncidents(state, systemClock));
  return open.length > 1 ? { name: null, open } : { name: openIncident(state), open: [] };
}

/** Asks which of several open incidents a run belongs to, if any; `undefined`: the person left the question. */
export async function pickedIncident(
  { name, open }: RunIncident,
  walkthrough: Pick<Walkthrough, 'pick'>,
): Promise<{ readonly incident: string | null } | undefined> {
  if (open.length === 0) return { incident: name };
  const choices = [
    ...open.map((label, index) => ({ value: String(index), label })),
    { value: 'none', label: 'none of them' },
  ];
  const picked = await walkthrough.pick('Which incident does this run belong to?', choices);
  return picked === undefined ? undefined : { incident: open[Number(picked)] ?? null };
}

/** Says that a run without a person belongs to none of the open incidents. */
export async function tellNoIncident(
  { open }: RunIncident,
  invocation: Invocation,
  { err }: CliContext,
): Promise<void> {
  if (open.length === 0 || invocation.flag('quiet')) return;
  const { screenLine } = await import('../screen/safe-text.ts');
  const names = screenLine(open.join(', '));
  await err.write(
    `handrail: ${open.length} incidents are open (${names}) and none was named, so this run belongs to none of them. \`--incident\` says which.\n`,
  );
}

/** The incident that is open in a state folder, read without anything else being loaded; `null`: none. */
function openIncident(state: string): string | null {
  try {
    return readOwn(path.join(state, 'incident'))?.trim() || null;
  } catch {
    return null;
  }
}
