import type { RunReader } from '../../engine/contracts/run-store.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { hashOfLine } from '../../engine/record/chain.ts';
import { REVIEWS } from '../../engine/record/files.ts';
import { readEvent } from '../../engine/record/read-event.ts';
import { type ReviewDocument, readDocument } from '../../team/documents.ts';
import { type Signed, signerOf } from '../../team/signed.ts';
import { namesOf } from './second-word.ts';

/**
 * What was found in a run afterwards, as `who: verdict, text`. What does not count is said with why: a signature that is
 * not theirs, a look at another run, or at a record that has been gone on with since. Without a file of allowed signers
 * (`null`) nobody knows whose signatures they are, and that is said too.
 */
export async function reviewsOf(
  reader: RunReader,
  allowedSigners: string | null,
): Promise<readonly string[]> {
  let record: Reviewed | undefined;
  const names = (await reader.names()).filter((name) => name.startsWith(`${REVIEWS}/`));
  const said: string[] = [];
  for (const name of names) {
    const bytes = await reader.file(name);
    const file = bytes === undefined ? undefined : reviewIn(Buffer.from(bytes).toString());
    if (file === undefined) {
      said.push(`${name}: does not count, it cannot be read`);
      continue;
    }
    record ??= await reviewedIn(reader);
    const why = await whyNot(file, record, allowedSigners);
    const { who, verdict, text } = file.review;
    const words = `${who}: ${verdict}${text === '' ? '' : `, ${text}`}`;
    said.push(why === null ? words : `${words} (${why})`);
  }
  return said;
}

interface Read {
  readonly review: ReviewDocument;
  readonly signed: Signed;
}

async function whyNot(
  { review, signed }: Read,
  { run, heads, firstNames, firstKeys }: Reviewed,
  allowedSigners: string | null,
): Promise<string | null> {
  if (review.subject !== run) return 'does not count: it is of another run';
  if (!heads.has(review.head)) return 'does not count: it is of another record of this run';
  if (allowedSigners === null) return 'signature not checked: no file of allowed signers';
  const signer = await signerOf('review', signed, review.who, allowedSigners);
  if (signer === undefined) return 'does not count: the signature is of nobody known by that name';
  return firstNames.has(review.who) || firstKeys.has(signer.key)
    ? 'no second look: the run is their own'
    : null;
}

/** What a review is held against. */
interface Reviewed {
  readonly run: string;
  /** Heads that the run was sealed with, each time it came to an end. */
  readonly heads: ReadonlySet<string>;
  /** Who asked for it or, where nobody did, carried it out: they are the first pair of eyes. */
  readonly firstNames: ReadonlySet<string>;
  readonly firstKeys: ReadonlySet<string>;
}

async function reviewedIn(reader: RunReader): Promise<Reviewed> {
  const heads = new Set<string>();
  const doers = new Set<string>();
  const askers = new Map<string, string>();
  for await (const line of reader.lines()) {
    const event = line.complete ? readEvent(line) : undefined;
    if (event?.type === 'run.sealed') heads.add(hashOfLine(line.raw));
    if (event?.type === 'request.received') askers.set(event.by, event.key);
    if (event?.type === 'run.started' || event?.type === 'run.resumed')
      for (const name of namesOf(event.who, {})) doers.add(name);
  }
  // What carries out a request is no person.
  const firstNames = askers.size > 0 ? new Set(askers.keys()) : doers;
  return { run: reader.run, heads, firstNames, firstKeys: new Set(askers.values()) };
}

function reviewIn(json: string): Read | undefined {
  try {
    const file: { readonly document?: unknown; readonly signature?: unknown } = JSON.parse(json);
    const signed = { document: String(file.document), signature: String(file.signature) };
    return { review: readDocument('review', signed.document), signed };
  } catch (error) {
    if (error instanceof HandrailError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
