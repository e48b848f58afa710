import type { LinePlace, RawLine, RunReader } from '../../engine/contracts/run-store.ts';
import { LOG, outputFile, REVIEWS } from '../../engine/record/files.ts';
import { endsOf } from '../../text/bytes.ts';
import { sha256Of } from '../../text/sha256.ts';
import type { TeamConnection } from './connection.ts';
import { inWords } from './refusals.ts';

/** A run whose host was silent for longer than this is not known to be at work. */
export const SILENT_SECONDS = 20;
const PAGE_LINES = 500;

/** The name of a review as a file: another signature under the same words is another one. */
const REVIEW = `'${REVIEWS}/' || left(encode(sha256(document || convert_to(signature, 'UTF8')), 'hex'), 16) || '.json'`;

interface Stored {
  readonly sha256: Buffer;
  /** `null`: too large to be sent, or emptied. */
  readonly bytes: Buffer | null;
  readonly length: string;
}

/** Lines that were told of a run together with those of others; `null`: they are long, or there are none. */
export interface ToldLines {
  readonly first: Buffer | null;
  /** The last ones, oldest first; `seq` is that of the newest. */
  readonly last: readonly Buffer[] | null;
  readonly seq: number | null;
}

/** Reads one run from a team's record. Lines that were read stay in mind, so that following asks for the new ones. */
export class TeamRunReader implements RunReader {
  readonly run: string;
  readonly where: string;
  readonly isBehind = true;
  /** The connection there is now: another one when the line was lost. */
  readonly #connection: () => Promise<TeamConnection>;
  readonly #lines: RawLine[] = [];
  /** How it ended when it was told of: whoever asks again wants to know of now. */
  #last: readonly RawLine[] = [];
  #heard: { readonly team: TeamConnection; readonly isHeard: Promise<void> } | undefined;
  #wake: () => void = () => undefined;
  #hasNews = false;

  constructor(
    run: string,
    where: string,
    connection: () => Promise<TeamConnection>,
    { first, last, seq }: ToldLines = { first: null, last: null, seq: null },
  ) {
    this.run = run;
    this.where = where;
    this.#connection = connection;
    if (first !== null) this.#lines.push({ line: 1, raw: first, complete: true });
    const from = (seq ?? 0) - (last ?? []).length + 2;
    this.#last = (last ?? []).map((raw, at) => ({ line: from + at, raw, complete: true }));
  }

  async live(): Promise<boolean> {
    const [row] = await this.#ask<{ live: boolean }>(
      `SELECT handrail.is_written($1::uuid)
         OR (EXISTS (SELECT FROM handrail.pulse WHERE run = $1::uuid AND at > clock_timestamp() - make_interval(secs => $2))
           AND 'run.sealed' IS DISTINCT FROM (SELECT type FROM handrail.event WHERE run = $1::uuid ORDER BY seq DESC LIMIT 1)) AS live`,
      [this.run, SILENT_SECONDS],
    );
    return row?.live === true;
  }

  async *lines(from?: LinePlace): AsyncGenerator<RawLine> {
    for (let at = Math.min(from?.line ?? 0, this.#lines.length); ; at += 1) {
      if (at >= this.#lines.length && (await this.#more()) === 0) return;
      const line = this.#lines[at];
      if (line !== undefined) yield line;
    }
  }

  async lastLines(bytes: number): Promise<readonly RawLine[]> {
    const told = this.#last;
    this.#last = [];
    if (told.length > 0) return fitting(told, bytes);
    const rows = await this.#ask<{ seq: number; line: Buffer }>(
      'SELECT seq, line FROM handrail.event WHERE run = $1 ORDER BY seq DESC LIMIT $2',
      [this.run, PAGE_LINES],
    );
    const lines = rows.map(({ seq, line }) => ({ line: seq + 1, raw: line, complete: true }));
    return fitting(lines.reverse(), bytes);
  }

  async names(): Promise<readonly string[]> {
    const rows = await this.#ask<{ path: string }>(
      `SELECT path FROM handrail.file WHERE run = $1 UNION SELECT path FROM handrail.piece WHERE run = $1
       UNION SELECT ${REVIEW} FROM handrail.answer WHERE subject = $1 AND kind = 'review'`,
      [this.run],
    );
    return rows.map(({ path }) => path).sort();
  }

  async file(name: string): Promise<Uint8Array | undefined> {
    const stored = await this.#stored(name);
    if (stored !== undefined) return stored.bytes ?? undefined;
    const review = await this.#review(name);
    if (review !== undefined) return review;
    const pieces: Uint8Array[] = [];
    for await (const piece of this.#pieces(name, 0)) pieces.push(piece);
    return pieces.length === 0 ? undefined : Buffer.concat(pieces);
  }

  /** Of a file whose bytes stayed on their host: what the host said of them. */
  async digest(
    name: string,
  ): Promise<{ readonly bytes: number; readonly sha256: string } | undefined> {
    const stored = await this.#stored(name);
    if (stored === undefined) return undefined;
    const { bytes, sha256, length } = stored;
    if (bytes === null) return { bytes: Number(length), sha256: sha256.toString('hex') };
    return { bytes: bytes.length, sha256: sha256Of(bytes) };
  }

  async *output(stepId: string, attempt: number, fromByte: number): AsyncGenerator<Uint8Array> {
    const name = outputFile(stepId, attempt);
    const stored = await this.#stored(name);
    if (stored === undefined) yield* this.#pieces(name, fromByte);
    else if (stored.bytes !== null && stored.bytes.length > fromByte)
      yield stored.bytes.subarray(fromByte);
  }

  async excerpt(
    name: string,
    headBytes: number,
    tailBytes: number,
  ): Promise<
    { readonly head: Uint8Array; readonly tail: Uint8Array; readonly bytes: number } | undefined
  > {
    const bytes = name === LOG ? await this.#wholeLog() : await this.file(name);
    return bytes && endsOf(bytes, headBytes, tailBytes);
  }

  /** Resolves as soon as something new of the run is stored. */
  async changed(signal: AbortSignal): Promise<void> {
    await this.#listen();
    if (this.#hasNews) {
      this.#hasNews = false;
      return;
    }
    await new Promise<void>((resolve) => {
      this.#wake = () => {
        this.#hasNews = false;
        resolve();
      };
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  async #listen(): Promise<void> {
    const team = await this.#connection();
    if (this.#heard?.team !== team) {
      const isHeard = team.listen('handrail_run', (run) => {
        if (run !== this.run) return;
        this.#hasNews = true;
        this.#wake();
      });
      this.#heard = { team, isHeard };
    }
    try {
      await this.#heard.isHeard;
    } catch (error) {
      throw inWords(error, team.where);
    }
  }

  async #more(): Promise<number> {
    const rows = await this.#ask<{ seq: number; line: Buffer }>(
      'SELECT seq, line FROM handrail.event WHERE run = $1 AND seq >= $2 ORDER BY seq LIMIT $3',
      [this.run, this.#lines.length, PAGE_LINES],
    );
    const from = this.#lines.length;
    for (const [index, { line }] of rows.entries())
      this.#lines.push({ line: from + index + 1, raw: line, complete: true });
    return rows.length;
  }

  async #wholeLog(): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    for await (const { raw } of this.lines()) parts.push(raw, NEWLINE);
    return Buffer.concat(parts);
  }

  async #stored(name: string): Promise<Stored | undefined> {
    const [row] = await this.#ask<Stored>(
      `SELECT b.sha256, b.bytes, b.length FROM handrail.file f JOIN handrail.run r USING (run)
         JOIN handrail.blob b ON b.host = r.host AND b.sha256 = f.sha256
        WHERE f.run = $1 AND f.path = $2 ORDER BY f.n DESC LIMIT 1`,
      [this.run, name],
    );
    return row;
  }

  /** A review that somebody signed elsewhere than on the run's host, as the file that it would be there. */
  async #review(name: string): Promise<Uint8Array | undefined> {
    if (!name.startsWith(`${REVIEWS}/`)) return undefined;
    const [row] = await this.#ask<{ document: Buffer; signature: string }>(
      `SELECT document, signature FROM handrail.answer WHERE subject = $1 AND kind = 'review' AND ${REVIEW} = $2 ORDER BY n LIMIT 1`,
      [this.run, name],
    );
    if (row === undefined) return undefined;
    const { document, signature } = row;
    return Buffer.from(
      JSON.stringify({ kind: 'review', document: document.toString(), signature }),
    );
  }

  /** What is there of an output whose end is not known yet. */
  async *#pieces(name: string, fromByte: number): AsyncGenerator<Uint8Array> {
    const rows = await this.#ask<{ at: string; bytes: Buffer }>(
      'SELECT at, bytes FROM handrail.piece WHERE run = $1 AND path = $2 AND at + length(bytes) > $3 ORDER BY at',
      [this.run, name, fromByte],
    );
    let next = fromByte;
    for (const { at, bytes } of rows) {
      const skipped = next - Number(at);
      // A second sender may have cut the same output into other pieces.
      if (skipped < 0) return;
      if (skipped < bytes.length) yield bytes.subarray(skipped);
      next = Math.max(next, Number(at) + bytes.length);
    }
  }

  async #ask<Row>(text: string, values: readonly unknown[]): Promise<readonly Row[]> {
    const team = await this.#connection();
    try {
      return await team.rows<Row>(text, values);
    } catch (error) {
      throw inWords(error, team.where);
    }
  }
}

/** As many of the last lines as fit into that many bytes, at least one. */
function fitting(lines: readonly RawLine[], bytes: number): readonly RawLine[] {
  let left = bytes;
  const before = lines.findLastIndex(({ raw }, at) => {
    left -= raw.length + 1;
    return left < 0 && at < lines.length - 1;
  });
  return lines.slice(before + 1);
}

const NEWLINE = Buffer.from('\n');
