import { connectTeam, isTeamUrl } from '../stores/team/connection.ts';
import { inWords, withoutPassword } from '../stores/team/refusals.ts';
import { schemaVersion } from './init.ts';
import { openMarks } from './mirror/marks.ts';
import { behind } from './mirror/outbox.ts';
import { MIGRATIONS } from './schema/migrations.ts';

/** How a team's record stands, seen from one state folder. */
export interface Standing {
  readonly where: string;
  /** Why it cannot be used, one sentence; `null`: it can. */
  readonly problem: string | null;
  readonly login: string | null;
  /** The host that the login belongs to. */
  readonly host: string | null;
  readonly server: string | null;
  readonly tls: boolean | null;
  /** What the login may do beyond its work; `''`: nothing. */
  readonly powers: string;
  /** Triggers of append-only tables that somebody switched off. */
  readonly unguarded: number;
  readonly version: number | null;
  /** The version that this handrail makes and asks for. */
  readonly newest: number;
  /** The server's clock minus this one. */
  readonly clockMs: number | null;
  /** What the mirror has not sent yet. */
  readonly behind: { readonly runs: number; readonly lines: number };
  /** Runs, chains and incidents of which the record holds something else. */
  readonly forks: readonly string[];
}

interface Seen {
  readonly login: string;
  readonly host: string | null;
  readonly server: string;
  readonly tls: boolean;
  readonly powers: string;
  readonly unguarded: number;
  readonly now: Date;
}

/** What is to be done about a record of another version; `''`: it is of this one. */
export function versionGap({ version, newest }: Pick<Standing, 'version' | 'newest'>): string {
  if (version === null || version === newest) return '';
  return version < newest
    ? `schema ${version}, and this handrail has ${newest}: some of it is refused until \`handrail team init URL\` brings it up to date`
    : `schema ${version} was made by a later handrail than this one, which knows ${newest}`;
}

/** Looks at the record and at what of a state folder is not in it. Never throws for a record that is away. */
export async function teamStanding(url: string, state: string): Promise<Standing> {
  const { runs, lines, forks } = isTeamUrl(state)
    ? { runs: [], lines: 0, forks: [] }
    : behind(state, openMarks(state, url), { counts: true });
  const outbox = { behind: { runs: runs.length, lines }, forks };
  const unknown = {
    where: withoutPassword(url),
    login: null,
    host: null,
    server: null,
    tls: null,
    powers: '',
    unguarded: 0,
    version: null,
    newest: MIGRATIONS.length,
    clockMs: null,
  };
  try {
    return { ...unknown, ...(await look(url)), problem: null, ...outbox };
  } catch (error) {
    const known = inWords(error, withoutPassword(url));
    const problem = known instanceof Error ? known.message : String(known);
    return { ...unknown, problem, ...outbox };
  }
}

async function look(url: string): Promise<Partial<Standing>> {
  const team = await connectTeam(url);
  try {
    const version = await schemaVersion(team);
    const beforeMs = Date.now();
    const [seen] = await team.rows<Seen>(
      `SELECT session_user AS login, handrail.host_if_any() AS host,
        current_setting('server_version') AS server, clock_timestamp() AS now,
        (SELECT concat_ws(', ', CASE WHEN rolsuper THEN 'superuser' END, CASE WHEN rolcreaterole THEN 'makes roles' END, CASE WHEN rolbypassrls THEN 'reads every row' END,
              CASE WHEN pg_has_role(session_user, 'handrail_owner', 'MEMBER') AND NOT rolsuper THEN 'owns the tables' END,
              CASE WHEN NOT rolsuper AND EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = 'handrail'::regnamespace AND c.relkind = 'r'
                AND has_table_privilege(session_user, c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')) THEN 'writes past the functions' END)
           FROM pg_roles WHERE rolname = session_user) AS powers,
        (SELECT count(*)::int FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
           WHERE c.relnamespace = 'handrail'::regnamespace AND NOT t.tgisinternal AND t.tgenabled NOT IN ('O', 'A')) AS unguarded,
        coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false) AS tls`,
    );
    if (seen === undefined) return { version };
    const { now, ...facts } = seen;
    const clockMs = Math.round(now.getTime() - (beforeMs + Date.now()) / 2);
    return { ...facts, where: team.where, version, clockMs };
  } finally {
    await team.close();
  }
}
