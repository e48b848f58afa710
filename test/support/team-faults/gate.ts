import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { GATES, type TeamPoint } from './points.ts';

/** Holds the server still at one point, once. */
export interface Gate {
  /** Resolves with the process id of the session that has come to it. */
  reached(): Promise<number>;
  /** Ends the session that waits. */
  terminate(backend: number): Promise<void>;
  /** Lets it go on. */
  open(): Promise<void>;
}

const KEY = 4242;

/** Closes a gate in a record; `url` is a superuser's. */
export async function closeGate(url: string, point: TeamPoint): Promise<Gate> {
  const { table, when } = GATES[point];
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  await client.query(`SELECT pg_advisory_lock(${KEY})`);
  await client.query(`CREATE SEQUENCE public.gate;
    CREATE FUNCTION public.gate() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
      IF ${when} AND nextval('public.gate') = 1 THEN PERFORM pg_advisory_xact_lock(${KEY}); END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER gate BEFORE INSERT ON handrail.${table} FOR EACH ROW EXECUTE FUNCTION public.gate()`);
  return {
    async reached() {
      for (;;) {
        const { rows } = await client.query(
          `SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = ${KEY} AND NOT granted
             AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
        );
        if (rows[0] !== undefined) return Number(rows[0].pid);
        await sleep(20);
      }
    },
    async terminate(backend) {
      await client.query('SELECT pg_terminate_backend($1)', [backend]);
    },
    async open() {
      // A server that was killed holds nobody any more.
      await client.query(`SELECT pg_advisory_unlock(${KEY})`).catch(() => undefined);
      await client.end().catch(() => undefined);
    },
  };
}
