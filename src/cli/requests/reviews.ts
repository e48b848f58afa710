import type { RunReader } from '../../engine/contracts/run-store.ts';
import { HandrailError } from '../../engine/model/errors.ts';
import { readDocument } from '../../team/signed/documents.ts';

/** Folder of signed reviews beside a run's record. */
export const REVIEWS = 'reviews';

/** What was found in a run afterwards, as `who: verdict, text`. Whose signature it is says `ssh-keygen -Y verify`. */
export async function reviewsOf(reader: RunReader): Promise<readonly string[]> {
  const names = (await reader.names()).filter((name) => name.startsWith(`${REVIEWS}/`));
  const said: string[] = [];
  for (const name of names) {
    const bytes = await reader.file(name);
    const text = bytes === undefined ? undefined : reviewIn(Buffer.from(bytes).toString());
    if (text !== undefined) said.push(text);
  }
  return said;
}

function reviewIn(json: string): string | undefined {
  try {
    const { document }: { readonly document?: unknown } = JSON.parse(json);
    const { who, verdict, text } = readDocument('review', String(document));
    return `${who}: ${verdict}${text === '' ? '' : `, ${text}`}`;
  } catch (error) {
    if (error instanceof HandrailError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
