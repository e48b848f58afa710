import { hash } from 'node:crypto';
import { Socket } from 'node:net';
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

/** How long a ring that was not heard may stay unheard. */
const LOOK_SECONDS = 5;

/** Who listens to a host's bell. */
export interface Listener {
  readonly onRing: () => void;
  readonly onProblem: (why: string) => void;
  /** Ends it, whatever it is waiting for. */
  readonly signal: AbortSignal;
}

/** Calls back whenever somebody rings for a host. A ring says nothing: whoever hears it looks into the record. */
export async function hearBell(
  url: string,
  host: string,
  { onRing, onProblem, signal }: Listener,
): Promise<void> {
  const lines = new Set<Socket>();
  const boss = await newBoss(url, {
    useListenNotify: true,
    stream: () => {
      const line = new Socket();
      lines.add(line);
      line.once('close', () => lines.delete(line));
      // Made after the end, it is one that nobody would cut.
      line.once('connect', () => signal.aborted && line.destroy());
      return line;
    },
  });
  signal.throwIfAborted();
  signal.addEventListener('abort', () => {
    boss.stop({ graceful: false, close: true }).catch(() => undefined);
    setTimeout(() => {
      for (const line of lines) line.destroy();
    }, GOODBYE_MS);
  });
  boss.on('error', (error: unknown) => {
    if (!signal.aborted) onProblem(reasonOf(error));
  });
  await boss.start();
  await boss.work(
    queueOf(host),
    { pollingIntervalSeconds: LOOK_SECONDS, batchSize: 50 },
    async () => onRing(),
  );
}

/** The queues' library tells some errors as plain objects. */
function reasonOf(error: unknown): string {
  const { message }: { readonly message?: unknown } = Object(error);
  return typeof message === 'string' ? message : String(error);
}

/** A line that does not say goodbye within this is cut. */
const GOODBYE_MS = 300;

async function openBoss(url: string, { migrate = false } = {}): Promise<PgBoss> {
  const boss = await newBoss(url, { migrate, createSchema: migrate });
  await boss.start();
  return boss;
}

async function newBoss(
  url: string,
  more: {
    readonly migrate?: boolean;
    readonly createSchema?: boolean;
    readonly useListenNotify?: boolean;
    /** Where its lines come from. */
    readonly stream?: () => Socket;
  },
): Promise<PgBoss> {
  const pgBoss = await import('pg-boss');
  const boss = new pgBoss.PgBoss({
    connectionString: url,
    schema: BELL,
    migrate: false,
    createSchema: false,
    supervise: false,
    schedule: false,
    registerInstance: false,
    persistWarnings: false,
    max: 2,
    ...more,
  });
  // Errors are told by whoever asked; without a listener they would end the process.
  boss.on('error', () => undefined);
  return boss;
}
