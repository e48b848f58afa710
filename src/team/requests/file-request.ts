import { connectTeam, type TeamConnection } from '../../stores/team/connection.ts';
import { inWords, withoutPassword } from '../../stores/team/refusals.ts';
import type { DocumentKind, RequestDocument } from '../documents.ts';
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
  /** The last request for the same procedure that somebody approved and that was started; `null`: there is none. */
  readonly before: { readonly document: string; readonly texts: Texts } | null;
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

/** Looks a request up by its id or the beginning of one; `undefined`: there is none, or more than one. */
export async function findRequest(url: string, name: string): Promise<FiledRequest | undefined> {
  return withTeam(url, async (team) => {
    const rows = await team.rows<Row>(
      "SELECT id, document, signature, texts FROM handrail.request WHERE id::text LIKE $1 || '%' LIMIT 2",
      [name.replace(/[^0-9a-f-]/g, '?')],
    );
    const [row] = rows;
    if (row === undefined || rows.length > 1) return undefined;
    const [before] = await team.rows<Pick<Row, 'document' | 'texts'>>(BEFORE, [row.id]);
    return {
      document: row.document.toString(),
      signature: row.signature,
      texts: textsIn(row.texts),
      before:
        before === undefined
          ? null
          : { document: before.document.toString(), texts: textsIn(before.texts) },
    };
  });
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
