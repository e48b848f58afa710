import { hash } from 'node:crypto';
import type { PgBoss } from 'pg-boss';
import type { TeamConnection } from '../stores/team/connection.ts';

/** The schema that the queues of hosts stand in. */
export const BELL = 'handrail_bell';

/** What the queues' schema is granted to, once it is there: the owner of the record rings, hosts read its version. */
export const BELL_GRANTS = `
GRANT USAGE ON SCHEMA ${BELL} TO handrail_owner, handrail_host;
GRANT SELECT ON ${BELL}.version, ${BELL}.queue TO handrail_owner, handrail_host;
GRANT SELECT, INSERT ON ${BELL}.job TO handrail_owner;
`;

/** The queue of a host. */
const queueOf = (host: string): string => `host-${host}`;

/** The channel that every ring is told on, as the queues' library names it; the payload is the queue. */
const CHANNEL = `pgboss_${hash('sha224', BELL, 'hex').slice(0, 24)}`;

/** Hears rings for a host on a connection that is there: as soon as they are stored, before any job of them is fetched. */
export function hearRings(
  team: Pick<TeamConnection, 'listen'>,
  host: string,
  onRing: () => void,
): Promise<void> {
  return team.listen(CHANNEL, (queue) => {
    if (queue === queueOf(host)) onRing();
  });
}

/** Makes the queues' schema, or brings it up to the version of the library. */
export async function installBell(url: string): Promise<void> {
  const boss = await openBoss(url, { migrate: true });
  await boss.stop({ graceful: false });
}

/** The SQL of the queues' schema, for somebody else to apply. */
export async function bellScript(): Promise<string> {
  const { getConstructionPlans } = await import('pg-boss');
  return getConstructionPlans(BELL);
}

/** Makes the queue of a host, with a table of its own; returns that table's name. */
export async function addQueue(url: string, host: string): Promise<string> {
  const boss = await openBoss(url);
  try {
    const name = queueOf(host);
    await boss.createQueue(name, { partition: true, notify: true, retryLimit: 0 });
    const queue = await boss.getQueue(name);
    return queue?.table ?? '';
  } finally {
    await boss.stop({ graceful: false });
  }
}

/** A host's bell that is listened to. */
export interface Bell {
  close(): Promise<void>;
}

/** How long a ring that was not heard may stay unheard. */
const LOOK_SECONDS = 5;

/** Calls back whenever somebody rings for a host. A ring says nothing: whoever hears it looks into the record. */
export async function hearBell(
  url: string,
  host: string,
  onRing: () => void,
  onProblem: (why: string) => void,
): Promise<Bell> {
  const boss = await openBoss(url, { useListenNotify: true });
  boss.on('error', (error: unknown) =>
    onProblem(error instanceof Error ? error.message : String(error)),
  );
  await boss.work(
    queueOf(host),
    { pollingIntervalSeconds: LOOK_SECONDS, batchSize: 50 },
    async () => onRing(),
  );
  return {
    close: () => boss.stop({ graceful: false, close: true }).catch(() => undefined),
  };
}

async function openBoss(
  url: string,
  { migrate = false, useListenNotify = false } = {},
): Promise<PgBoss> {
  const pgBoss = await import('pg-boss');
  const boss = new pgBoss.PgBoss({
    connectionString: url,
    schema: BELL,
    migrate,
    createSchema: migrate,
    useListenNotify,
    supervise: false,
    schedule: false,
    registerInstance: false,
    persistWarnings: false,
    max: 2,
  });
  // Errors are told by whoever asked; without a listener they would end the process.
  boss.on('error', () => undefined);
  await boss.start();
  return boss;
}
