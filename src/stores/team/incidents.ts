import type {
  Appended,
  IncidentEntry,
  IncidentStore,
} from '../../engine/contracts/incident-store.ts';
import type { LedgerEntry, RawLine } from '../../engine/contracts/run-store.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { incidentPlace } from '../../engine/record/files.ts';
import { readLedger } from '../../engine/record/ledger.ts';
import { connectTeam, type TeamConnection } from './connection.ts';
import { inWords, withoutPassword } from './refusals.ts';

interface Log {
  readonly host: string;
  readonly name: string;
  readonly logs: number;
}

const PAGE_LINES = 500;

/**
 * Incidents of all hosts, as their mirrors sent them. Each host has a log of its own; where several have one of an incident,
 * each is called `NAME@HOST`.
 */
export class TeamIncidentStore implements IncidentStore {
  readonly where: string;
  readonly #url: string;
  #connection: Promise<TeamConnection> | undefined;
  #logs: Promise<ReadonlyMap<string, Log>> | undefined;

  constructor(url: string) {
    this.#url = url;
    this.where = withoutPassword(url);
  }

  async incidents(): Promise<readonly IncidentEntry[]> {
    return [...(await this.#known())].map(([name, log]) => ({
      name,
      path: `${incidentPlace(encodeURIComponent(log.name))}/${encodeURIComponent(log.host)}.jsonl`,
      of: log.name,
    }));
  }

  async *lines(name: string): AsyncGenerator<RawLine> {
    const log = (await this.#known()).get(name);
    if (log !== undefined) yield* this.#linesOf(log.host, log.name);
  }

  append(): Promise<Appended> {
    const message = `What is said of incidents is kept in folders, and \`${this.where}\` is none. Give a folder with --state.`;
    return Promise.reject(new HandrailError('CONFIGURATION', { message }));
  }

  async current(): Promise<null> {
    return null;
  }

  async setCurrent(): Promise<void> {}

  async entries(name: string): Promise<readonly LedgerEntry[]> {
    const log = (await this.#known()).get(name);
    if (log === undefined) return [];
    return (await readLedger(this.#linesOf(log.host, ''))).byRun.get(log.name) ?? [];
  }

  async *#linesOf(host: string, name: string): AsyncGenerator<RawLine> {
    for (let from = 0; ; from += PAGE_LINES) {
      const rows = await this.#ask<{ line: Buffer }>(
        'SELECT line FROM handrail.incident WHERE host = $1 AND name = $2 ORDER BY seq OFFSET $3 LIMIT $4',
        [host, name, from, PAGE_LINES],
      );
      for (const [at, { line }] of rows.entries())
        yield { line: from + at + 1, raw: line, complete: true };
      if (rows.length < PAGE_LINES) return;
    }
  }

  #known(): Promise<ReadonlyMap<string, Log>> {
    this.#logs ??= this.#ask<Log>(
      `SELECT host, name, (count(*) OVER (PARTITION BY name))::int AS logs
         FROM (SELECT DISTINCT host, name FROM handrail.incident WHERE name <> '') i ORDER BY name, host`,
      [],
    ).then(
      (logs) =>
        new Map(logs.map((log) => [log.logs > 1 ? `${log.name}@${log.host}` : log.name, log])),
    );
    return this.#logs;
  }

  async #ask<Row>(text: string, values: readonly unknown[]): Promise<readonly Row[]> {
    try {
      this.#connection ??= connectTeam(this.#url, { lazy: true });
      return await (await this.#connection).rows<Row>(text, values);
    } catch (error) {
      throw inWords(error, this.where);
    }
  }
}
