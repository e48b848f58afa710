import type { RunReader } from '../contracts/run-store.ts';
import type { Vouched } from './read-chain.ts';

/** The first file that is not what the log says it was, as a phrase. */
export async function wrongFile(
  reader: RunReader,
  files: readonly Vouched[],
): Promise<string | undefined> {
  for (const { path, bytes, sha256 } of files) {
    const found = await reader.digest(path);
    if (found === undefined) return `output file missing: ${path}`;
    if (bytes !== null && found.bytes !== bytes)
      return `output file altered: ${path} has ${found.bytes} bytes, recorded were ${bytes}`;
    if (found.sha256 !== sha256)
      return `output file altered: ${path} holds other bytes than recorded`;
  }
  return undefined;
}
