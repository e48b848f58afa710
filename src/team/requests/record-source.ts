import { setTimeout as sleep } from 'node:timers/promises';
import { HandrailError } from '../../engine/model/errors.ts';
import { connectTeam, sqlstateOf, type TeamConnection } from '../../stores/team/connection.ts';
import { inWords, isOlder, withoutPassword } from '../../stores/team/refusals.ts';
import { hearRings } from '../bell.ts';
import { MOST_REQUEST_BYTES } from '../documents.ts';
import type { Filed } from './judge.ts';
import type { RequestSource } from './source.ts';

interface Row {
  readonly id: string;
  readonly document: Buffer;
  readonly signature: string;
}

interface AnswerRow {
  readonly subject: string;
  readonly kind: string;
  readonly document: Buffer;
  readonly signature: string;
}

const PATIENCE = { connectMs: 5000, silenceMs: 15_000 };

/** Whoever has the database may put anything into its rows: so much of one is read. */
const MOST_SIGNATURE = 16 * 1024;
const MOST_ANSWER_BYTES = 16 * 1024;
const MOST_ANSWERS = 200;
const MOST_OPEN = 1000;

/** What is larger is none that handrail made: its beginning is read, and cannot be. */
const REQUEST = `id, substring(document FOR ${MOST_REQUEST_BYTES + 1}) AS document, left(signature, ${MOST_SIGNATURE}) AS signature`;
/** Each login has its turn with each kind of word: nobody hides another's word behind many of their own. */
const ANSWERS = `SELECT a.subject, a.kind, substring(b.document FOR ${MOST_ANSWER_BYTES}) AS document, left(b.signature, ${MOST_SIGNATURE}) AS signature
  FROM unnest($1::uuid[]) q (id), LATERAL (
    SELECT n, subject, kind, row_number() OVER (PARTITION BY kind, login ORDER BY n) AS turn
      FROM handrail.answer WHERE subject = q.id ORDER BY turn, n LIMIT ${MOST_ANSWERS}) a
  JOIN handrail.answer b USING (n) ORDER BY a.turn, a.n`;

/** Requests that nobody claimed and that are not long over, oldest first; of too many, the first of each login. */
const OPEN = `WITH RECURSIVE asking AS (
    (SELECT login FROM handrail.pending WHERE host = $1 AND worker IS NULL ORDER BY login LIMIT 1)
    UNION ALL
    SELECT (SELECT p.login FROM handrail.pending p WHERE p.host = $1 AND p.worker IS NULL AND p.login > a.login ORDER BY p.login LIMIT 1)
      FROM asking a WHERE a.login IS NOT NULL)
  SELECT ${REQUEST} FROM handrail.request WHERE id IN (
    SELECT request FROM (
      SELECT request, at, row_number() OVER (PARTITION BY login ORDER BY at) AS turn FROM asking a, LATERAL (
        SELECT request, at FROM handrail.pending p WHERE p.host = $1 AND p.worker IS NULL AND p.login = a.login
         ORDER BY at LIMIT ${MOST_OPEN}) first) unclaimed
    ORDER BY turn, at LIMIT ${MOST_OPEN})
  ORDER BY at`;

/**
 * Requests of a host in the team's record; `worker` tells this worker's claims from those of others. A connection that
 * is lost is made again when something is asked next.
 */
export function recordSource(url: string, host: string, worker: string): RequestSource {
  let connected: Promise<TeamConnection> | undefined;
  let session: Session | undefined;
  let onRing = (): void => undefined;
  const over = new AbortController();
  const patience = { ...PATIENCE, signal: over.signal };
  let atWork: TeamConnection | undefined;
  const connection = (): Promise<TeamConnection> => {
    connected ??= connectTeam(url, patience).then(async (team) => {
      session = await workAs(team, host, { worker, earlier: session, signal: over.signal });
      atWork = team;
      void team.lost.then(() => {
        connected = undefined;
      });
      // Whoever cannot hear looks by itself, later.
      hearRings(team, host, () => onRing()).catch(() => undefined);
      return team;
    });
    connected.catch(() => {
      connected = undefined;
    });
    return connected;
  };
  const rowsOf = async <Found>(
    text: string,
    values: readonly unknown[],
  ): Promise<readonly Found[]> => {
    const team = await connection();
    try {
      return await team.rows<Found>(text, values);
    } catch (error) {
      // Nobody answered: a line that is half open never says so, and what is asked next gets a new one.
      if (sqlstateOf(error) === '') {
        connected = undefined;
        void team.close();
      }
      throw isOlder(error) ? inWords(error, team.where) : error;
    }
  };
  const filed = async (rows: readonly Row[]): Promise<readonly Filed[]> => {
    if (rows.length === 0) return [];
    const answers = await rowsOf<AnswerRow>(ANSWERS, [rows.map(({ id }) => id)]);
    return rows.map((row) => filedOf(row, answers));
  };
  return {
    where: withoutPassword(url),
    hear(then) {
      onRing = then;
    },
    open: async () => filed(await rowsOf<Row>(OPEN, [host])),
    async read(id) {
      const rows = await rowsOf<Row>(`SELECT ${REQUEST} FROM handrail.request WHERE id = $1`, [id]);
      return (await filed(rows))[0];
    },
    async claimed() {
      const rows = await rowsOf<{ request: string }>(
        'SELECT request FROM handrail.pending WHERE host = $1 AND worker = $2',
        [host, worker],
      );
      return rows.map(({ request }) => request);
    },
    async claim(id) {
      const [row] = await rowsOf<{ claim: boolean }>('SELECT handrail.claim($1, $2)', [id, worker]);
      return row?.claim === true;
    },
    async claimDue({ run, runbook, procedure, due }) {
      const [row] = await rowsOf<{ claim: boolean }>(
        'SELECT handrail.claim_due($1, $2, $3, $4, $5) AS claim',
        [run, runbook, procedure, due.toISOString(), worker],
      );
      return row?.claim === true;
    },
    claimedDue: () =>
      rowsOf<{ run: string; due: Date }>(
        `SELECT run, due_at AS due FROM handrail.due
           WHERE host = $1 AND worker = $2 AND at > clock_timestamp() - interval '2 days' AND isfinite(due_at)`,
        [host, worker],
      ),
    async say(id, state, why) {
      await rowsOf('SELECT handrail.say($1, $2, $3)', [id, state, why.slice(0, 1000)]);
    },
    async present(busy) {
      await rowsOf('SELECT handrail.present($1)', [busy]);
    },
    close: async () => {
      await atWork?.close();
      // Whoever is still waited for, for a connection or for this worker's place, is not waited for any more.
      over.abort();
      await connected?.catch(() => undefined);
    },
  };
}

/** A server that does not hear of its end gives a worker's place away within half a minute. */
const SOON =
  'SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3';

/** A session of a worker at the server. */
interface Session {
  readonly pid: number;
  readonly since: string;
}

const TAKE = `SELECT handrail.work_as($1) AS is_ours, pid, backend_start::text AS since
  FROM pg_stat_activity WHERE pid = pg_backend_pid()`;
const END = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE pid = $1 AND backend_start::text = $2 AND pid <> pg_backend_pid()`;
/** So long a session takes to end that was told to, in tries. */
const MOST_TRIES = 50;
const PAUSE_MS = 100;

/**
 * Takes the place of this worker. Its own `earlier` session may still have it, whose line was lost on this side alone and
 * is kept open by something in between: it is ended. Throws LOCK_HELD where another one by its name has it, such as that
 * of a copied disk.
 */
async function workAs(
  team: TeamConnection,
  host: string,
  {
    worker,
    earlier,
    signal,
  }: {
    readonly worker: string;
    readonly earlier: Session | undefined;
    readonly signal: AbortSignal;
  },
): Promise<Session> {
  try {
    await team.script(SOON);
    await refuseOther(team, host);
    for (let tried = 0; ; tried += 1) {
      const [row] = await team.rows<Session & { readonly is_ours: boolean }>(TAKE, [worker]);
      if (row?.is_ours === true) return { pid: row.pid, since: row.since };
      if (earlier === undefined || tried === MOST_TRIES) break;
      const ended = await team.rows(END, [earlier.pid, earlier.since]);
      if (ended.length === 0 && tried > 0) break;
      await sleep(PAUSE_MS, undefined, { signal });
    }
    const message = `Another worker of host ${host} is at work by the name of this one (${worker}): on this state folder, or on a copy of this machine. This one takes nothing before that one ends; give it a state folder of its own.`;
    throw new HandrailError('LOCK_HELD', { message });
  } catch (error) {
    await team.close();
    throw sqlstateOf(error) === '' ? error : inWords(error, team.where);
  }
}

/** A worker under another name than its login's would find nothing, and wait for ever. What the record does not say is no reason. */
async function refuseOther(team: TeamConnection, host: string): Promise<void> {
  const [login] = await team
    .rows<{ readonly host: string | null }>('SELECT handrail.host_if_any() AS host')
    .catch(() => []);
  if (login === undefined || login.host === host) return;
  const whose = login.host === null ? 'no host' : `host ${login.host}`;
  const message = `The login in ${team.where} belongs to ${whose}, and this worker is called ${host}. Give it the login that \`handrail team host add ${host}\` prints, or the other name.`;
  throw new HandrailError('TEAM_REFUSED', { message });
}

function filedOf({ id, document, signature }: Row, answers: readonly AnswerRow[]): Filed {
  const of = (kind: string) =>
    answers
      .filter((answer) => answer.subject === id && answer.kind === kind)
      .map((answer) => ({ document: answer.document.toString(), signature: answer.signature }));
  return {
    id,
    document: document.toString(),
    signature,
    approvals: of('approval'),
    cancels: of('cancel'),
  };
}
