import { createReadStream, readdirSync } from 'node:fs';
import path from 'node:path';
import type { RawLine } from '../../engine/contracts/run-store.ts';
import type { EvidenceFile } from '../../engine/contracts/timeline-renderer.ts';
import { isEvidence } from '../../engine/record/files.ts';
import type { Gathered } from './gather.ts';

/** Logs, runbooks, outputs and signatures of everything gathered, and what verifying said, in order of paths. */
export function evidenceOf(gathered: readonly Gathered[]): readonly EvidenceFile[] {
  const files = gathered.flatMap(({ log, reader }) =>
    reader === null
      ? [logFile(log.path, log.lines)]
      : runFiles(path.posix.dirname(log.path), reader.where),
  );
  files.push({ path: 'verify.txt', bytes: () => [Buffer.from(transcript(gathered))] });
  return files.toSorted((left, right) => (left.path < right.path ? -1 : 1));
}

function logFile(name: string, lines: () => AsyncIterable<RawLine>): EvidenceFile {
  return {
    path: name,
    async *bytes() {
      for await (const { raw, complete } of lines()) {
        yield raw;
        if (complete) yield Buffer.from('\n');
      }
    },
  };
}

function runFiles(prefix: string, folder: string): readonly EvidenceFile[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'),
    )
    .filter(isEvidence)
    .map((name) => ({
      path: `${prefix}/${name}`,
      bytes: () => createReadStream(path.join(folder, name)),
    }));
}

function transcript(gathered: readonly Gathered[]): string {
  const lines = gathered.map(
    ({ log, verdict }) => `${log.path}: ${verdict?.verdict ?? 'not verified'}\n`,
  );
  return `${lines.toSorted().join('')}`;
}
