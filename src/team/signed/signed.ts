import { readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { HandrailError } from '../../engine/model/errors.ts';
import { sshSign, sshVerifyAs } from '../../host/ssh-signature.ts';
import type { DocumentKind } from './documents.ts';

/** A document with the signature over its bytes, as a file or a row. */
export interface Signed {
  readonly document: string;
  readonly signature: string;
}

/** Whose signature it is, by the host's own file of allowed signers. */
export interface Signer {
  readonly who: string;
  /** `SHA256:…` of the key. */
  readonly key: string;
}

/** A signature that was made for one kind of document is none for another. */
const namespaceOf = (kind: DocumentKind): string => `handrail-${kind}`;

/** Signs a document with an SSH key. Throws SIGNING_FAILED. */
export async function sign(kind: DocumentKind, document: string, key: string): Promise<Signed> {
  return { document, signature: await sshSign(document, key, namespaceOf(kind)) };
}

/** Checks that a document was signed by the one it names; `undefined`: it was not, or nobody allowed that key. */
export async function signerOf(
  kind: DocumentKind,
  { document, signature }: Signed,
  who: string,
  allowedSigners: string,
): Promise<Signer | undefined> {
  const key = await sshVerifyAs(document, signature, namespaceOf(kind), allowedSigners, who);
  return key === undefined ? undefined : { who, key };
}

const fileSchema = z.strictObject({
  kind: z.enum(['request', 'approval', 'cancel', 'review']),
  document: z.string(),
  signature: z.string(),
  /** Of a request: the texts of its runbooks by their hash, for whoever is to approve it. */
  texts: z.optional(z.record(z.string(), z.string())),
});

/** A signed document in a file of its own. */
export interface SignedFile extends Signed {
  readonly kind: DocumentKind;
  readonly texts?: Readonly<Record<string, string>> | undefined;
}

/** Writes a signed document for any channel there is: mail, a ticket, a folder that both can reach. */
export function writeSigned(path: string, file: SignedFile): void {
  writeFileSync(path, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o644 });
}

/** Reads what `writeSigned` wrote. Throws DOCUMENT_UNREADABLE. */
export function readSigned(path: string): SignedFile {
  const read = fileSchema.safeParse(dataIn(path));
  if (read.success) return read.data;
  const message = `\`${path}\` is no request, approval, cancel or review. Give a file that \`handrail request --out\` or \`handrail approve --out\` wrote.`;
  throw new HandrailError('DOCUMENT_UNREADABLE', { message });
}

function dataIn(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
