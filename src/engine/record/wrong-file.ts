import type { RunReader } from '../contracts/run-store.ts';
import { isEvidence, isOutput, isOutputOf, RUNBOOK, runbookOf, standsAlone } from './files.ts';
import type { AttemptName, ChainReading, Vouched } from './read-chain.ts';

/** The first file that is not what the log says it was, as a phrase. */
export async function wrongFile(
  reader: Pick<RunReader, 'digest'>,
  files: readonly Vouched[],
): Promise<string | undefined> {
  for (const { path, bytes, sha256 } of files) {
    const found = await reader.digest(path);
    // State for resuming stays on its host: a copy of the record is whole without it.
    if (found === undefined && !isEvidence(path)) continue;
    if (found === undefined) return `output file missing: ${path}`;
    if (bytes !== null && found.bytes !== bytes)
      return `output file altered: ${path} has ${found.bytes} bytes, recorded were ${bytes}`;
    if (found.sha256 !== sha256)
      return `output file altered: ${path} holds other bytes than recorded`;
  }
  return undefined;
}

/** Output files that no event vouches for, but those of attempts that have no end yet. */
export async function strayOutputs(
  reader: Pick<RunReader, 'names'>,
  { files, open }: Pick<ChainReading, 'files' | 'open'>,
): Promise<readonly string[]> {
  const known = new Set(files.map(({ path }) => path));
  const names = (await reader.names()).filter((name) => isOutput(name) && !known.has(name));
  return names.filter((name) => !open.some((attempt) => isOf(name, attempt)));
}

/** Files of any kind that no event vouches for and that do not stand alone. */
export async function strayFiles(
  reader: Pick<RunReader, 'names'>,
  { events, files, resumes, open }: Pick<ChainReading, 'events' | 'files' | 'resumes' | 'open'>,
): Promise<readonly string[]> {
  const known = new Set(files.map(({ path }) => path));
  // The text is there before the first line, which may have been cut off while it was written.
  if (events === 0) known.add(RUNBOOK);
  // The text to go on with is kept before the line that says so: an engine may be lost in between.
  known.add(runbookOf(resumes.length + 2));
  const names = (await reader.names()).filter((name) => !known.has(name) && !standsAlone(name));
  return names.filter((name) => !open.some((attempt) => isOf(name, attempt)));
}

function isOf(name: string, { stepId, try: number }: AttemptName): boolean {
  return isOutputOf(name, stepId, number);
}
