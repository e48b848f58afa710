import type { Duplex } from 'node:stream';
import type { Client } from 'pg';
import { HandrailError } from '../../engine/model/errors.ts';
import { withoutPasswordOf } from '../../text/url.ts';

/** A connection to a team's record. */
export interface TeamConnection {
  /** `user@host:port/database`, without the password. */
  readonly where: string;
  /** Rows of one statement. Throws what the server says, with its SQLSTATE as `code`. */
  rows<Row>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
  /** Several statements without values, as one message. */
  script(text: string): Promise<void>;
  /** Calls back with every payload of a channel, and once when the connection is lost. */
  listen(channel: string, onPayload: (payload: string) => void): Promise<void>;
  /** Resolves when the connection is lost or closed. */
  readonly lost: Promise<void>;
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 10_000;
const SILENCE_MS = 60_000;
/** A connection that does not say goodbye within this is cut. */
const GOODBYE_MS = 500;

/** More than this is no answer to anything that is asked: who has the server could fill this machine's memory with it. */
const MOST_ANSWER_BYTES = 192 * 1024 * 1024;

/** How long a connection may take, and how long nothing may come of what was asked before the line counts as lost. */
export interface Patience {
  readonly connectMs?: number;
  readonly silenceMs?: number;
  /** Cuts the line, at whatever it is, and makes none any more. */
  readonly signal?: AbortSignal | undefined;
  /** The process may end although the connection is open, unless it waits for an answer. */
  readonly lazy?: boolean;
}

/** Whether a text is the URL of a PostgreSQL. */
export const isTeamUrl = (text: string): boolean => /^postgres(?:ql)?:\/\//i.test(text);

/** Connects. Throws UNREACHABLE with a sentence that names the server and never the password. */
export async function connectTeam(url: string, patience: Patience = {}): Promise<TeamConnection> {
  const pg = await import('pg');
  let client: Client | undefined;
  const { signal } = patience;
  const letGo = (): void => void (client !== undefined && cut(client));
  const heedless = (): void => signal?.removeEventListener('abort', letGo);
  signal?.addEventListener('abort', letGo);
  try {
    signal?.throwIfAborted();
    client = new pg.default.Client({
      connectionString: asLibpqReads(url),
      connectionTimeoutMillis: patience.connectMs ?? CONNECT_TIMEOUT_MS,
      fallback_application_name: 'handrail team',
      keepAlive: true,
    });
    client.on('error', () => {});
    await client.connect();
    const connection = connectionOf(
      client,
      patience.silenceMs ?? SILENCE_MS,
      patience.lazy === true,
    );
    void connection.lost.then(heedless);
    return connection;
  } catch (cause) {
    heedless();
    letGo();
    throw unreachable(url, client, cause);
  }
}

/** The server's SQLSTATE, `''` when it is no word of the server's. */
export function sqlstateOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}

function connectionOf(client: Client, silenceMs: number, isLazy: boolean): TeamConnection {
  // Its types leave these two out.
  const handle: { ref(): void; unref(): void } = Object(client);
  let waiting = 0;
  const meter = metered(client, silenceMs);
  let turn: Promise<unknown> = Promise.resolve();
  const answered = async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
    if (isLazy && waiting === 0) handle.ref();
    waiting += 1;
    const before = turn;
    const measured = (): Promise<Answer> => {
      meter.begin();
      return ask().finally(() => meter.end());
    };
    const answer = before.then(measured, measured);
    turn = answer.catch(() => undefined);
    try {
      return await answer;
    } finally {
      waiting -= 1;
      if (isLazy && waiting === 0) handle.unref();
    }
  };
  if (isLazy) handle.unref();
  const lost = new Promise<void>((resolve) => {
    client.once('error', () => resolve());
    client.once('end', () => resolve());
  });
  return {
    where: describe(client),
    lost,
    async rows<Row>(text: string, values: readonly unknown[] = []) {
      const { rows } = await answered(() => client.query(text, [...values]));
      // The caller knows the columns that it asked for.
      return rows as Row[];
    },
    async script(text) {
      await answered(() => client.query(text));
    },
    async listen(channel, onPayload) {
      client.on('notification', ({ channel: from, payload }) => {
        if (from === channel) onPayload(payload ?? '');
      });
      await answered(() => client.query(`LISTEN ${client.escapeIdentifier(channel)}`));
    },
    async close() {
      const timer = setTimeout(() => cut(client), GOODBYE_MS);
      await client.end().catch(() => undefined);
      clearTimeout(timer);
    },
  };
}

/**
 * Cuts the line of a server that answers without an end, or not at all: what is asked over a line that stays silent would
 * wait for ever, and whatever is asked after it.
 */
function metered(client: Client, silenceMs: number): { begin(): void; end(): void } {
  let bytes = 0;
  const { connection }: { connection?: { stream?: Duplex } } = Object(client);
  const give = (why: string): void => void connection?.stream?.destroy(new Error(why));
  let timer: NodeJS.Timeout | undefined;
  connection?.stream?.on('data', (chunk: Uint8Array) => {
    timer?.refresh();
    bytes += chunk.length;
    if (bytes > MOST_ANSWER_BYTES) give('its answer is larger than any that can be right');
  });
  return {
    begin() {
      bytes = 0;
      timer = setTimeout(give, silenceMs, `nothing came of it for ${silenceMs / 1000} s`);
    },
    end() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}

/** A half-open connection never says goodbye. */
function cut(client: Client): void {
  const { connection }: { connection?: { stream?: { destroy?(): void } } } = Object(client);
  connection?.stream?.destroy?.();
}

function describe(client: Client): string {
  const host = client.host.includes(':') ? `[${client.host}]` : client.host;
  return `${client.user ?? ''}@${host}:${client.port}/${client.database ?? ''}`;
}

function unreachable(url: string, client: Client | undefined, cause: unknown): HandrailError {
  const at = client === undefined ? '' : ` (${describe(client)})`;
  const why =
    client === undefined
      ? 'its URL cannot be read; expected postgres://user@host:port/database'
      : withoutPasswordOf(url, reasonOf(cause));
  const message = `The team's record${at} cannot be reached: ${why}.`;
  return new HandrailError('UNREACHABLE', { message, sqlstate: sqlstateOf(cause) }, { cause });
}

function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError && cause.errors[0] instanceof Error)
    return cause.errors[0].message;
  return (cause instanceof Error ? cause.message : String(cause)).replace(/\.$/, '');
}

/** `sslmode` means what it means to psql. */
function asLibpqReads(url: string): string {
  if (!/[?&]sslmode=/.test(url) || /uselibpqcompat=/.test(url)) return url;
  return `${url}&uselibpqcompat=true`;
}
