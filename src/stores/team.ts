import type { Clock } from '../engine/contracts/clock.ts';
import type {
  HeldLock,
  LedgerEntry,
  LedgerHead,
  LockHolder,
  RawLine,
  RunReader,
  RunStore,
  RunWriter,
} from '../engine/contracts/run-store.ts';
import { HandrailError } from '../engine/model/errors.ts';
import { NO_HEAD } from '../engine/record/chain.ts';
import { RUNBOOK, whereOf } from '../engine/record/files.ts';
import { connectTeam, type TeamConnection } from './team/connection.ts';
import { inWords, withoutPassword } from './team/refusals.ts';
import { TeamRunReader, type ToldLines } from './team/run-reader.ts';
import { letGo, TeamRunWriter } from './team/run-writer.ts';
import { usedRun } from './used-run.ts';

/** What is asked for at a time: however many there are, nobody waits long for an answer or keeps all of them in mind. */
const PAGE_RUNS = 10_000;
const PAGE_READERS = 200;
const PAGE_LINES = 2000;
/** Ends of runs that are told together with their beginnings, and how long a line may be for that. */
const LAST_LINES = 4;
const MOST_LINE_BYTES = 16 * 1024;
/** Whoever reads asks for little at a time. */
const READING_SILENCE_MS = 20_000;
const RUN_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface Told extends ToldLines {
  readonly run: string;
}

/**
 * A team's record in PostgreSQL. Everybody who may reads the runs of all hosts; a host that keeps its runs here alone
 * writes them by its own login. Runs of hosts that keep them in folders come by the mirror.
 */
export class TeamStore implements RunStore {
  readonly scheme = 'postgres';
  readonly where: string;
  readonly #url: string;
  readonly #clock: Clock;
  #reading: Promise<TeamConnection> | undefined;

  constructor(url: string, clock: Clock) {
    this.#url = url;
    this.#clock = clock;
    this.where = withoutPassword(url);
  }

  async create(run: string, runbook: Uint8Array): Promise<RunWriter> {
    if (await this.#known(run)) throw usedRun(this.where, run);
    const writer = await this.#writer(run, 0);
    await writer.keep(RUNBOOK, runbook);
    return writer;
  }

  async reopen(run: string): Promise<RunWriter> {
    if (!(await this.#known(run)))
      throw new HandrailError('RUN_NOT_FOUND', { name: run, state: this.where });
    return this.#writer(run, -1);
  }

  async read(run: string): Promise<RunReader | undefined> {
    if (!(await this.#known(run))) return undefined;
    return this.#reader(run);
  }

  async runs(): Promise<readonly string[]> {
    const ids: string[] = [];
    for (let after: string | null = null; ; ) {
      const rows: readonly { readonly run: string }[] = await this.#ask(
        `SELECT run::text FROM handrail.run r WHERE run > coalesce($1::uuid, '${FIRST_RUN}') AND ${IS_THERE} ORDER BY run LIMIT $2`,
        [after, PAGE_RUNS],
      );
      for (const { run } of rows) ids.push(run);
      after = rows.at(-1)?.run ?? null;
      if (rows.length < PAGE_RUNS) return ids;
    }
  }

  /** Each knows already how its log begins and ends: over a network an answer costs more than what it holds. */
  async *newest(): AsyncGenerator<RunReader> {
    for (let before: string | null = null; ; ) {
      const page: readonly Told[] = await this.#ask<Told>(NEWEST, [before, PAGE_READERS]);
      for (const told of page) yield this.#reader(told.run, told);
      before = page.at(-1)?.run ?? null;
      if (page.length < PAGE_READERS) return;
    }
  }

  async strangers(): Promise<readonly string[]> {
    return [];
  }

  async remove(run: string): Promise<void> {
    const reader = await this.read(run);
    if (reader === undefined) return;
    if (await reader.live()) throw busy(run);
    await this.#ask('SELECT handrail.retire($1)', [run]);
  }

  async stamps(): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#ask<{ run: string; seq: number | null }>(
      `SELECT run::text, (SELECT seq FROM handrail.event e WHERE e.run = r.run ORDER BY seq DESC LIMIT 1) AS seq
         FROM handrail.run r WHERE ${IS_THERE} ORDER BY run`,
    );
    return new Map(rows.map(({ run, seq }) => [run, String(seq)]));
  }

  async enter({ run, what, head, at }: LedgerEntry): Promise<LedgerHead> {
    await this.#ask('SELECT handrail.note($1, $2, $3, $4)', [run, what, head, at]);
    const [end] = await this.#ask<{ seq: string; hash: string }>(
      `SELECT seq, encode(hash, 'hex') AS hash FROM handrail.ledger ORDER BY seq DESC LIMIT 1`,
    );
    return { size: Number(end?.seq ?? -1) + 1, head: end?.hash ?? NO_HEAD };
  }

  async *ledger(): AsyncGenerator<RawLine> {
    for (let from = 0; ; from += PAGE_LINES) {
      const rows = await this.#ask<{ seq: string; line: Buffer }>(
        'SELECT seq, line FROM handrail.ledger WHERE seq >= $1 ORDER BY seq LIMIT $2',
        [from, PAGE_LINES],
      );
      for (const { seq, line } of rows) yield { line: Number(seq) + 1, raw: line, complete: true };
      if (rows.length < PAGE_LINES) return;
    }
  }

  async hosts(): Promise<ReadonlyMap<string, string>> {
    const rows = await this.#ask<{ run: string; host: string }>(
      'SELECT run::text, host FROM handrail.run',
    );
    return new Map(rows.map(({ run, host }) => [run, host]));
  }

  /** An older record cannot say; `team init` teaches it. */
  async elsewhere(): Promise<ReadonlySet<string>> {
    const rows = await this.#ask<{ run: string }>('SELECT handrail.elsewhere()::text AS run');
    return new Set(rows.map(({ run }) => run));
  }

  /** The database takes nothing back: there is nothing to be remembered apart from it. */
  async remembered(): Promise<null> {
    return null;
  }

  async lock(name: string, holder: LockHolder): Promise<HeldLock | LockHolder> {
    const own = await connectTeam(this.#url);
    const other = await this.#taken<string>(own, 'SELECT handrail.take_lock($1, $2) AS answer', [
      name,
      JSON.stringify(holder),
    ]);
    if (other === null) return { fds: [], release: () => letGo(own) };
    await own.close();
    // Written by `JSON.stringify` above, by another engine of this host.
    const held: LockHolder = JSON.parse(other);
    return held;
  }

  async #known(run: string): Promise<boolean> {
    if (!RUN_ID.test(run))
      throw new HandrailError('RUN_NOT_FOUND', { name: run, state: this.where });
    const rows = await this.#ask(`SELECT FROM handrail.run r WHERE run = $1 AND ${IS_THERE}`, [
      run,
    ]);
    return rows.length > 0;
  }

  #reader(run: string, told?: Told): TeamRunReader {
    return new TeamRunReader(run, whereOf(this, run), () => this.#connection(), told);
  }

  async #writer(run: string, lines: number): Promise<TeamRunWriter> {
    const own = await connectTeam(this.#url);
    if (!(await this.#taken<boolean>(own, 'SELECT handrail.take_run($1) AS answer', [run]))) {
      await own.close();
      throw busy(run);
    }
    try {
      const writer = new TeamRunWriter(run, own, this.where, this.#clock);
      if (lines < 0) await writer.goOn();
      return writer;
    } catch (error) {
      await letGo(own);
      throw error;
    }
  }

  /** Asks for something that is held as long as the connection is there. */
  async #taken<Answer>(
    own: TeamConnection,
    text: string,
    values: readonly unknown[],
  ): Promise<Answer | null> {
    try {
      const [row] = await own.rows<{ answer: Answer | null }>(text, values);
      return row?.answer ?? null;
    } catch (error) {
      await own.close();
      throw inWords(error, own.where);
    }
  }

  async #ask<Row>(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    const connection = await this.#connection();
    try {
      return await connection.rows<Row>(text, values);
    } catch (error) {
      throw inWords(error, connection.where);
    }
  }

  #connection(): Promise<TeamConnection> {
    this.#reading ??= connectTeam(this.#url, { lazy: true, silenceMs: READING_SILENCE_MS }).then(
      (connection) => {
        connection.lost.then(() => {
          this.#reading = undefined;
        });
        return connection;
      },
    );
    this.#reading.catch(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }
}

const FIRST_RUN = '00000000-0000-0000-0000-000000000000';
const IS_THERE = 'NOT EXISTS (SELECT FROM handrail.tombstone t WHERE t.run = r.run)';
/** Of a run whose lines are long they are asked for when somebody reads it. */
const NEWEST = `SELECT r.run::text, f.line AS first, l.lines AS last, l.seq
  FROM (SELECT run FROM handrail.run r WHERE ($1::uuid IS NULL OR run < $1) AND ${IS_THERE} ORDER BY run DESC LIMIT $2) r
  LEFT JOIN LATERAL (SELECT line FROM handrail.event e WHERE e.run = r.run AND e.seq = 0 AND length(line) <= ${MOST_LINE_BYTES} LIMIT 1) f ON true
  LEFT JOIN LATERAL (SELECT array_agg(line ORDER BY seq) AS lines, max(seq) AS seq
    FROM (SELECT seq, line FROM handrail.event e WHERE e.run = r.run ORDER BY seq DESC LIMIT ${LAST_LINES}) e
    HAVING max(length(line)) <= ${MOST_LINE_BYTES}) l ON true
  ORDER BY r.run DESC`;

function busy(run: string): HandrailError {
  const message = `Run ${run} is being carried out. Wait until it ends, or end it.`;
  return new HandrailError('LOCK_HELD', { message });
}
