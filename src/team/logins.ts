import { randomBytes } from 'node:crypto';
import { HandrailError } from '../engine/model/errors.ts';
import { connectTeam, type TeamConnection } from '../stores/team/connection.ts';
import { addQueue, BELL } from './bell.ts';

/** Who a login is made for. */
export type LoginKind = 'host' | 'person';

/** A login that was made, with the only copy of its password in the URL. */
export interface TeamLogin {
  readonly name: string;
  readonly login: string;
  readonly url: string;
}

const PASSWORD_BYTES = 24;
const NAME = /^[a-z0-9]([a-z0-9._-]{0,38}[a-z0-9])?$/;

/**
 * Gives a host (or a person) a login of its own, which may do what it needs and nothing else. Throws TEAM_REFUSED for
 * a name that is taken, unless its password is to be renewed.
 */
export async function addLogin(
  url: string,
  kind: LoginKind,
  name: string,
  { renew = false }: { readonly renew?: boolean } = {},
): Promise<TeamLogin> {
  if (!NAME.test(name))
    throw new HandrailError('USAGE', {
      message: `\`${name}\` cannot be the name of a ${kind}: use up to 40 small letters, figures, \`.\`, \`_\` and \`-\`, such as db1.`,
    });
  const login = `handrail_${kind}_${name}`;
  const password = randomBytes(PASSWORD_BYTES).toString('base64url');
  const team = await connectTeam(url);
  try {
    await team.script('BEGIN');
    const isKnown = await exists(team, login);
    if (isKnown && !renew) throw taken(kind, name);
    for (const statement of statements(kind, login, password, isKnown))
      await team.script(statement);
    if (kind === 'host')
      await team.rows(
        'INSERT INTO handrail.host (login, host) VALUES ($1, $2) ON CONFLICT DO NOTHING',
        [login, name],
      );
    await team.script('COMMIT');
    if (kind === 'host') {
      const table = await addQueue(url, name);
      await team.script(`GRANT SELECT, UPDATE ON ${BELL}."${table}" TO "${login}"`);
    }
    return { name, login, url: withLogin(url, login, password) };
  } finally {
    await team.close();
  }
}

/** A host that is lost in the middle, or waits for one that is, keeps nobody waiting for longer than this. */
const LIMITS = {
  idle_in_transaction_session_timeout: '30s',
  lock_timeout: '15s',
  statement_timeout: '60s',
};

/** A server takes so many connections in all: no login has all of them. */
const CONNECTIONS: Readonly<Record<LoginKind, number>> = { host: 40, person: 20 };

/** Names are checked above, and passwords are base64url: neither can end a literal. */
function statements(
  kind: LoginKind,
  login: string,
  password: string,
  isKnown: boolean,
): readonly string[] {
  const groups = kind === 'host' ? 'handrail_host' : 'handrail_person, handrail_reader';
  const what = isKnown ? 'ALTER' : 'CREATE';
  return [
    `${what} ROLE "${login}" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS CONNECTION LIMIT ${CONNECTIONS[kind]} PASSWORD '${password}'`,
    `GRANT ${groups} TO "${login}"`,
    ...Object.entries(kind === 'host' ? LIMITS : {}).map(
      ([limit, value]) => `ALTER ROLE "${login}" SET ${limit} = '${value}'`,
    ),
  ];
}

async function exists(team: TeamConnection, login: string): Promise<boolean> {
  const found = await team.rows('SELECT FROM pg_roles WHERE rolname = $1', [login]);
  return found.length > 0;
}

function taken(kind: LoginKind, name: string): HandrailError {
  const message = `There is a login for the ${kind} \`${name}\` already. \`handrail team ${kind} add ${name} --renew\` gives it a new password.`;
  return new HandrailError('TEAM_REFUSED', { message });
}

function withLogin(url: string, login: string, password: string): string {
  const own = new URL(url);
  own.username = login;
  own.password = password;
  own.searchParams.delete('user');
  own.searchParams.delete('password');
  return own.toString();
}
