import { createHash, hash } from 'node:crypto';
import type { Clock } from '../../engine/contracts/clock.ts';
import type { OutputWriter, RunWriter } from '../../engine/contracts/run-store.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import type { RunEventBody, StoredEvent } from '../../engine/model/event.ts';
import { Chain, stateAfter } from '../../engine/record/chain.ts';
import { outputFile } from '../../engine/record/files.ts';
import type { TeamConnection } from './connection.ts';

/** A file that is larger stays on its host: its size and hash are sent. */
export const MAX_BLOB_BYTES = 8 * 1024 * 1024;

/** Appends to one run in a team's record, as the host that it belongs to. */
export class TeamRunWriter implements RunWriter {
  readonly run: string;
  readonly #team: TeamConnection;
  readonly #where: string;
  readonly #clock: Clock;
  #chain: Chain;
  #started = false;

  constructor(run: string, team: TeamConnection, where: string, clock: Clock) {
    this.run = run;
    this.#team = team;
    this.#where = where;
    this.#clock = clock;
    this.#chain = new Chain(run, clock);
  }

  /** Goes on after the last line. Throws RUN_NOT_RESUMABLE when it is no event. */
  async goOn(): Promise<void> {
    const [last] = await this.#team.rows<{ line: Buffer }>(
      'SELECT line FROM handrail.event WHERE run = $1 ORDER BY seq DESC LIMIT 1',
      [this.run],
    );
    if (last === undefined) return;
    const state = stateAfter(last.line);
    if (state === undefined) {
      const message = `The log of run ${this.run} cannot be gone on with: its last line is no event. \`handrail verify ${this.run}\` says more.`;
      throw new HandrailError('RUN_NOT_RESUMABLE', { message });
    }
    this.#chain = new Chain(this.run, this.#clock, state);
    this.#started = true;
  }

  get nextSeq(): number {
    return this.#chain.state.nextSeq;
  }

  get head(): string {
    return this.#chain.state.head;
  }

  async append(
    bodies: readonly RunEventBody[],
    { before }: Parameters<RunWriter['append']>[1],
  ): Promise<readonly StoredEvent[]> {
    const draft = this.#chain.draft(bodies);
    await before?.(draft.state.head);
    const lines = draft.text.split('\n').slice(0, -1);
    const values = [this.run, this.nextSeq, lines.map((line) => Buffer.from(line))];
    const [end] = await this.#tell<{ fork: number | null }>(
      'SELECT fork FROM handrail.append($1, $2, $3)',
      values,
    );
    if (end?.fork != null) throw this.#lost(new Error('somebody else wrote to this run'));
    this.#chain.commit(draft);
    this.#started ||= bodies.some(({ type }) => type === 'step.started');
    return draft.events;
  }

  async openOutput(stepId: string, attempt: number): Promise<OutputWriter> {
    const path = outputFile(stepId, attempt);
    const digest = createHash('sha256');
    const kept: Uint8Array[] = [];
    let bytes = 0;
    return {
      write: async (chunk) => {
        digest.update(chunk);
        if (bytes + chunk.length <= MAX_BLOB_BYTES) {
          kept.push(Uint8Array.from(chunk));
          const values = [this.run, path, bytes, Buffer.from(chunk)];
          await this.#tell('SELECT handrail.put_piece($1, $2, $3, $4)', values);
        } else kept.length = 0;
        bytes += chunk.length;
      },
      // Of a copy: a digest can be taken only once.
      sum: () => ({ bytes, sha256: digest.copy().digest('hex') }),
      close: async () => {
        const whole = Buffer.concat(kept);
        const sha256 = digest.copy().digest();
        const content = bytes === whole.length ? whole : null;
        await this.#put(path, sha256, bytes, content);
        return { path, bytes, sha256: sha256.toString('hex') };
      },
    };
  }

  async keep(name: string, bytes: Uint8Array | string): Promise<void> {
    const content = Buffer.from(bytes);
    const isSmall = content.length <= MAX_BLOB_BYTES;
    const sha256 = hash('sha256', content, 'buffer');
    await this.#put(name, sha256, content.length, isSmall ? content : null);
  }

  async close(): Promise<void> {
    await letGo(this.#team);
  }

  async #put(path: string, sha256: Buffer, length: number, bytes: Buffer | null): Promise<void> {
    const values = [this.run, path, sha256, length, bytes];
    await this.#tell('SELECT handrail.put_file($1, $2, $3, $4, $5)', values);
  }

  async #tell<Row>(text: string, values: readonly unknown[]): Promise<readonly Row[]> {
    try {
      return await this.#team.rows<Row>(text, values);
    } catch (error) {
      throw this.#lost(error);
    }
  }

  #lost(cause: unknown): HandrailError {
    const why = cause instanceof Error ? cause.message : String(cause);
    const code = this.#started ? 'LOG_LOST' : 'LOG_UNWRITABLE';
    return new HandrailError(code, { path: this.#where, why, run: this.run }, { cause });
  }
}

/** Whoever asks next must not find a lock that only this connection still holds. */
export async function letGo(own: TeamConnection): Promise<void> {
  await own.rows('SELECT handrail.let_go()').catch(() => []);
  await own.close();
}
