import { createHash } from 'node:crypto';
import type { OutputSum, RunReader } from '../contracts/run-store.ts';
import { isCapturedIn } from '../model/captured-text.ts';
import {
  isEvidence,
  isOutput,
  isOutputOf,
  outputFile,
  RUNBOOK,
  runbookOf,
  standsAlone,
  stateFile,
} from './files.ts';
import type { AttemptName, Beginning, Capture, ChainReading, Vouched } from './read-chain.ts';
import { readEvent } from './read-event.ts';

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

/** The first output that does not begin as its lines in the log say, of attempts that have no end. */
export async function wrongBeginning(
  reader: Pick<RunReader, 'output' | 'isBehind'>,
  beginnings: readonly Beginning[],
): Promise<string | undefined> {
  if (reader.isBehind === true) return undefined;
  for (const { stepId, try: number, bytes, sha256 } of beginnings) {
    const path = outputFile(stepId, number);
    const found = await sumOf(reader.output(stepId, number, 0), bytes);
    if (found.bytes < bytes)
      return `output file altered: ${path} has ${found.bytes} bytes, recorded were ${bytes} and more`;
    if (sha256 !== null && found.sha256 !== sha256)
      return `output file altered: ${path} begins with other bytes than recorded`;
  }
  return undefined;
}

/** The first value that a step captured which is not what its stored output comes to. */
export async function wrongCapture(
  reader: Pick<RunReader, 'lines' | 'output' | 'isBehind'>,
  captures: readonly Capture[],
): Promise<{ readonly line: number; readonly why: string } | undefined> {
  if (captures.length === 0 || reader.isBehind === true) return undefined;
  const pieces = await printedBy(reader, captures);
  for (const capture of captures) {
    const { line, stepId, name, value, from } = capture;
    const stdout = await piecesOf(
      reader.output(stepId, capture.try, 0),
      pieces.get(outputFile(stepId, capture.try)) ?? [],
    );
    if (isCapturedIn(value, stdout, from)) continue;
    return { line, why: `step \`${stepId}\` printed something else than \`${name}\` is here` };
  }
  return undefined;
}

interface Piece {
  readonly offset: number;
  readonly bytes: number;
}

/** Where standard output stands in the files of those attempts. */
async function printedBy(
  reader: Pick<RunReader, 'lines'>,
  captures: readonly AttemptName[],
): Promise<ReadonlyMap<string, readonly Piece[]>> {
  const wanted = new Map<string, Piece[]>(
    captures.map(({ stepId, try: number }) => [outputFile(stepId, number), []]),
  );
  for await (const line of reader.lines()) {
    const event = readEvent(line);
    if (event?.type !== 'step.output' || event.stream !== 'stdout') continue;
    const { stepId, offset, bytes } = event;
    wanted.get(outputFile(stepId, event.try))?.push({ offset, bytes });
  }
  return wanted;
}

async function piecesOf(
  chunks: AsyncIterable<Uint8Array>,
  pieces: readonly Piece[],
): Promise<string> {
  const all: Uint8Array[] = [];
  let at = 0;
  let next = 0;
  for await (const chunk of chunks) {
    const end = at + chunk.length;
    for (let piece = pieces[next]; piece !== undefined; piece = pieces[next]) {
      const last = piece.offset + piece.bytes;
      if (piece.offset < end)
        all.push(Uint8Array.from(chunk.subarray(Math.max(0, piece.offset - at), last - at)));
      if (last > end) break;
      next += 1;
    }
    at = end;
  }
  return Buffer.concat(all).toString();
}

async function sumOf(chunks: AsyncIterable<Uint8Array>, most: number): Promise<OutputSum> {
  const digest = createHash('sha256');
  let bytes = 0;
  for await (const chunk of chunks) {
    const piece = chunk.subarray(0, most - bytes);
    digest.update(piece);
    bytes += piece.length;
    if (bytes === most) break;
  }
  return { bytes, sha256: digest.digest('hex') };
}

/** The first state kept for a resume that is of an attempt which the log does not know: it was cut. */
export async function strayState(
  reader: Pick<RunReader, 'file'>,
  { isBegun }: Pick<ChainReading, 'isBegun'>,
): Promise<string | undefined> {
  for (const slot of [0, 1]) {
    const path = stateFile(slot);
    const bytes = await reader.file(path);
    const after = bytes === undefined ? undefined : markIn(Buffer.from(bytes).toString());
    if (after !== undefined && !isBegun(after)) return path;
  }
  return undefined;
}

/** The attempt after which a kept state held. */
function markIn(text: string): AttemptName | undefined {
  try {
    const { after }: { readonly after?: Partial<AttemptName> } = JSON.parse(text);
    const { stepId, try: number } = after ?? {};
    return typeof stepId === 'string' && typeof number === 'number'
      ? { stepId, try: number }
      : undefined;
  } catch {
    return undefined;
  }
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
