import type { TeamConnection } from '../../stores/team/connection.ts';

/** A file as it is to stand in the record; `bytes` is `null` where it is too large to be sent. */
export interface WholeFile {
  readonly path: string;
  readonly sha256: Buffer;
  readonly length: number;
  readonly bytes: Buffer | null;
}

/** What came of an output whose end is not known yet. */
export interface Piece {
  readonly path: string;
  readonly at: number;
  readonly bytes: Buffer;
}

/** Files of one run on their way to the record: small ones travel together. */
export interface FileParcel {
  piece(piece: Piece): Promise<void>;
  file(file: WholeFile): Promise<void>;
  /** A file whose first `sentBytes` are there in pieces: only the rest of it is sent, if the record can put them together. */
  end(file: WholeFile, sentBytes: number): Promise<void>;
  /** Sends what still waits for company. */
  send(): Promise<void>;
}

/** Larger ones have a statement of their own, in which bytes take no more room than they have. */
const SMALL_BYTES = 16 * 1024;
const MOST_TOGETHER = 64;

/** A parcel for one run. Throws what the server or the connection says. */
export function fileParcel(team: TeamConnection, run: string): FileParcel {
  let pieces: Piece[] = [];
  let files: WholeFile[] = [];

  async function sendPieces(): Promise<void> {
    const sent = pieces;
    pieces = [];
    if (sent.length === 0) return;
    await team.rows(
      `SELECT handrail.put_piece($1, path, at, bytes)
         FROM unnest($2::text[], $3::bigint[], $4::bytea[]) AS p (path, at, bytes)`,
      [run, sent.map(({ path }) => path), sent.map(({ at }) => at), sent.map((p) => p.bytes)],
    );
  }

  async function sendFiles(): Promise<void> {
    const sent = files;
    files = [];
    if (sent.length === 0) return;
    await team.rows(
      `SELECT handrail.put_file($1, path, sha256, length, bytes)
         FROM unnest($2::text[], $3::bytea[], $4::bigint[], $5::bytea[]) AS f (path, sha256, length, bytes)`,
      [
        run,
        sent.map(({ path }) => path),
        sent.map(({ sha256 }) => sha256),
        sent.map(({ length }) => length),
        sent.map(({ bytes }) => bytes),
      ],
    );
  }

  async function file(whole: WholeFile): Promise<void> {
    const { path, sha256, length, bytes } = whole;
    if ((bytes?.length ?? 0) <= SMALL_BYTES) {
      files.push(whole);
      if (files.length >= MOST_TOGETHER) await sendFiles();
    } else
      await team.rows('SELECT handrail.put_file($1, $2, $3, $4, $5)', [
        run,
        path,
        sha256,
        length,
        bytes,
      ]);
  }

  return {
    async piece(piece) {
      if (piece.bytes.length <= SMALL_BYTES) {
        pieces.push(piece);
        if (pieces.length >= MOST_TOGETHER) await sendPieces();
        return;
      }
      const { path, at, bytes } = piece;
      await team.rows('SELECT handrail.put_piece($1, $2, $3, $4)', [run, path, at, bytes]);
    },
    file,
    async end(whole, sentBytes) {
      const { path, sha256, length, bytes } = whole;
      if (bytes !== null && (await canEnd(team))) {
        const [row] = await team.rows<{ ended: boolean }>(
          'SELECT handrail.end_file($1, $2, $3, $4, $5) AS ended',
          [run, path, sha256, length, bytes.subarray(sentBytes)],
        );
        if (row?.ended === true) return;
      }
      await file(whole);
    },
    async send() {
      await sendPieces();
      await sendFiles();
    },
  };
}

/** Whether the record is of a version that puts pieces together. */
async function canEnd(team: TeamConnection): Promise<boolean> {
  const [row] = await team.rows<{ can: boolean }>(
    "SELECT to_regprocedure('handrail.end_file(uuid,text,bytea,bigint,bytea)') IS NOT NULL AS can",
  );
  return row?.can === true;
}
