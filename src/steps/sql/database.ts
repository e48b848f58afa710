import type { Client, QueryArrayConfig } from 'pg';
import { HandrailError } from '../../engine/model/errors.ts';
import { withoutPasswordOf } from '../../text/url.ts';
import type { SqlColumn, SqlRow } from './table.ts';

/** A connection as the frontmatter names it. */
export interface DatabaseTarget {
  readonly name: string;
  /** May hold a password: never shown. */
  readonly url: string;
  readonly readonly: boolean;
}

/** One statement to run. */
export interface DatabaseRequest {
  readonly text: string;
  readonly values: readonly string[];
  /** Cancels the statement on the server. */
  readonly signal: AbortSignal;
  onRow?(row: SqlRow): void;
  /** Rows for `COPY … FROM STDIN`. */
  readonly copied?: string;
  /** What `COPY … TO STDOUT` sends. */
  onCopy?(chunk: Uint8Array): void;
}

/** How a statement ended. */
export type DatabaseEnd =
  | { readonly ok: true; readonly tag: string; readonly columns: readonly SqlColumn[] }
  | { readonly ok: false; readonly error: DatabaseProblem };

/** What the server says about a statement that failed. */
export interface DatabaseProblem {
  /** SQLSTATE, `''` when the connection itself failed. */
  readonly code: string;
  readonly message: string;
  readonly detail: string;
  readonly hint: string;
  /** 1-based position in characters within the statement, `null` when it names none. */
  readonly position: number | null;
}

/** A database session that lives as long as the run. */
export interface DatabaseSession {
  /** `user@host:port/database`, without the password. */
  readonly where: string;
  /** Where the session stands: outside a transaction, in one, in a failed one, or lost. */
  state(): 'idle' | 'open' | 'failed' | 'lost';
  run(request: DatabaseRequest): Promise<DatabaseEnd>;
  /** What the server told since the last look, bounded. */
  takeNotices(): readonly string[];
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 10_000;
/** How long a cancelled statement may take to end before its connection is cut. */
const CANCEL_GRACE_MS = 5000;
const MAX_NOTICES = 200;

/** Opens a session. Throws UNREACHABLE with a sentence that names the server and never the password. */
export async function openSession(target: DatabaseTarget): Promise<DatabaseSession> {
  const client = await connect(target);
  const where = describe(client);
  const notices: string[] = [];
  let lost = false;
  client.on('error', () => (lost = true));
  client.on('end', () => (lost = true));
  client.on('notice', (notice) => {
    if (notices.length < MAX_NOTICES) notices.push(noticeLine(notice));
  });
  const identity = await prepare(client, target, where);
  return {
    where,
    state: () => (lost ? 'lost' : stateOf(client)),
    run: (request) => run(client, target, identity, request),
    takeNotices: () => notices.splice(0),
    async close() {
      if (!lost) await client.end();
    },
  };
}

async function connect(target: DatabaseTarget): Promise<Client> {
  const pg = await import('pg');
  let client: Client | undefined;
  try {
    client = new pg.default.Client({
      connectionString: asLibpqReads(target.url),
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      fallback_application_name: 'handrail',
      keepAlive: true,
    });
    client.on('error', () => {});
    await client.connect();
    return client;
  } catch (cause) {
    throw unreachable(target, client && describe(client), cause);
  }
}

/** `sslmode` means what it means to psql. */
function asLibpqReads(url: string): string {
  if (!/[?&]sslmode=/.test(url) || /uselibpqcompat=/.test(url)) return url;
  return `${url}&uselibpqcompat=true`;
}

function unreachable(
  target: DatabaseTarget,
  where: string | undefined,
  cause: unknown,
): HandrailError {
  const at = where ? ` (${where})` : '';
  const why = where
    ? reasonOf(cause)
    : 'its URL cannot be read; expected postgres://user@host:port/database';
  const message = `The database connection \`${target.name}\`${at} cannot be used: ${withoutPasswordOf(target.url, why)}.`;
  return new HandrailError('UNREACHABLE', { message });
}

function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error)
    return cause.errors[0].message;
  return (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, '');
}

function describe(client: Client): string {
  const host = client.host.includes(':') ? `[${client.host}]` : client.host;
  return `${client.user ?? ''}@${host}:${client.port}/${client.database ?? ''}`;
}

interface Identity {
  readonly pid: string;
  readonly since: string;
}

/** Sets the session up; returns what tells its server process from all others, for cancelling. */
async function prepare(
  client: Client,
  target: DatabaseTarget,
  where: string,
): Promise<Identity | undefined> {
  try {
    if (target.readonly) await client.query(READ_ONLY);
  } catch (cause) {
    await client.end();
    throw unreachable(target, where, cause);
  }
  try {
    const { rows } = await client.query<Identity>(
      'SELECT pid::text, backend_start::text AS since FROM pg_stat_activity WHERE pid = pg_backend_pid()',
    );
    return rows[0];
  } catch {
    return undefined;
  }
}

/** Makes every transaction of the session read-only, by the server. */
export const READ_ONLY = 'SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY';

function stateOf(client: Client): 'idle' | 'open' | 'failed' {
  const status = client.getTransactionStatus();
  return status === 'T' ? 'open' : status === 'E' ? 'failed' : 'idle';
}

async function run(
  client: Client,
  target: DatabaseTarget,
  identity: Identity | undefined,
  request: DatabaseRequest,
): Promise<DatabaseEnd> {
  if (request.signal.aborted) return { ok: false, error: problem('cancelled before it started') };
  const pg = await import('pg');
  const config: QueryArrayConfig & { readonly queryMode: 'extended'; readonly rows?: number } = {
    text: request.text,
    values: [...request.values],
    rowMode: 'array',
    // Values stay as the server writes them.
    types: { getTypeParser: () => String },
    // One statement a message: no value and no text can smuggle in a second one.
    queryMode: 'extended',
    // The server sends so many rows and waits until they are dealt with: memory does not grow with the result.
    ...(request.copied === undefined ? { rows: ROWS_AT_ONCE } : {}),
  };
  let tag = '';
  const onTag = (message: { readonly text?: string }): void => {
    tag = message.text ?? '';
  };
  const onCopy = (message: { readonly chunk?: Uint8Array }): void => {
    if (message.chunk) request.onCopy?.(message.chunk);
  };
  client.connection.on('commandComplete', onTag);
  client.connection.on('copyData', onCopy);
  const cancelling = cancelOnAbort(client, target, identity, request.signal);
  try {
    const columns = await new Promise<readonly SqlColumn[]>((resolve, reject) => {
      const query = new pg.default.Query<(string | null)[], string[]>(config);
      if (request.copied !== undefined) feed(query, request.copied);
      query.on('row', (row) => request.onRow?.(row));
      query.on('error', (error) => {
        // Read in parts, a statement is ended by us: without it the server hears nothing more after an error.
        if (config.rows !== undefined && client.connection.stream.writable)
          client.connection.sync();
        reject(error);
      });
      query.on('end', (result) =>
        resolve(result.fields.map((field) => ({ name: field.name, type: field.dataTypeID }))),
      );
      client.query(query);
    });
    return { ok: true, tag, columns };
  } catch (error) {
    return { ok: false, error: problemOf(error) };
  } finally {
    await cancelling.done();
    client.connection.off('commandComplete', onTag);
    client.connection.off('copyData', onCopy);
  }
}

const ROWS_AT_ONCE = 500;
const COPY_BYTES = 64 * 1024;

/** Answers the server's call for rows; the driver itself would refuse it. */
function feed(query: object, rows: string): void {
  const send = (connection: CopyConnection): void => {
    const bytes = Buffer.from(rows);
    for (let at = 0; at < bytes.length; at += COPY_BYTES)
      connection.sendCopyFromChunk(bytes.subarray(at, at + COPY_BYTES));
    connection.endCopyFrom();
    // What was sent to end the exchange before the rows were asked for is not heard while they come.
    connection.sync();
  };
  Object.assign(query, { handleCopyInResponse: send });
}

/** What of the driver's connection sends rows. */
interface CopyConnection {
  sendCopyFromChunk(chunk: Uint8Array): void;
  endCopyFrom(): void;
  sync(): void;
}

/** Asks the server, over a second connection, to end the statement; cuts the connection when that does not help. */
function cancelOnAbort(
  client: Client,
  target: DatabaseTarget,
  identity: Identity | undefined,
  signal: AbortSignal,
): { done(): Promise<void> } {
  let cut: NodeJS.Timeout | undefined;
  let asking: Promise<void> | undefined;
  let over = false;
  const abort = (): void => {
    asking = askToCancel(target, identity).catch(() => {});
    cut = setTimeout(() => {
      if (!over) client.connection.stream.destroy();
    }, CANCEL_GRACE_MS);
  };
  signal.addEventListener('abort', abort, { once: true });
  return {
    async done() {
      over = true;
      clearTimeout(cut);
      signal.removeEventListener('abort', abort);
      await asking;
    },
  };
}

async function askToCancel(target: DatabaseTarget, identity: Identity | undefined): Promise<void> {
  if (!identity) return;
  const client = await connect(target);
  try {
    await client.query(
      'SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE pid = $1::int AND backend_start = $2::timestamptz',
      [identity.pid, identity.since],
    );
  } finally {
    await client.end();
  }
}

function problem(message: string): DatabaseProblem {
  return { code: '', message, detail: '', hint: '', position: null };
}

function problemOf(error: unknown): DatabaseProblem {
  const text = (field: string): string => {
    if (typeof error !== 'object' || error === null) return '';
    const value: unknown = Reflect.get(error, field);
    return typeof value === 'string' ? value : '';
  };
  // A socket's error has a code as well, but no severity.
  const fromServer = text('severity') !== '';
  return {
    code: fromServer ? text('code') : '',
    message: fromServer ? text('message') : `the connection was lost (${reasonOf(error)})`,
    detail: text('detail'),
    hint: text('hint'),
    position: Number(text('position')) || null,
  };
}

function noticeLine(notice: {
  readonly severity?: string | undefined;
  readonly message?: string | undefined;
  readonly detail?: string | undefined;
}): string {
  const detail = notice.detail ? `\nDETAIL:  ${notice.detail}` : '';
  return `${notice.severity ?? 'NOTICE'}:  ${notice.message ?? ''}${detail}`;
}
