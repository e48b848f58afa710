import type { RunReader } from '../../engine/contracts/run-store.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { hashOfLine } from '../../engine/record/chain.ts';
import { REVIEWS } from '../../engine/record/files.ts';
import { readEvent } from '../../engine/record/read-event.ts';
import { type ReviewDocument, readDocument } from '../../team/documents.ts';
import { type Signed, signerOf } from '../../team/signed.ts';

/**
 * What was found in a run afterwards, as `who: verdict, text`. What does not count is said with why: a signature that is
 * not theirs, a look at another run, or at a record that has been gone on with since. Without a file of allowed signers
 * (`null`) nobody knows whose signatures they are, and that is said too.
 */
export async function reviewsOf(
  reader: RunReader,
  allowedSigners: string | null,
): Promise<readonly string[]> {
  const heads = new Set<string>();
  const names = (await reader.names()).filter((name) => name.startsWith(`${REVIEWS}/`));
  const said: string[] = [];
  for (const name of names) {
    const bytes = await reader.file(name);
    const file = bytes === undefined ? undefined : reviewIn(Buffer.from(bytes).toString());
    if (file === undefined) {
      said.push(`${name}: does not count, it cannot be read`);
      continue;
    }
    if (heads.size === 0) for await (const line of sealsOf(reader)) heads.add(line);
    const why = await whyNot(file, reader.run, heads, allowedSigners);
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
  run: string,
  heads: ReadonlySet<string>,
  allowedSigners: string | null,
): Promise<string | null> {
  if (review.subject !== run) return 'does not count: it is of another run';
  if (!heads.has(review.head)) return 'does not count: it is of another record of this run';
  if (allowedSigners === null) return 'signature not checked: no file of allowed signers';
  const signer = await signerOf('review', signed, review.who, allowedSigners);
  return signer === undefined
    ? 'does not count: the signature is of nobody known by that name'
    : null;
}

/** Heads that the run was sealed with, each time it came to an end. */
async function* sealsOf(reader: RunReader): AsyncGenerator<string> {
  for await (const line of reader.lines()) {
    const event = line.complete ? readEvent(line) : undefined;
    if (event?.type === 'run.sealed') yield hashOfLine(line.raw);
  }
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
