import { join } from 'node:path';
import { INCIDENT_CHAIN, INCIDENTS } from '../../engine/record/files.ts';
import { incidentFolders } from '../../stores/incidents.ts';
import type { TeamConnection } from '../../stores/team/connection.ts';
import type { Marks } from './marks.ts';
import { sizeOf } from './new-lines.ts';
import type { Sending } from './one-transaction.ts';
import { sendLines } from './send-lines.ts';

/** The chain of all incidents, by the name that the record has for it. */
const ALL = '';

/** Sends what is new of the incidents of a state folder, then of the chain of them; how many lines. */
export async function sendIncidents({ team, marks }: Sending, state: string): Promise<number> {
  const chain = join(state, INCIDENT_CHAIN);
  const chainBytes = sizeOf(chain);
  let sent = 0;
  for (const { name, folder, log } of incidentFolders(state))
    sent += await send(team, marks, {
      name,
      mark: `incident-${folder}`,
      path: log,
      upTo: sizeOf(log),
    });
  return (
    sent + (await send(team, marks, { name: ALL, mark: INCIDENTS, path: chain, upTo: chainBytes }))
  );
}

interface Log {
  readonly name: string;
  readonly mark: string;
  readonly path: string;
  readonly upTo: number;
}

async function send(
  team: TeamConnection,
  marks: Marks,
  { name, mark, path, upTo }: Log,
): Promise<number> {
  const { fork, bytes } = marks.get(mark);
  if (fork !== undefined || upTo <= bytes) return 0;
  return sendLines(marks, {
    path,
    upTo,
    name: mark,
    async append(first, lines) {
      const [end] = await team.rows<{ fork: number | null }>(
        'SELECT fork FROM handrail.append_incident($1, $2, $3)',
        [name, first, lines],
      );
      return end?.fork;
    },
  });
}
