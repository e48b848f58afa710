import * as z from 'zod/mini';
import { connectTeam, type TeamConnection } from '../../stores/team/connection.ts';
import { inWords, withoutPassword } from '../../stores/team/refusals.ts';
import { SILENT_SECONDS } from '../../stores/team/run-reader.ts';
import { QUEUE_STATES, type QueueState } from './source.ts';

/** A request as people see it. */
export interface Queued {
  readonly request: string;
  readonly host: string;
  readonly state: QueueState;
  /** What it waits for, or how it ended; `''` when there is no more to say. */
  readonly why: string;
  readonly runbook: string;
  readonly procedure: string;
  /** Who says they ask for it; the host alone checks that. */
  readonly requester: string;
  readonly reason: string;
  /** Who says they approved it. */
  readonly approvals: readonly string[];
  readonly at: string;
  readonly expires: string;
  readonly claimedAt: string | null;
  /** When its host was heard of last. */
  readonly hostSeenAt: string | null;
}

interface Row {
  readonly request: string;
  readonly host: string;
  readonly runbook: string;
  readonly procedure: string;
  readonly who: string;
  readonly document: Buffer;
  readonly at: Date;
  readonly expires_at: Date;
  readonly approvals: readonly string[] | null;
  readonly state: string | null;
  readonly why: string | null;
  readonly claimed_at: Date | null;
  readonly last_line: Buffer | null;
  readonly pulse: Date | null;
  readonly seen: Date | null;
  readonly now: Date;
  /** `at` as the server writes it: no date of ours is that fine. */
  readonly place: string;
}

/** What is asked for at a time. */
export const PAGE_REQUESTS = 500;
/** PostgreSQL has times that no clock shows, such as `infinity`; the nearest one that can be told. */
const told = (time: string): string =>
  `CASE WHEN ${time} IS NOT NULL THEN greatest('epoch', least(${time}, '9999-12-31T23:59:59Z')) END`;
/** What is looked up for each request is never a walk through all that there are (a LIMIT keeps it from becoming a join). */
const QUEUE = `SELECT q.id AS request, q.host, q.runbook, q.procedure, q.who, q.document, ${told('q.at')} AS at,
    ${told('q.expires_at')} AS expires_at, clock_timestamp() AS now, q.at::text AS place,
    (SELECT array_agg(DISTINCT a.who) FROM handrail.answer a WHERE a.subject = q.id AND a.kind = 'approval') AS approvals,
    w.state, w.why, ${told('c.at')} AS claimed_at, ${told('p.at')} AS pulse, ${told('h.at')} AS seen,
    (SELECT e.line FROM handrail.event e WHERE e.run = q.id AND e.type IN ('run.finished', 'run.resumed') ORDER BY e.seq DESC LIMIT 1) AS last_line
  FROM (SELECT * FROM handrail.request WHERE $1::timestamptz IS NULL OR (at <= $1 AND (at, id) < ($1, $2::uuid))
    ORDER BY at DESC, id DESC LIMIT ${PAGE_REQUESTS}) q
  LEFT JOIN LATERAL (SELECT at FROM handrail.claim c WHERE c.request = q.id LIMIT 1) c ON true
  LEFT JOIN LATERAL (SELECT at FROM handrail.pulse p WHERE p.run = q.id LIMIT 1) p ON true
  LEFT JOIN handrail.presence h ON h.host = q.host
  LEFT JOIN LATERAL (SELECT state, why FROM handrail.word w WHERE w.request = q.id ORDER BY n DESC LIMIT 1) w ON true
  ORDER BY q.at DESC, q.id DESC`;

/** Every request that the record knows, newest first, in bounded memory. Throws UNREACHABLE or TEAM_REFUSED. */
export async function* readQueue(url: string): AsyncGenerator<Queued> {
  const team = await connectTeam(url);
  try {
    yield* queueIn(team);
  } catch (error) {
    throw inWords(error, withoutPassword(url));
  } finally {
    await team.close();
  }
}

/** The same over a connection that is there. */
export async function* queueIn(team: TeamConnection): AsyncGenerator<Queued> {
  for (let last: Row | undefined; ; ) {
    const page: readonly Row[] = await team.rows<Row>(QUEUE, [last?.place, last?.request]);
    yield* page.map(queuedOf);
    last = page.at(-1);
    if (page.length < PAGE_REQUESTS) return;
  }
}

function queuedOf(row: Row): Queued {
  return {
    request: row.request,
    host: row.host,
    ...standingOf(row),
    runbook: row.runbook,
    procedure: row.procedure,
    requester: row.who,
    reason: reasonIn(row.document),
    approvals: row.approvals ?? [],
    at: row.at.toISOString(),
    expires: row.expires_at.toISOString(),
    claimedAt: row.claimed_at?.toISOString() ?? null,
    hostSeenAt: row.seen?.toISOString() ?? null,
  };
}

function standingOf(row: Row): { readonly state: QueueState; readonly why: string } {
  const said = saidIn(row);
  const end = endIn(row.last_line);
  // Why nothing was done says its host in words of its own; the run's record counts what was found.
  if (end?.state === 'refused' && ENDED_BEFORE.has(said.state)) return said;
  if (row.claimed_at !== null) return end ?? (isSilent(row) ? lostOr(said) : atWork(said));
  if (['refused', 'cancelled', 'expired'].includes(said.state)) return said;
  if (row.expires_at <= row.now)
    return { state: 'expired', why: 'its time was over before it could start' };
  if (row.state !== null) return said;
  const isWatched =
    row.seen !== null && row.now.getTime() - row.seen.getTime() < SILENT_SECONDS * 1000 * 3;
  const { state, why } = unjudged(row.approvals ?? []);
  return { state, why: isWatched ? why : `${why}; its host was not heard of lately` };
}

/** How a request stands of which its host has not said a word yet: whether an approval is wanted and counts, that host alone knows. */
export function unjudged(approvals: readonly string[]): Said {
  return approvals.length === 0
    ? { state: 'waiting', why: 'nobody has approved it' }
    : { state: 'queued', why: 'its host judges whether that is enough' };
}

/** What a host says of a request that comes to nothing. */
const ENDED_BEFORE: ReadonlySet<QueueState> = new Set(['refused', 'cancelled']);

/** A state that handrail does not know was not written by it. */
function saidIn({ state, why }: Row): Said {
  if (state === null) return { state: 'queued', why: why ?? '' };
  const known = QUEUE_STATES.find((each) => each === state);
  return known === undefined
    ? { state: 'unknown', why: `altered: \`${state}\` is no state of a request` }
    : { state: known, why: why ?? '' };
}

/** A host that is silent leaves its run unknown: nobody else starts it, nobody ends it. */
function isSilent({ pulse, claimed_at: claimedAt, now }: Row): boolean {
  const heardMs = Math.max(pulse?.getTime() ?? 0, claimedAt?.getTime() ?? 0);
  return now.getTime() - heardMs > SILENT_SECONDS * 1000;
}

interface Said {
  readonly state: QueueState;
  readonly why: string;
}

/** What a host says of a run whose record says nothing yet. */
const SAID_OF_CLAIMED: ReadonlySet<QueueState> = new Set([
  'refused',
  'failed',
  'unknown',
  'cancelled',
  'expired',
]);

function lostOr(said: Said): Said {
  if (SAID_OF_CLAIMED.has(said.state)) return said;
  return {
    state: 'unknown',
    why: 'its host is silent: the run is gone on with there, and nowhere else',
  };
}

function atWork(said: Said): Said {
  return SAID_OF_CLAIMED.has(said.state) ? said : { state: 'running', why: '' };
}

const ENDS: ReadonlyMap<string, QueueState> = new Map([
  ['passed', 'passed'],
  ['failed', 'failed'],
  ['timed-out', 'failed'],
  ['skipped', 'failed'],
  ['cancelled', 'cancelled'],
  ['refused', 'refused'],
  ['waiting', 'waiting'],
]);
const UNKNOWN_EXIT = 4;

/** How a run ended, by the line that says so; `undefined`: it has not. */
export function endIn(line: Buffer | null): Said | undefined {
  if (line === null) return undefined;
  const event = eventIn(line);
  if (event === undefined) return ALTERED;
  if (event.type !== 'run.finished') return undefined;
  if (event.exitCode === UNKNOWN_EXIT) return { state: 'unknown', why: event.why ?? '' };
  const why = whyWith(event.why ?? '', event.outcome === 'refused' ? (event.findings ?? []) : []);
  return { state: ENDS.get(event.outcome ?? '') ?? 'failed', why };
}

/** How the run ended is not known from a line that handrail did not write. */
const ALTERED: Said = {
  state: 'unknown',
  why: 'altered: the last line of its record is no event; `handrail verify` says where',
};

const eventSchema = z.looseObject({
  type: z.string(),
  outcome: z.optional(z.string()),
  exitCode: z.optional(z.number()),
  why: z.optional(z.string()),
  findings: z.optional(
    z.array(z.looseObject({ severity: z.string(), line: z.number(), message: z.string() })),
  ),
});

/** Why a run ended as it did, with what a refusal found: whoever waits for it reads no other record. */
export function whyWith(
  why: string,
  findings: readonly {
    readonly severity: string;
    readonly line: number;
    readonly message: string;
  }[],
): string {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const said = errors.map(({ line, message }) => `line ${line}: ${message}`);
  return [why, ...said].join('; ');
}

function eventIn(line: Buffer): z.infer<typeof eventSchema> | undefined {
  try {
    const read = z.safeParse(eventSchema, JSON.parse(line.toString()));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

function reasonIn(document: Buffer): string {
  try {
    const { reason }: { readonly reason?: unknown } = JSON.parse(document.toString());
    return typeof reason === 'string' ? reason : '';
  } catch {
    return '';
  }
}
