import { hash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { HandrailError } from '../engine/model/errors.ts';
import { sshSign, sshVerifyAs } from '../host/ssh-signature.ts';
import { codeOf } from '../stores/files/disk.ts';
import { type DocumentKind, readDocument } from './documents.ts';

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
export const namespaceOf = (kind: DocumentKind): string => `handrail-${kind}`;

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

/** As `signerOf`. */
export type SignerOf = typeof signerOf;

const REMEMBERED_MS = 60_000;
const MOST_REMEMBERED = 5000;

/**
 * `signerOf` that asks `ssh-keygen` once a minute for the same bytes, signature, name and allowed signers: what waits for an
 * approval is looked at again and again.
 */
export function rememberingSigner(): SignerOf {
  const known = new Map<
    string,
    { readonly atMs: number; readonly signer: Promise<Signer | undefined> }
  >();
  return (kind, signed, who, allowedSigners) => {
    const allowed = readFileSync(allowedSigners);
    const key = hash(
      'sha256',
      JSON.stringify([kind, signed.document, signed.signature, who, hash('sha256', allowed)]),
    );
    const now = performance.now();
    const before = known.get(key);
    if (before !== undefined && now - before.atMs < REMEMBERED_MS) return before.signer;
    if (known.size >= MOST_REMEMBERED) known.clear();
    const signer = signerOf(kind, signed, who, allowedSigners);
    known.set(key, { atMs: now, signer });
    signer.catch(() => known.delete(key));
    return signer;
  };
}

/** Larger files than this are no document that anybody could look at. */
const MOST_BYTES = 16 * 1024 * 1024;

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

/**
 * Writes a signed document for any channel there is: mail, a ticket, a folder that both can reach. Never in the place of something
 * else: of a file that is there only the same person's word on the same thing is said anew. Throws USAGE.
 */
export function writeSigned(path: string, file: SignedFile): void {
  const text = `${JSON.stringify(file, null, 2)}\n`;
  try {
    writeFileSync(path, text, { mode: 0o644, flag: 'wx' });
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    if (!isSameWord(path, file)) throw taken(path, file.kind);
    writeFileSync(path, text);
  }
}

/** Whether a file holds what the same person said of the same thing before; a request is a thing of its own each time. */
function isSameWord(path: string, { kind, document }: SignedFile): boolean {
  try {
    const before = readSigned(path);
    if (kind === 'request' || before.kind !== kind) return false;
    const [old, now] = [readDocument(kind, before.document), readDocument(kind, document)];
    return old.subject === now.subject && old.who === now.who;
  } catch (error) {
    if (error instanceof HandrailError) return false;
    throw error;
  }
}

function taken(path: string, kind: DocumentKind): HandrailError {
  const message = `\`${path}\` is there already, and would be lost. Give the ${kind} a file of its own with --out.`;
  return new HandrailError('USAGE', { message });
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
    return JSON.parse(textIn(path) ?? '');
  } catch {
    return undefined;
  }
}

/**
 * A regular file of some size, by a link too: a pipe would never end, and a device neither. Who may put files into a folder
 * says nothing of what they are.
 */
function textIn(path: string): string | undefined {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const stat = fstatSync(fd);
    return stat.isFile() && stat.size <= MOST_BYTES ? readFileSync(fd, 'utf8') : undefined;
  } finally {
    closeSync(fd);
  }
}
