import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { initTeam } from '../../src/team/init.ts';
import { addLogin } from '../../src/team/logins.ts';
import { startPostgres, type TestPostgres } from './postgres.ts';

/** A real PostgreSQL that holds a team's record. */
export interface TestTeam {
  readonly server: TestPostgres;
  /** A fresh record in a database of its own; a copy of another one that nobody is connected to any more. */
  fresh(of?: FreshTeam): Promise<FreshTeam>;
  stop(): Promise<void>;
}

/** One record, with a login that may do everything and one of the host `web1`. */
export interface FreshTeam {
  readonly admin: string;
  readonly host: string;
  /** Rows of a statement, as whoever the URL names. Throws with SQLSTATE as `code`. */
  sql(url: string, text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** SQLSTATE of a statement's refusal, `''` when there is none. */
  refusal(url: string, text: string, values?: readonly unknown[]): Promise<string>;
}

/** Starts a PostgreSQL; every record in it is copied from one that `team init` made. */
export async function startTeam(): Promise<TestTeam> {
  const server = await startPostgres();
  await query(server.url, 'CREATE DATABASE template_team');
  const template = withDatabase(server.url, 'template_team');
  await initTeam(template);
  const { url } = await addLogin(template, 'host', 'web1');
  return {
    server,
    async fresh(of) {
      const name = `team_${randomUUID().replaceAll('-', '')}`;
      const from = of === undefined ? 'template_team' : new URL(of.admin).pathname.slice(1);
      await query(server.url, `CREATE DATABASE ${name} TEMPLATE ${from}`);
      return {
        admin: withDatabase(server.url, name),
        host: withDatabase(url, name),
        sql: query,
        async refusal(who, text, values) {
          try {
            await query(who, text, values);
            return '';
          } catch (error) {
            return error instanceof Error && 'code' in error ? String(error.code) : String(error);
          }
        },
      };
    },
    stop: () => server.stop(),
  };
}

/** The URL of another database of the same server, for the same login. */
function withDatabase(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.toString();
}

async function query(
  url: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const result = await client.query(text, [...values]);
    return result.rows ?? [];
  } finally {
    await client.end();
  }
}
