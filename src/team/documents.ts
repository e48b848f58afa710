import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { HandrailError } from '../engine/model/errors.ts';
import { sha256Of } from '../text/sha256.ts';

/** Who can be named in a document: what an allowed-signers file can name without a pattern. */
const who = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9._@+-]{0,63}$/));
const id = z.string().check(z.regex(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/));
const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));
/** A time that no clock shows is over at no time: it is none. */
const moment = z.string().check(
  z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/),
  z.refine((text) => Number.isFinite(Date.parse(text))),
);
const shortText = z.string().check(z.maxLength(2000));

const hostName = z.string().check(z.regex(/^[a-z0-9][a-z0-9._-]{0,39}$/));

/** Whether a request can name a host so. */
export function isHostName(name: string): boolean {
  return hostName.safeParse(name).success;
}

/** A larger request is none: it could not be looked at, and whoever has the database could fill a host with it. */
export const MOST_REQUEST_BYTES = 128 * 1024;

/** What every document says: what it is, who made it, and when. */
function signedBy<Kind extends string>(kind: Kind) {
  return { kind: z.literal(kind), version: z.literal(1), who, at: moment };
}

/** The same of an answer to a request or a run. */
function answerTo<Kind extends string>(kind: Kind) {
  return { ...signedBy(kind), subject: id };
}

/** A wish that something is run on a host. Secrets are not in it: the host has them. */
export const requestSchema = z.strictObject({
  ...signedBy('request'),
  /** Also the id of the run, should it ever start; its last two groups are the hash of what it asks for. */
  id,
  /** What nobody can foretell of it, and so nothing of its id either. */
  nonce: z.optional(z.string().check(z.maxLength(64))),
  host: hostName,
  /** Absolute path on that host. */
  runbook: z.string().check(z.regex(/^\//), z.maxLength(4096)),
  sha256,
  linked: z.array(z.strictObject({ path: z.string(), sha256 })),
  /** `''`: the whole runbook. */
  procedure: z.string(),
  /** Hash of the plan: ids, texts and annotations of its steps. */
  plan: sha256,
  inputs: z.record(z.string(), z.string()),
  /** ssh hosts that its steps run on; empty: as the runbook says. */
  on: z.array(z.string()),
  /** A host whose step failed does not keep the others from their turn. */
  keepGoing: z.optional(z.boolean()),
  /** So many of the hosts at a time. */
  parallel: z.optional(z.int().check(z.minimum(1), z.maximum(999))),
  /** Steps whose conditions hold, and those whose conditions do not. */
  holds: z.optional(z.array(z.string())),
  not: z.optional(z.array(z.string())),
  reason: shortText,
  ticket: shortText,
  expires: moment,
});
export type RequestDocument = z.infer<typeof requestSchema>;

/** A yes to a request, or to one step of a run. */
export const approvalSchema = z.strictObject({
  ...answerTo('approval'),
  /** SHA-256 of the request's document, or of the step's text as it would run. */
  sha256,
  /** `''`: the whole request. */
  step: z.string(),
});
export type ApprovalDocument = z.infer<typeof approvalSchema>;

/** A no that also ends what is under way. */
export const cancelSchema = z.strictObject({
  ...answerTo('cancel'),
  why: shortText,
});
export type CancelDocument = z.infer<typeof cancelSchema>;

/** What somebody found who looked at a run afterwards. */
export const reviewSchema = z.strictObject({
  ...answerTo('review'),
  /** Hash of the seal that was looked at. */
  head: sha256,
  verdict: z.enum(['good', 'questions', 'bad']),
  text: shortText,
});
export type ReviewDocument = z.infer<typeof reviewSchema>;

const SCHEMAS = {
  request: requestSchema,
  approval: approvalSchema,
  cancel: cancelSchema,
  review: reviewSchema,
} as const;

/** What a document can be of. */
export type DocumentKind = keyof typeof SCHEMAS;
interface Documents {
  readonly request: RequestDocument;
  readonly approval: ApprovalDocument;
  readonly cancel: CancelDocument;
  readonly review: ReviewDocument;
}

/** The bytes that are signed. */
export function documentText(document: Documents[DocumentKind]): string {
  return `${JSON.stringify(document)}\n`;
}

/** Reads a document of a kind. Throws DOCUMENT_UNREADABLE: what cannot be read as it is written is not what was signed. */
export function readDocument<Kind extends DocumentKind>(kind: Kind, text: string): Documents[Kind] {
  const { success, data } = SCHEMAS[kind].safeParse(parsed(text));
  if (success) {
    // The schema of that kind made it.
    return data as Documents[Kind];
  }
  const message = `This is no ${kind} that can be read: it is damaged, or made by another version.`;
  throw new HandrailError('DOCUMENT_UNREADABLE', { message });
}

/** The time of an id, and what is drawn of it. */
const DRAWN = '01234567-0123-7012-'.length;

/**
 * The same request by the id that is its own: the rest of it is the hash of all that the request says. Whoever sees the id of
 * another's request has nothing of their own that it fits.
 */
export function underOwnId(document: RequestDocument): RequestDocument {
  const salted = { ...document, nonce: randomBytes(16).toString('base64url') };
  return { ...salted, id: ownIdOf(documentText(salted), document.id) };
}

/** Whether a request has the id that is its own. */
export function hasOwnId(text: string, asked: string): boolean {
  return ownIdOf(text, asked) === asked;
}

function ownIdOf(text: string, drawn: string): string {
  const kept = drawn.slice(0, DRAWN);
  const digits = sha256Of(text.replaceAll(drawn, kept));
  return `${kept}8${digits.slice(0, 3)}-${digits.slice(3, 15)}`;
}

/** What an approval names a request by. */
export function documentHash(text: string): string {
  return sha256Of(text);
}

/** A page as it goes with a request, for whoever approves it; what is no UTF-8 goes byte by byte. */
export function carriedText(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString();
  return Buffer.from(text).equals(bytes) ? text : Buffer.from(bytes).toString('latin1');
}

/** The bytes of the page of that hash, and of no other; `undefined`: it did not come with the request. */
export function carriedPage(
  texts: Readonly<Record<string, string>>,
  wanted: string,
): Buffer | undefined {
  const text = Object.hasOwn(texts, wanted) ? texts[wanted] : undefined;
  if (text === undefined) return undefined;
  const read = (['utf8', 'latin1'] as const).map((encoding) => Buffer.from(text, encoding));
  return read.find((bytes) => sha256Of(bytes) === wanted);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What is different in a text since the last approved one, as a patch. */
export async function patchBetween(before: string, text: string): Promise<string> {
  const { createTwoFilesPatch } = await import('diff');
  return createTwoFilesPatch('last approved run', 'this request', before, text);
}
