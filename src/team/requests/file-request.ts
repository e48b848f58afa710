import { HandrailError } from '../../engine/model/errors.ts';
import { connectTeam, type TeamConnection } from '../../stores/team/connection.ts';
import { inWords, withoutPassword } from '../../stores/team/refusals.ts';
import {
  carriedPage,
  type DocumentKind,
  type RequestDocument,
  readDocument,
} from '../documents.ts';
import type { Signed } from '../signed.ts';

/** Texts of runbooks by their SHA-256. */
export type Texts = Readonly<Record<string, string>>;

/** Puts a signed request into the record and rings for its host. */
export async function fileRequest(
  url: string,
  document: RequestDocument,
  signed: Signed,
  texts: Texts,
): Promise<void> {
  const { id, host, who, runbook, procedure, expires } = document;
  await withTeam(url, (team) =>
    team.rows('SELECT handrail.ask($1, $2, $3, $4, $5, $6, $7, $8, $9)', [
      id,
      host,
      Buffer.from(signed.document),
      signed.signature,
      Buffer.from(JSON.stringify(texts)),
      who,
      runbook,
      procedure,
      expires,
    ]),
  );
}

/** Puts a signed answer to a request or a run into the record and rings for its host. */
export async function fileAnswer(
  url: string,
  kind: Exclude<DocumentKind, 'request'>,
  subject: string,
  who: string,
  signed: Signed,
): Promise<void> {
  await withTeam(url, (team) =>
    team.rows('SELECT handrail.answer($1, $2, $3, $4, $5)', [
      subject,
      kind,
      Buffer.from(signed.document),
      signed.signature,
      who,
    ]),
  );
}

/** A request as the record has it, for whoever is to approve it. */
export interface FiledRequest extends Signed {
  readonly texts: Texts;
  /** The text of the last request for the same procedure that somebody approved and that was started; `null`: there is none. */
  readonly before: Buffer | null;
}

interface Row {
  readonly id: string;
  readonly document: Buffer;
  readonly signature: string;
  readonly texts: Buffer;
}

const BEFORE = `SELECT o.document, o.texts FROM handrail.request q JOIN handrail.request o
    ON o.runbook = q.runbook AND o.procedure = q.procedure AND o.at < q.at
  WHERE q.id = $1 AND EXISTS (SELECT FROM handrail.claim c WHERE c.request = o.id)
    AND EXISTS (SELECT FROM handrail.answer a WHERE a.subject = o.id AND a.kind = 'approval')
    AND NOT EXISTS (SELECT FROM handrail.word w WHERE w.request = o.id AND w.state = 'refused')
  ORDER BY o.at DESC LIMIT 1`;

/**
 * Looks a request up by its id, or by the beginning or the end of one; `undefined`: there is none. Throws REQUEST_AMBIGUOUS, and
 * REQUEST_REFUSED where the record has the document of another request in its place: whoever signs means this one.
 */
export async function findRequest(url: string, name: string): Promise<FiledRequest | undefined> {
  return withTeam(url, async (team) => {
    const rows = await team.rows<Row>(
      `SELECT id, document, signature, texts FROM handrail.request
         WHERE id::text LIKE $1 || '%' OR id::text LIKE '%' || $1 LIMIT 2`,
      [name.replace(/[^0-9a-f-]/g, '?')],
    );
    const [row] = rows;
    if (row === undefined) return undefined;
    if (rows.length > 1) throw new HandrailError('REQUEST_AMBIGUOUS', { name });
    const [before] = await team.rows<Pick<Row, 'document' | 'texts'>>(BEFORE, [row.id]);
    const document = row.document.toString();
    if (idIn(document) !== row.id) throw altered(row.id);
    return {
      document,
      signature: row.signature,
      texts: textsIn(row.texts),
      before: before === undefined ? null : textOfRequest(before),
    };
  });
}

/** The page that a request was for; `null`: nobody can tell, as the record holds none of that hash. */
function textOfRequest({ document, texts }: Pick<Row, 'document' | 'texts'>): Buffer | null {
  try {
    const { sha256 } = readDocument('request', document.toString());
    return carriedPage(textsIn(texts), sha256) ?? null;
  } catch (error) {
    if (error instanceof HandrailError) return null;
    throw error;
  }
}

function idIn(document: string): string | undefined {
  try {
    return readDocument('request', document).id;
  } catch (error) {
    if (error instanceof HandrailError) return undefined;
    throw error;
  }
}

function altered(id: string): HandrailError {
  const message = `The record has under ${id} the document of another request, or none that can be read: it was altered. Nothing was signed.`;
  return new HandrailError('REQUEST_REFUSED', { message });
}

/** Signed approvals that the record has for a run. */
export function approvalsOf(url: string, run: string): Promise<readonly Signed[]> {
  return withTeam(url, async (team) => {
    const rows = await team.rows<Pick<Row, 'document' | 'signature'>>(
      "SELECT document, signature FROM handrail.answer WHERE subject = $1 AND kind = 'approval' ORDER BY n",
      [run],
    );
    return rows.map(({ document, signature }) => ({ document: document.toString(), signature }));
  });
}

async function withTeam<Answer>(
  url: string,
  ask: (team: TeamConnection) => Promise<Answer>,
): Promise<Answer> {
  const team = await connectTeam(url);
  try {
    return await ask(team);
  } catch (error) {
    throw inWords(error, withoutPassword(url));
  } finally {
    await team.close();
  }
}

function textsIn(bytes: Buffer): Texts {
  try {
    const data: unknown = JSON.parse(bytes.toString());
    if (typeof data !== 'object' || data === null) return {};
    return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, String(value)]));
  } catch {
    return {};
  }
}
