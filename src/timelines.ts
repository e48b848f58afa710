import type { Clock } from './engine/contracts/clock.ts';
import type { Appended, IncidentStore } from './engine/contracts/incident-store.ts';
import type { SpillRoom } from './engine/contracts/spill-room.ts';
import type { TimelineRenderer } from './engine/contracts/timeline-renderer.ts';
import { withoutWritten } from './engine/literal-secrets.ts';
import { decode } from './engine/load.ts';
import type { IncidentEventBody } from './engine/model/incident.ts';
import type { Timeline } from './engine/model/timeline.ts';
import { parse } from './engine/parse.ts';
import { createRedactor } from './engine/redact.ts';
import { environmentSecrets } from './engine/secrets.ts';
import { everyText } from './engine/shown-page.ts';
import {
  buildTimeline,
  type TimelineImport,
  type TimelineLog,
  type TimelineRequest,
} from './engine/timeline.ts';
import { openTemplates } from './renderers/formats/template.ts';
import { TIMELINE_RENDERERS } from './renderers/timelines.ts';
import { stepTypes } from './steps/index.ts';
import { FileIncidentStore } from './stores/incidents.ts';
import { FileSpillRoom } from './stores/spill.ts';
import { isTeamUrl } from './stores/team/connection.ts';
import { TeamIncidentStore } from './stores/team/incidents.ts';
import { sha256Of } from './text/sha256.ts';

/** The formats of timelines, by name. */
export const timelineFormats: ReadonlyMap<string, TimelineRenderer> = new Map(
  TIMELINE_RENDERERS.map((renderer) => [renderer.name, renderer]),
);

/** The incidents of a state folder, or of all hosts in a team's record. */
export function openIncidents(where: string, clock: Clock): IncidentStore {
  return isTeamUrl(where) ? new TeamIncidentStore(where) : new SaidIncidents(where, clock);
}

/** What people say of an incident may quote a secret: one of their environment, or one by its looks. It is masked before it is kept. */
class SaidIncidents extends FileIncidentStore {
  override append(...[name, bodies]: Parameters<IncidentStore['append']>): Promise<Appended> {
    return super.append(name, withoutSaidSecrets(bodies));
  }
}

async function* withoutSaidSecrets(
  bodies: Parameters<IncidentStore['append']>[1],
): AsyncGenerator<IncidentEventBody> {
  const known = environmentSecrets(process.env).map(({ value }) => value);
  const redactor = createRedactor(known);
  const told = everyText((text) => redactor.mask(withoutWritten(text)));
  for await (const body of bodies) yield Object.assign(told(body), { type: body.type });
}

/** The runbook that a run kept, parsed, for budgets and objectives; `null` when it does not parse. */
export async function manualOf(bytes: Uint8Array, path: string): Promise<TimelineLog['manual']> {
  const text = decode(bytes);
  const sha256 = sha256Of(bytes);
  try {
    return { runbook: await parse({ path, folder: '', bytes, text, sha256 }, { stepTypes }), text };
  } catch {
    return null;
  }
}

/** Merges into a timeline, with room for what does not fit in memory below `scratch` until `use` is done. */
export async function withTimeline<T>(
  sources: { readonly logs: readonly TimelineLog[]; readonly imports: readonly TimelineImport[] },
  request: TimelineRequest,
  scratch: string,
  use: (timeline: Timeline) => Promise<T>,
): Promise<T> {
  const room: SpillRoom & { close(): void } = new FileSpillRoom(scratch);
  try {
    return await use(await buildTimeline(sources.logs, sources.imports, request, room));
  } finally {
    room.close();
  }
}

/** The door to templates: a folder of one's own first, then ours. */
export { openTemplates };
