import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  CHAIN,
  INCIDENT_CHAIN,
  INCIDENTS,
  incidentPlace,
  LOG,
  RUNS,
  runFolder,
} from '../../engine/record/files.ts';
import { incidentFolders } from '../../stores/incidents.ts';
import type { Marks } from './marks.ts';
import { newLines, sizeOf } from './new-lines.ts';
import { recordedFiles, stampOf } from './send-run.ts';

/** What of a state folder is not in the team's record. */
export interface Behind {
  /** Runs of which something is missing there, newest first. */
  readonly runs: readonly string[];
  readonly lines: number;
  /** Runs, and chains and incidents by their place in the state folder, of which the record holds something else. */
  readonly forks: readonly string[];
}

const RUN_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Looks through all runs of a state folder; `counts`: also how many lines are missing. */
export function behind(
  state: string,
  marks: Marks,
  { counts = false }: { readonly counts?: boolean } = {},
): Behind {
  const runs: string[] = [];
  const forks: string[] = [];
  let lines = 0;
  for (const run of runsIn(state)) {
    if (marks.get(run).fork !== undefined) forks.push(run);
    else if (isBehind(state, run, marks)) {
      runs.push(run);
      if (counts) lines += missingLines(state, run, marks);
    }
  }
  forks.push(
    ...logsBesideRuns(state).flatMap(({ mark, at }) =>
      marks.get(mark).fork === undefined ? [] : [at],
    ),
  );
  return { runs, lines, forks };
}

/** What is sent besides the runs, by the name of its mark. */
function logsBesideRuns(state: string): readonly { readonly mark: string; readonly at: string }[] {
  const incidents = [...incidentFolders(state)].map(({ folder }) => ({
    mark: `incident-${folder}`,
    at: incidentPlace(folder),
  }));
  return [{ mark: CHAIN, at: CHAIN }, { mark: INCIDENTS, at: INCIDENT_CHAIN }, ...incidents];
}

/** What a fork is of, for a sentence. */
export function forkedName(fork: string): string {
  return RUN_ID.test(fork) ? `run ${fork}` : `\`${fork}\``;
}

function runsIn(state: string): readonly string[] {
  try {
    const entries = readdirSync(join(state, RUNS), { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && RUN_ID.test(entry.name))
      .map(({ name }) => name)
      .toSorted()
      .reverse();
  } catch {
    return [];
  }
}

/** Whether something of a run was not sent. */
export function isBehind(state: string, run: string, marks: Marks): boolean {
  const folder = runFolder(state, run);
  const mark = marks.get(run);
  const log = lstatSync(join(folder, LOG), { throwIfNoEntry: false });
  if (log !== undefined && log.size > mark.bytes) return true;
  return recordedFiles(folder).some((path) => stampOf(join(folder, path)) !== mark.files[path]);
}

function missingLines(state: string, run: string, marks: Marks): number {
  const path = join(runFolder(state, run), LOG);
  let count = 0;
  for (const lines of newLines(path, marks.get(run).bytes, sizeOf(path))) count += lines.length;
  return count;
}
