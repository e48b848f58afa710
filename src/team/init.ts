import { HandrailError } from '../engine/model/errors.ts';
import { connectTeam, sqlstateOf, type TeamConnection } from '../stores/team/connection.ts';
import { BELL_GRANTS, bellScript, installBell } from './bell.ts';
import { FOUNDATION } from './schema/foundation.ts';
import { MIGRATIONS, type Migration, migrationScript } from './schema/migrations.ts';

/** What `team init` came to. */
export interface Initialised {
  readonly where: string;
  readonly before: number;
  readonly after: number;
}

/** Two that initialise at once take turns. */
const TURN = "SELECT pg_advisory_xact_lock(hashtextextended('handrail.init', 0));";

/** Makes the team's record, or brings it up to this version; where it is, nothing changes. */
export async function initTeam(url: string): Promise<Initialised> {
  const team = await connectTeam(url);
  try {
    await team.script('BEGIN');
    await team.script(TURN);
    await team.script(FOUNDATION);
    await team.script('COMMIT');
    await installBell(url);
    await team.script('BEGIN');
    await team.script(TURN);
    await team.script(BELL_GRANTS);
    const before = await schemaVersion(team);
    for (const migration of missing(before)) await team.script(migrationScript(migration));
    await team.script('COMMIT');
    return { where: team.where, before, after: Math.max(before, MIGRATIONS.length) };
  } catch (cause) {
    throw refused(team.where, cause);
  } finally {
    await team.close();
  }
}

/** The same as SQL, for somebody else to read and apply; `from` is the version that is there. */
export async function initScript(from = 0): Promise<string> {
  const steps = missing(from).map(migrationScript);
  const bell = from === 0 ? [await bellScript()] : [];
  const own = ['BEGIN;', TURN, FOUNDATION.trim(), 'COMMIT;'];
  return [...own, ...bell, 'BEGIN;', BELL_GRANTS.trim(), ...steps, 'COMMIT;', ''].join('\n');
}

/** The version of the schema in a database, 0 when there is none. */
export async function schemaVersion(team: TeamConnection): Promise<number> {
  const [found] = await team.rows<{ version: number }>(
    'SELECT coalesce(max(version), 0) AS version FROM handrail.migration',
  );
  return found?.version ?? 0;
}

function missing(from: number): readonly Migration[] {
  return MIGRATIONS.filter(({ version }) => version > from);
}

function refused(where: string, cause: unknown): unknown {
  if (cause instanceof HandrailError) return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  const hint =
    sqlstateOf(cause) === '42501'
      ? ' Use a login that may create roles and a schema, or hand the SQL of `handrail team init --print` to somebody who may.'
      : '';
  const message = `The team's record cannot be made in ${where}: ${why}.${hint}`;
  return new HandrailError('TEAM_REFUSED', { message }, { cause });
}
